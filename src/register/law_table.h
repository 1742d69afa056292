/* law_table — newer tables of the law (the files of law/) that an administrator reads in before the next release, and the catalogue in force.
 *
 * The program reads law/ from its own folder; the alive row of a file in table law_table is read in the place of that file. It holds as
 * long as the shipped file is the one it was compared with: a later release brings its own table, and then the shipped one holds again
 * (law_table_view.outdated; the page says so). A stored table that this program cannot read is left out and told of, so a process always
 * starts. Taking back or a newer import retires the row; nothing is erased.
 * A process looks once for each request, job or command (law_now_look): a table read in by another process holds from the next request.
 * Gate: reading — anybody logged in; try, import, take back — the administrator and the console.
 * Units: instants ms UTC. Ownership: arena. Errors: ERR_FORM_DEF with one fault for each bad row, ERR_INPUT, ERR_NOT_UTF8, ERR_DENIED,
 * ERR_NOTFOUND. Tests: tests/unit/test_register_insurer_param.c, tests/http/test_law.py. Decision: docs/decisions/015-tables-of-the-law.md.
 */
#ifndef TSU_REGISTER_LAW_TABLE_H
#define TSU_REGISTER_LAW_TABLE_H

#include "base/house.h"
#include "law/newer.h"
#include "sql/tables.h"
#include "store/revision.h"

enum { LAW_TABLE_BYTES = 3 << 20 };

/* ---- the tables in force ----------------------------------------------------------------------------------------------------- */

/* The house of one process, whose law is the one in force. Single-threaded; catalogues of the look before may be gone after a look. */
struct law_now {
	struct house house;
	const struct law_catalogue *shipped;
	struct arena *arena, *spare; /* of the catalogue in force; NULL: the shipped one. spare: of a look that was cut off */
	int64_t stamp;
};
void law_now_init(struct law_now *n, const struct house *h);
/* Sets c->house to the house with the law in force. What cannot be asked or read leaves the law as it is (and stands in the log). */
void law_now_look(struct law_now *n, struct ctx *c);
void law_now_close(struct law_now *n);

/* ---- for the page and the command line ---------------------------------------------------------------------------------------- */

struct law_table_view {
	const char *pid, *file, *title, *sha256, *base_version, *ground, *by_name;
	int64_t id, n_rows, n_changed, created_ms, retired_ms;
	bool in_force, outdated; /* outdated: not taken back, but the shipped file is another one now */
};
/* Newest first. file NULL: of all files. */
MUST err law_table_list(struct ctx *c, const char *file, struct law_table_view **v, size_t *n);
MUST err law_table_get(struct ctx *c, const char *pid, struct law_table_view *out, const char **text);
/* The text of a file in force, and of the one that the program brought. */
MUST err law_table_text(struct ctx *c, const char *file, const char **text);
MUST err law_table_text_shipped(struct ctx *c, const char *file, const char **text);

struct law_trial {
	const struct law_file *file;
	const char *text;         /* as it would be stored: LF, no byte order mark */
	char sha256[65];
	struct law_diff diff;     /* against the table in force */
	const char *nameless;     /* a word of the duties that law/names.tsv does not name; NULL */
};
/* Which file it is, is seen by its head row; name (may be "") helps when the head is wrong. */
MUST err law_table_try(struct ctx *c, const char *name, const char *bytes, size_t n, struct law_trial *out);
/* The same, and it holds from then on. ground: where the table comes from. */
MUST err law_table_import(struct ctx *c, const char *name, const char *bytes, size_t n, const char *ground, struct law_trial *out, const char **pid);
/* Back to the shipped table. */
MUST err law_table_take_back(struct ctx *c, const char *pid, const char *reason);

#endif
