#include "base/clock.h"

#include "base/civil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool clock_parse(const char *s, int64_t *ms)
{
	char date[11];
	int h, m, sec;
	civil day;
	if (strlen(s) < 20 || s[10] != 'T' || s[19] != 'Z' || sscanf(s + 11, "%2d:%2d:%2dZ", &h, &m, &sec) != 3)
		return false;
	memcpy(date, s, 10);
	date[10] = '\0';
	if (!civil_parse(date, &day) || h > 23 || m > 59 || sec > 59 || h < 0 || m < 0 || sec < 0)
		return false;
	*ms = (int64_t)day * 86400000 + ((int64_t)h * 3600 + m * 60 + sec) * 1000;
	return true;
}

static int64_t real_ms(clockid_t id)
{
	struct timespec t;
	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_now_ms(void)
{
	const char *set = getenv("TSUNAGI_NOW");
	if (!set || !*set)
		return real_ms(CLOCK_REALTIME);
	char line[64] = "";
	if (*set == '@') {
		FILE *f = fopen(set + 1, "r");
		if (!f)
			return real_ms(CLOCK_REALTIME);
		if (!fgets(line, sizeof line, f))
			line[0] = '\0';
		fclose(f);
	} else {
		snprintf(line, sizeof line, "%s", set);
	}
	int64_t start;
	if (!clock_parse(line, &start))
		return real_ms(CLOCK_REALTIME);
	if (line[20] == '!' || *set == '@')
		return start;
	/* Runs on from the first call of the process. */
	static int64_t first;
	int64_t mono = real_ms(CLOCK_MONOTONIC);
	if (!first)
		first = mono;
	return start + (mono - first);
}

int64_t clock_monotonic_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
