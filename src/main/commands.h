/* The commands' functions, declared from the table. */
#ifndef TSU_MAIN_COMMANDS_H
#define TSU_MAIN_COMMANDS_H

#define COMMAND(name, help) int cmd_##name(int argc, char **argv);
#include "main/commands.tbl.h"
#undef COMMAND

int duty_rebuild(int argc, char **argv); /* cmd_duty_rebuild.c: a verb of cmd_duty */
int survey_send(int argc, char **argv);  /* cmd_survey_send.c: verbs of cmd_survey */

#endif
