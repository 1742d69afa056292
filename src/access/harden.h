/* harden — what main() does first: no core dumps, not traceable, files private (umask 077), and no secret passed on in the
 * environment. Tests: tests/unit/test_access.c. */
#ifndef TSU_ACCESS_HARDEN_H
#define TSU_ACCESS_HARDEN_H

#include "base/err.h"

MUST err harden_process(void);
/* The part of it that a leak check of a sanitizer build cannot work under; harden_process leaves it out there. */
MUST err harden_untraceable(void);

#endif
