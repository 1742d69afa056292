#include "base/log.h"

#include "base/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum log_level least_level = LOG_INFO; /* set once at start */

void log_set_level(enum log_level least) { least_level = least; }

void log_event(enum log_level level, const char *event, ...)
{
	static const char *const names[] = {"debug", "info", "warn", "error"};
	if (level < least_level)
		return;
	char line[2048];
	size_t n = (size_t)snprintf(line, sizeof line, "%lld %s %s", (long long)clock_now_ms(), names[level], event);
	va_list ap;
	va_start(ap, event);
	const char *key;
	while ((key = va_arg(ap, const char *)) && n < sizeof line - 8) {
		const char *value = va_arg(ap, const char *);
		n += (size_t)snprintf(line + n, sizeof line - n, " %s=\"", key);
		for (; value && *value && n < sizeof line - 4; value++)
			if ((unsigned char)*value >= 0x20 && *value != '"')
				line[n++] = *value;
		if (n < sizeof line - 2)
			line[n++] = '"';
	}
	va_end(ap);
	if (n > sizeof line - 2)
		n = sizeof line - 2;
	line[n++] = '\n';
	ssize_t w = write(2, line, n); /* one write, so lines of several processes do not mix */
	(void)w;
}
