/* COMMAND(name, one line of help); the function is cmd_<name>. Keep the order of a newcomer's day. */
COMMAND(version, "版を表示する")
