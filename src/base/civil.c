#include "base/civil.h"

#include <stdio.h>
#include <string.h>

enum { JST_MS = 9 * 3600 * 1000, DAY_MS = 86400000 };

static bool leap(int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; }

static int month_days(int y, int m)
{
	static const int d[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return m == 2 && leap(y) ? 29 : d[m - 1];
}

bool civil_valid(int y, int m, int d)
{
	return y >= 1 && y <= 9999 && m >= 1 && m <= 12 && d >= 1 && d <= month_days(y, m);
}

/* Days from civil, proleptic Gregorian: count in 400-year cycles from 1 March of year 0. */
static int32_t days_from(int y, int m, int d)
{
	y -= m <= 2;
	int era = (y >= 0 ? y : y - 399) / 400;
	int yoe = y - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

civil civil_from(int y, int m, int d) { return civil_valid(y, m, d) ? days_from(y, m, d) : CIVIL_NONE; }

struct ymd civil_ymd(civil day)
{
	if (day == CIVIL_NONE)
		return (struct ymd){0, 0, 0};
	int z = day + 719468;
	int era = (z >= 0 ? z : z - 146096) / 146097;
	int doe = z - era * 146097;
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int m = mp < 10 ? mp + 3 : mp - 9;
	return (struct ymd){yoe + era * 400 + (m <= 2), m, doy - (153 * mp + 2) / 5 + 1};
}

int civil_weekday(civil day)
{
	int w = (int)((day + 3) % 7); /* 1970-01-01 was a Thursday */
	return (w < 0 ? w + 7 : w) + 1;
}

civil civil_eom(int y, int m)
{
	return m < 1 || m > 12 ? CIVIL_NONE : civil_from(y, m, month_days(y, m));
}

civil civil_add_months(civil day, int n)
{
	if (day == CIVIL_NONE)
		return CIVIL_NONE;
	struct ymd t = civil_ymd(day);
	int months = t.y * 12 + t.m - 1 + n;
	int y = months / 12, m = months % 12 + 1;
	if (months < 12)
		return CIVIL_NONE;
	int last = month_days(y, m);
	return civil_from(y, m, t.d < last ? t.d : last);
}

civil civil_days_after(civil day, int n) { return day == CIVIL_NONE ? CIVIL_NONE : day + n; }

civil civil_attain_age(civil birth, int age)
{
	if (birth == CIVIL_NONE)
		return CIVIL_NONE;
	struct ymd b = civil_ymd(birth);
	if (b.m == 2 && b.d == 29) /* rules §0.4: fixed by T-NT-10, leap year or not */
		return civil_from(b.y + age, 2, 28);
	return civil_from(b.y + age, b.m, b.d) - 1;
}

int civil_age(civil birth, civil on)
{
	if (birth == CIVIL_NONE || on == CIVIL_NONE || on < birth)
		return -1;
	struct ymd b = civil_ymd(birth), o = civil_ymd(on);
	return o.y - b.y - (o.m < b.m || (o.m == b.m && o.d < b.d));
}

int civil_fiscal_year(civil day)
{
	struct ymd t = civil_ymd(day);
	return t.m >= 4 ? t.y : t.y - 1;
}

static void put_digits(char *out, int n, int v)
{
	for (; n-- > 0; v /= 10)
		out[n] = (char)('0' + v % 10);
}

void civil_text(civil day, char out[CIVIL_TEXT])
{
	if (day == CIVIL_NONE) {
		out[0] = '\0';
		return;
	}
	struct ymd t = civil_ymd(day);
	int y = t.y < 0 || t.y > 9999 ? 0 : t.y;
	put_digits(out, 4, y);
	out[4] = out[7] = '-';
	put_digits(out + 5, 2, t.m);
	put_digits(out + 8, 2, t.d);
	out[CIVIL_TEXT - 1] = '\0';
}

static bool digits(const char *s, int n, int *out)
{
	int v = 0;
	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		v = v * 10 + (s[i] - '0');
	}
	*out = v;
	return true;
}

bool civil_parse(const char *s, civil *out)
{
	int y, m, d;
	if (!s || strlen(s) != 10 || s[4] != '-' || s[7] != '-' || !digits(s, 4, &y) || !digits(s + 5, 2, &m) ||
	    !digits(s + 8, 2, &d) || !civil_valid(y, m, d))
		return false;
	*out = days_from(y, m, d);
	return true;
}

civil civil_of_instant(int64_t ms)
{
	int64_t t = ms + JST_MS;
	return (civil)(t >= 0 ? t / DAY_MS : -((-t + DAY_MS - 1) / DAY_MS));
}

int64_t civil_instant_start(civil day) { return (int64_t)day * DAY_MS - JST_MS; }

void civil_time_text(int64_t ms, char out[CIVIL_TIME_TEXT])
{
	civil day = civil_of_instant(ms);
	char date[CIVIL_TEXT];
	civil_text(day, date);
	int min = (int)((ms - civil_instant_start(day)) / 60000);
	char tmp[48];
	snprintf(tmp, sizeof tmp, "%s %02d:%02d", date, min / 60 % 24, min % 60);
	memcpy(out, tmp, CIVIL_TIME_TEXT - 1);
	out[CIVIL_TIME_TEXT - 1] = '\0';
}
