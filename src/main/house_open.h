/* house_open — a process's house: data folder (key, log of looks), catalogues (forms, law, fold table) and where the
 * shared files lie. Called once before forking. Messages go to stderr in Japanese. Arena. */
#ifndef TSU_MAIN_HOUSE_OPEN_H
#define TSU_MAIN_HOUSE_OPEN_H

#include "base/ctx.h"
#include "base/house.h"

MUST err house_open(struct arena *a, const char *data_dir, struct house *h);
void house_close(struct house *h); /* what libraries hold; before the arena goes, also after a failed house_open */

#endif
