/* clock — the only reader of the machine's clock; called by main/, web/server and job/runner alone.
 *
 * TSUNAGI_NOW (tests and demos) sets the clock: "2026-11-20T09:00:00Z" starts there and runs on; with a trailing
 * "!" it stands still; "@FILE" reads such a line from FILE at every call, so a test can walk 400 days while the
 * server runs. Units: milliseconds since 1970 UTC. */
#ifndef TSU_BASE_CLOCK_H
#define TSU_BASE_CLOCK_H

#include "base/err.h"

int64_t clock_now_ms(void);
int64_t clock_monotonic_us(void); /* for durations in the bench and the log; never a date */
bool clock_parse(const char *iso_utc, int64_t *ms); /* "YYYY-MM-DDTHH:MM:SSZ" */

#endif
