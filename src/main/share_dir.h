/* share_dir — where forms/, law/, share/ and assets/ lie at run time: TSUNAGI_SHARE, or the folder above the program's
 * (a build folder in the source tree), or ../share/tsunagi beside it (installed), or the source tree it was built from.
 * The first that holds a folder `forms`. Arena; NULL if there is none. */
#ifndef TSU_MAIN_SHARE_DIR_H
#define TSU_MAIN_SHARE_DIR_H

#include "base/arena.h"

const char *share_dir(struct arena *a);

#endif
