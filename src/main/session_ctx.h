/* session_ctx — what every command that works on a data folder does first and last: options, house, database, actor.
 *
 * A command acts as the account named by --as, or as the audited console user (the one logged in to the machine). --data DIR
 * names the folder; TSUNAGI_DATA, then "data", stand in for it. Messages go to stderr in Japanese; codes: 0 done, 1 failed,
 * 2 the call or the input was wrong. Ownership: everything until session_ctx_close. Tests: tests/unit/test_access_cli.c. */
#ifndef TSU_MAIN_SESSION_CTX_H
#define TSU_MAIN_SESSION_CTX_H

#include "base/ctx.h"
#include "base/house.h"
#include "register/law_table.h"

#include <setjmp.h>

struct session_ctx {
	struct arena *arena;
	struct house house; /* as opened; ctx.house holds the law in force */
	struct law_now law;
	struct db *db;
	struct ctx ctx;
};

/* Take "--name VALUE" (or "--name=VALUE") out of the arguments; NULL if it is not there. A missing value ends as "". */
const char *cli_option(int *argc, char **argv, const char *name);
bool cli_flag(int *argc, char **argv, const char *name);
/* After all options are taken: prints and returns 2 if any "--…" is left. 0 otherwise. */
int cli_rest(int argc, char **argv);

const char *session_ctx_data(int *argc, char **argv); /* takes --data */

/* 0, or the exit code after a message. as: NULL = the console. purpose: e.g. "cli:account" (static).
 * session_ctx_open loads the catalogues too (main/house_open). _bare leaves them out, so that accounts and the audit can be
 * worked on when a form or a law file is broken. _migrating is bare and accepts an older schema. */
int session_ctx_open(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose);
int session_ctx_open_bare(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose);
int session_ctx_open_migrating(struct session_ctx *s, const char *data_dir, const char *purpose);
void session_ctx_close(struct session_ctx *s);

/* Prints all faults, or the error's sentence and mend with its number; gives the exit code. */
int session_ctx_fail(struct session_ctx *s, err e);
int cli_fail(err e); /* before there is a ctx */
/* Where a command goes when its memory is full: main sets the point once, session_ctx_open takes it for the arena. */
jmp_buf *cli_no_memory(void);
/* The whole of a file of at most `most` bytes, arena; NULL with a message if it cannot be read or is larger. */
char *cli_read_file(struct arena *a, const char *path, size_t most, size_t *n);
/* Bad rows and unread columns of an import, on stderr. */
struct import_lines;
void cli_import_lines(const struct import_lines *said);

#endif
