/* store_args — what the commands about the data folder share: --data DIR (else TSUNAGI_DATA, else "data"), and a
 * password from a file, never from the command line, where every user of the machine could read it.
 * Tests: tests/unit/test_store_cli.sh through the program. */
#ifndef TSU_MAIN_STORE_ARGS_H
#define TSU_MAIN_STORE_ARGS_H

#include "base/ctx.h"

struct store_args {
	const char *data_dir;
	const char *password; /* NULL: none; arena */
	bool verify;
	const char *words[2]; /* the rest, in order */
	int n_words;
};

/* The exit code 2 and a sentence on stderr if the call is wrong; 0 if it is right. */
int store_args_read(struct arena *a, int argc, char **argv, struct store_args *out);
/* "tsunagi: sentence mend (number)" on stderr; gives the exit code. */
int store_args_fail(err e);

#endif
