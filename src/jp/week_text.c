#include "jp/week_text.h"

#include "base/buf.h"
#include "base/str.h"

#include <string.h>

static const char *const DAYS[7] = {"月", "火", "水", "木", "金", "土", "日"};
enum { EVERY = 0x7F, WEEKDAYS = 0x1F, WEEKEND = 0x60, DAY_MIN = 1440 };

/* ---- reading letter by letter, widths evened out ------------------------------------------------------------------ */

struct scan {
	const char *p;
};

/* The next letter in half width; 0 at the end. */
static uint32_t peek(const struct scan *s, const char **after)
{
	const char *p = s->p;
	uint32_t ch = *p ? str_next(&p) : 0;
	*after = p;
	if (ch >= 0xFF01 && ch <= 0xFF5E)
		ch -= 0xFEE0;
	return ch == 0x3000 || ch == '\t' ? ' ' : ch;
}

static bool is_dash(uint32_t ch)
{
	return ch == '-' || ch == '~' || ch == 0x301C || ch == 0xFF5E || ch == 0x30FC || ch == 0x2015 || ch == 0x2212 || ch == 0x2010 || ch == 0x2013;
}

static bool eat(struct scan *s, const char *word)
{
	size_t n = strlen(word);
	if (strncmp(s->p, word, n) != 0)
		return false;
	s->p += n;
	return true;
}

static void spaces(struct scan *s)
{
	const char *after;
	while (peek(s, &after) == ' ')
		s->p = after;
}

static bool number(struct scan *s, int *v, int *digits)
{
	const char *after;
	uint32_t ch = peek(s, &after);
	*v = *digits = 0;
	while (ch >= '0' && ch <= '9' && *digits < 5) {
		*v = *v * 10 + (int)(ch - '0');
		++*digits;
		s->p = after;
		ch = peek(s, &after);
	}
	return *digits > 0 && *digits < 5;
}

/* ---- days ---------------------------------------------------------------------------------------------------------- */

static int one_day(struct scan *s)
{
	for (int i = 0; i < 7; i++)
		if (eat(s, DAYS[i])) {
			(void)(eat(s, "曜日") || eat(s, "曜"));
			return i;
		}
	return -1;
}

static bool separator(struct scan *s)
{
	const char *after;
	uint32_t ch = peek(s, &after);
	if (ch != 0x30FB && ch != 0xFF65 && ch != 0x3001 && ch != ',' && ch != 0xFF64 && ch != '/')
		return false;
	s->p = after;
	return true;
}

static bool days(struct scan *s, unsigned *mask)
{
	static const struct {
		const char *word;
		unsigned mask;
	} words[] = {{"毎日", EVERY}, {"平日", WEEKDAYS}, {"土日", WEEKEND}, {"週末", WEEKEND}};
	*mask = 0;
	for (;;) {
		struct scan before = *s;
		bool found = false;
		for (size_t i = 0; i < sizeof words / sizeof words[0] && !found; i++)
			if (eat(s, words[i].word)) {
				*mask |= words[i].mask;
				found = true;
			}
		int d = found ? -1 : one_day(s), e = -1;
		if (d >= 0) {
			const char *after;
			struct scan span = *s;
			*mask |= 1u << d;
			if (is_dash(peek(&span, &after)) || strncmp(span.p, "から", 6) == 0) {
				span.p = strncmp(span.p, "から", 6) == 0 ? span.p + 6 : after;
				e = one_day(&span);
			}
			if (e >= 0) {
				*s = span;
				for (int k = d; k != e; k = (k + 1) % 7)
					*mask |= 1u << k;
				*mask |= 1u << e;
			}
			found = true;
		}
		if (!found) {
			*s = before;
			return *mask != 0;
		}
		struct scan at = *s;
		spaces(&at);
		while (separator(&at))
			spaces(&at);
		struct scan probe = at;
		unsigned more = 0;
		for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
			more |= strncmp(probe.p, words[i].word, strlen(words[i].word)) == 0;
		if (!more && one_day(&probe) < 0)
			return true;
		*s = at;
	}
}

/* 第2・4 before or after the days: kept as typed. */
static const char *weeks(struct arena *a, struct scan *s)
{
	const char *from = s->p;
	int v, digits;
	if (strncmp(s->p, "隔週", strlen("隔週")) == 0) {
		s->p += strlen("隔週");
		return "隔週";
	}
	if (!eat(s, "第"))
		return "";
	struct scan end = *s;
	while (number(s, &v, &digits)) {
		end = *s;
		if (!separator(s))
			break;
		(void)eat(s, "第");
	}
	*s = end;
	(void)eat(s, "週");
	return arena_strn(a, from, (size_t)(s->p - from));
}

/* ---- times ----------------------------------------------------------------------------------------------------------- */

/* false: no time here. Bare four figures are hours and minutes. */
static bool clock_time(struct scan *s, int *min)
{
	struct scan t = *s;
	const char *after;
	int h, m = 0, digits, base = 0;
	if (eat(&t, "翌日"))
		base = DAY_MIN;
	else if (eat(&t, "翌"))
		base = DAY_MIN;
	(void)(eat(&t, "午前") || eat(&t, "朝"));
	bool pm = eat(&t, "午後");
	if (!number(&t, &h, &digits))
		return false;
	if (digits >= 3) {
		m = h % 100;
		h /= 100;
	} else if (peek(&t, &after) == ':') {
		struct scan u = {after};
		if (!number(&u, &m, &digits) || digits != 2)
			return false;
		t = u;
	} else if (eat(&t, "時")) {
		if (eat(&t, "半")) {
			m = 30;
		} else {
			struct scan u = t;
			if (number(&u, &m, &digits) && digits <= 2 && eat(&u, "分"))
				t = u;
			else
				m = 0;
		}
	}
	if (pm && h < 12)
		h += 12;
	if (h > 24 || m > 59 || (h == 24 && m))
		return false;
	*min = base + h * 60 + m;
	*s = t;
	return true;
}

bool week_time_parse(const char *typed, int *min)
{
	struct scan s = {typed};
	spaces(&s);
	if (!clock_time(&s, min))
		return false;
	spaces(&s);
	return !*s.p;
}

static bool span_of(struct scan *s, int *from, int *to)
{
	const char *after;
	if (!clock_time(s, from))
		return false;
	*to = *from;
	struct scan t = *s;
	spaces(&t);
	bool dash = is_dash(peek(&t, &after));
	if (!dash && strncmp(t.p, "から", strlen("から")) != 0)
		return true;
	t.p = dash ? after : t.p + strlen("から");
	spaces(&t);
	if (!clock_time(&t, to))
		return false;
	(void)eat(&t, "まで");
	if (*to < *from)
		*to += DAY_MIN; /* over midnight */
	*s = t;
	return *to >= *from && *to <= 2 * DAY_MIN; /* 翌9-8 would end on the third day: no stay of one week line */
}

/* ---- the whole --------------------------------------------------------------------------------------------------------- */

bool week_text_parse(struct arena *a, const char *typed, struct week_entry *out, const char **why)
{
	struct scan s = {typed};
	const char *note;
	*out = (struct week_entry){.text = "", .note = ""};
	spaces(&s);
	note = weeks(a, &s);
	spaces(&s);
	if (!days(&s, &out->days)) {
		*why = "曜日が読み取れません。「月水金 10-11 訪問介護」のように、曜日・時間・内容の順に入力してください。";
		return false;
	}
	spaces(&s);
	if (!*note)
		note = weeks(a, &s);
	spaces(&s);
	if (!span_of(&s, &out->from_min, &out->to_min)) {
		*why = "時間が読み取れません。曜日のあとに「10-11」「9:30-16:00」のように、始まりと終わりを入力してください。";
		return false;
	}
	out->text = str_trim(a, s.p);
	out->note = note;
	if (str_blank(out->text)) {
		*why = "内容がありません。時間のあとに「訪問介護」のように、サービスの内容を入力してください。";
		return false;
	}
	return true;
}

const char *week_days_ja(struct arena *a, unsigned mask)
{
	if (mask == EVERY)
		return "毎日";
	if (mask == WEEKDAYS)
		return "平日";
	struct buf b = buf_new(a);
	for (int i = 0; i < 7; i++)
		if (mask & 1u << i)
			buf_fmt(&b, "%s%s", b.n ? "・" : "", DAYS[i]);
	return b.n ? b.p : "";
}

const char *week_days_code(struct arena *a, unsigned mask)
{
	char *t = arena_alloc(a, 8);
	for (int i = 0; i < 7; i++)
		t[i] = mask & 1u << i ? '1' : '0';
	t[7] = '\0';
	return mask ? t : "";
}

unsigned week_days_of_code(const char *code)
{
	unsigned mask = 0;
	for (int i = 0; code && i < 7 && code[i]; i++)
		if (code[i] == '1')
			mask |= 1u << i;
	return mask;
}
