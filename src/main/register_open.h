/* register_open — a session_ctx for the commands of the register: the house without forms and law, but with the table of
 * 異体字, which every search key and every written key needs. Quicker than the whole house. Tests: tests/unit/cmd_person.sh. */
#ifndef TSU_MAIN_REGISTER_OPEN_H
#define TSU_MAIN_REGISTER_OPEN_H

#include "main/session_ctx.h"

/* As session_ctx_open. */
int register_open(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose);

#endif
