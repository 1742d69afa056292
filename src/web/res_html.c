#include "web/res_html.h"

#include "base/str.h"
#include "jp/era.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void escaped(struct buf *b, const char *s, bool quotes)
{
	if (!s)
		return;
	const char *from = s, *p = s;
	for (; *p; p++) {
		const char *to = NULL;
		switch (*p) {
		case '&':
			to = "&amp;";
			break;
		case '<':
			to = "&lt;";
			break;
		case '>':
			to = "&gt;";
			break;
		case '"':
			to = quotes ? "&quot;" : NULL;
			break;
		case '\'':
			to = quotes ? "&#39;" : NULL;
			break;
		default:
			break;
		}
		if (!to)
			continue;
		buf_add(b, from, (size_t)(p - from));
		buf_str(b, to);
		from = p + 1;
	}
	buf_add(b, from, (size_t)(p - from));
}

void html_text(struct buf *b, const char *s) { escaped(b, s, false); }

void html_attr(struct buf *b, const char *s) { escaped(b, s, true); }

void html_urlpart(struct buf *b, const char *s)
{
	static const char keep[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
	for (; s && *s; s++) {
		if (strchr(keep, *s))
			buf_char(b, *s);
		else
			buf_fmt(b, "%%%02X", (unsigned char)*s);
	}
}

void html_url(struct buf *b, const char *path)
{
	bool local = path && ((path[0] == '/' && path[1] != '/' && path[1] != '\\') || path[0] == '#' || path[0] == '?');
	for (const char *p = path; local && *p; p++)
		local = (unsigned char)*p >= 0x20 && *p != '\\' && *p != 0x7f;
	html_attr(b, local ? path : "#");
}

void html_raw(struct buf *b, struct html_safe s) { buf_str(b, s.s); }

void html_int(struct buf *b, int64_t n)
{
	if (n != INT64_MIN)
		buf_fmt(b, "%" PRId64, n);
}

void html_num(struct buf *b, int64_t n)
{
	char digits[32];
	if (n == INT64_MIN)
		return;
	int len = snprintf(digits, sizeof digits, "%" PRId64, n < 0 ? -n : n);
	if (n < 0)
		buf_char(b, '-');
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_char(b, ',');
		buf_char(b, digits[i]);
	}
}

void html_date(struct buf *b, civil day) { buf_str(b, era_text_both(b->arena, day)); }

void html_datew(struct buf *b, civil day) { buf_str(b, era_text(b->arena, day)); }

void html_dates(struct buf *b, civil day) { buf_str(b, era_text_short(b->arena, day)); }

void html_dateiso(struct buf *b, civil day)
{
	char iso[CIVIL_TEXT];
	civil_text(day, iso);
	buf_str(b, iso);
}

void html_time(struct buf *b, int64_t ms)
{
	if (ms == INT64_MIN)
		return;
	html_datew(b, civil_of_instant(ms));
	buf_char(b, ' ');
	html_clock(b, ms);
}

void html_timeiso(struct buf *b, int64_t ms)
{
	char t[CIVIL_TIME_TEXT];
	if (ms == INT64_MIN)
		return;
	civil_time_text(ms, t);
	buf_fmt(b, "%.10sT%s+09:00", t, t + 11);
}

void html_clock(struct buf *b, int64_t ms)
{
	char t[CIVIL_TIME_TEXT];
	if (ms == INT64_MIN)
		return;
	civil_time_text(ms, t);
	buf_str(b, t + 11);
}
