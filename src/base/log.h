/* log — one line per event on stderr: time, level, event, then key=value pairs. Never personal data: values are
 * ids, counts, error names and routes. Text values are quoted and control characters dropped. */
#ifndef TSU_BASE_LOG_H
#define TSU_BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_set_level(enum log_level least);
/* Pairs of (const char *key, const char *value), ended by NULL. */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));

#endif
