#include "main/commands.h"

#include <stdio.h>

int cmd_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	puts("tsunagi " TSUNAGI_VERSION);
	return 0;
}
