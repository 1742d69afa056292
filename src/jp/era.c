#include "jp/era.h"

#include "base/str.h"
#include "jp/era_token.h"

#include <stdio.h>
#include <string.h>

enum { MESSAGE = 480, LAST_YEAR = 2999, SHOWN = 24 };

/* What the words said, before the calendar is asked. */
struct said {
	enum era_precision precision;
	bool about, month_unknown;
	int era;                 /* -1: western year */
	int year, month, day;    /* year as typed */
	int part;                /* season or ten-days */
};

struct trouble {
	err code;
	char message[MESSAGE];
	char offer[40];
};

struct reader {
	const struct era_token *t;
};

static err trouble_set(struct trouble *w, err code, const char *message)
{
	w->code = code;
	snprintf(w->message, sizeof w->message, "%s", message);
	return code;
}

static bool take(struct reader *r, enum era_tok kind)
{
	if (r->t->kind != kind)
		return false;
	r->t++;
	return true;
}

static void spaces(struct reader *r)
{
	while (take(r, TOK_SPACE))
		;
}

enum gap { GAP_NONE, GAP_SPACE, GAP_UNIT, GAP_SEP };

/* Between two figures: the unit (年 or 月), a separator, or only space. */
static enum gap gap(struct reader *r, enum era_tok unit)
{
	enum gap g = r->t->kind == TOK_SPACE ? GAP_SPACE : GAP_NONE;
	spaces(r);
	if (take(r, unit))
		g = GAP_UNIT;
	else if (take(r, TOK_SEP))
		g = GAP_SEP;
	spaces(r);
	return g;
}

/* 頃, 生まれ, spaces, then the end. */
static bool tail(struct reader *r, struct said *s)
{
	for (;;) {
		spaces(r);
		if (take(r, TOK_ABOUT))
			s->about = true;
		else if (!take(r, TOK_BORN))
			return r->t->kind == TOK_END;
	}
}

/* 月日不詳, 日不明: what stands before is all that is known. */
static bool rest_unknown(struct reader *r)
{
	struct reader q = *r;
	take(&q, TOK_MONTH);
	spaces(&q);
	take(&q, TOK_DAY);
	spaces(&q);
	take(&q, TOK_BORN);
	spaces(&q);
	if (!take(&q, TOK_UNKNOWN))
		return false;
	*r = q;
	return true;
}

static bool read_compact(struct reader *r, struct said *s)
{
	int v = r->t->value, n = r->t->digits;
	if (!((s->era < 0 && n == 8) || (s->era >= 0 && n == 6)))
		return false;
	s->precision = ERA_DAY;
	s->year = v / 10000;
	s->month = v / 100 % 100;
	s->day = v % 100;
	r->t++;
	return true;
}

static bool read_day(struct reader *r, struct said *s)
{
	if (r->t->kind != TOK_NUM || r->t->digits > 2)
		return false;
	s->precision = ERA_DAY;
	s->day = r->t->value;
	r->t++;
	spaces(r);
	take(r, TOK_DAY);
	return tail(r, s);
}

static bool read_month(struct reader *r, struct said *s)
{
	if (r->t->kind != TOK_NUM || r->t->digits > 2)
		return false;
	s->precision = ERA_MONTH;
	s->month = r->t->value;
	r->t++;
	enum gap g = gap(r, TOK_MONTH);
	if (r->t->kind == TOK_NUM)
		return g != GAP_NONE && read_day(r, s);
	if (g == GAP_SEP)
		return false;
	if (r->t->kind == TOK_TEN) {
		s->precision = ERA_TEN_DAYS;
		s->part = r->t->value;
		r->t++;
	} else {
		rest_unknown(r);
	}
	return tail(r, s);
}

static bool read_after_year(struct reader *r, struct said *s)
{
	if (take(r, TOK_DECADE)) {
		s->precision = ERA_DECADE;
		return s->year % 10 == 0 && tail(r, s);
	}
	enum gap g = gap(r, TOK_YEAR);
	if (r->t->kind == TOK_NUM)
		return g != GAP_NONE && read_month(r, s);
	if (g == GAP_SEP)
		return false;
	if (r->t->kind == TOK_SEASON) {
		s->precision = ERA_SEASON;
		s->part = r->t->value;
		r->t++;
	} else {
		rest_unknown(r);
	}
	return tail(r, s);
}

static bool read_words(struct reader *r, struct said *s)
{
	*s = (struct said){.precision = ERA_YEAR, .era = -1};
	spaces(r);
	struct reader q = *r;
	if (rest_unknown(&q)) {
		s->precision = ERA_UNKNOWN;
		return tail(&q, s);
	}
	if (take(r, TOK_ABOUT))
		s->about = true;
	spaces(r);
	take(r, TOK_WESTERN);
	spaces(r);
	if (r->t->kind == TOK_ERA) {
		s->era = r->t->value;
		r->t++;
		spaces(r);
		take(r, TOK_SEP);
		spaces(r);
		if (r->t->kind == TOK_UNKNOWN || (r->t->kind == TOK_YEAR && r->t[1].kind != TOK_NUM))
			return false;
	}
	if (s->era >= 0 && take(r, TOK_FIRST)) {
		s->year = 1;
		return read_after_year(r, s);
	}
	if (r->t->kind != TOK_NUM)
		return false;
	if (read_compact(r, s)) {
		return tail(r, s);
	}
	if (r->t->digits > 4)
		return false;
	s->year = r->t->value;
	r->t++;
	return read_after_year(r, s);
}

/* --- the calendar --- */

static civil era_first(int i)
{
	size_t n;
	const struct era_row *e = era_table(&n);
	return (size_t)i < n ? civil_from(e[i].y, e[i].m, e[i].d) : civil_from(LAST_YEAR, 12, 31) + 1;
}

static void era_words(civil day, enum era_precision precision, char *out, size_t size)
{
	struct era_parts p = era_parts(day);
	char year[48];
	if (p.era < 0)
		snprintf(year, sizeof year, "%d年", p.year);
	else if (p.year == 1)
		snprintf(year, sizeof year, "%s元年", p.name);
	else
		snprintf(year, sizeof year, "%s%d年", p.name, p.year);
	if (precision == ERA_DAY)
		snprintf(out, size, "%s%d月%d日", year, p.month, p.day);
	else if (precision == ERA_MONTH || precision == ERA_TEN_DAYS)
		snprintf(out, size, "%s%d月", year, p.month);
	else
		snprintf(out, size, "%s", year);
}

static err check_figures(const struct said *s, int y, struct trouble *w)
{
	if (s->precision > ERA_MONTH)
		return OK;
	if (s->month < 1 || s->month > 12)
		return trouble_set(w, ERR_DATE_DAY, "月は1から12までの数字で入力してください。");
	if (s->precision == ERA_DAY && !civil_valid(y, s->month, s->day)) {
		trouble_set(w, ERR_DATE_DAY, "");
		snprintf(w->message, sizeof w->message,
			"%d年%d月の日は1日から%d日までです。月と日を確かめてください。", y, s->month,
			civil_ymd(civil_eom(y, s->month)).d);
		return w->code;
	}
	return OK;
}

/* First and last day of what was said, before the limits of its era. */
static void bounds(const struct said *s, int y, civil *from, civil *to)
{
	static const int season[][2] = {{3, 5}, {6, 8}, {9, 11}, {1, 12}}; /* 冬 may be either end of the year */
	static const int ten[][2] = {{1, 10}, {11, 20}, {21, 31}};
	switch (s->precision) {
	case ERA_DAY:
		*from = *to = civil_from(y, s->month, s->day);
		break;
	case ERA_TEN_DAYS:
		*from = civil_from(y, s->month, ten[s->part][0]);
		*to = s->part == 2 ? civil_eom(y, s->month) : civil_from(y, s->month, ten[s->part][1]);
		break;
	case ERA_MONTH:
		*from = civil_from(y, s->month, 1);
		*to = civil_eom(y, s->month);
		break;
	case ERA_SEASON:
		*from = civil_from(y, season[s->part][0], 1);
		*to = civil_eom(y, season[s->part][1]);
		break;
	case ERA_DECADE:
		*from = civil_from(y, 1, 1);
		*to = civil_from(y + 9, 12, 31);
		break;
	default:
		*from = civil_from(y, 1, 1);
		*to = civil_from(y, 12, 31);
	}
}

static err not_in_era(const struct said *s, civil day, const char *typed, struct trouble *w)
{
	size_t n;
	const struct era_row *e = era_table(&n);
	char right[64];
	era_words(day, s->precision, right, sizeof right);
	trouble_set(w, ERR_DATE_ERA, "");
	if (s->precision == ERA_DAY)
		civil_text(day, w->offer);
	else if (s->precision == ERA_MONTH || s->precision == ERA_YEAR)
		snprintf(w->offer, sizeof w->offer, "%s", right);
	if (s->precision == ERA_DECADE)
		snprintf(w->message, sizeof w->message, "「%s」は%sにない年代です。西暦で入力してください。", typed,
			e[s->era].name);
	else
		snprintf(w->message, sizeof w->message, "「%s」は%sにない日付です。%sではありませんか。", typed,
			e[s->era].name, right);
	return w->code;
}

static void widen(struct said *s, civil *from, civil *to)
{
	if (s->precision == ERA_DAY || s->precision == ERA_TEN_DAYS) {
		*from -= 10;
		*to += 10;
	} else {
		int months = s->precision == ERA_MONTH || s->precision == ERA_SEASON ? 1 : 12;
		struct ymd t = civil_ymd(*to);
		*from = civil_add_months(*from, -months);
		/* the end of a month stays an end of a month */
		bool month_end = *to == civil_eom(t.y, t.m);
		*to = civil_add_months(*to, months);
		if (month_end) {
			t = civil_ymd(*to);
			*to = civil_eom(t.y, t.m);
		}
	}
}

static err judge(struct said *s, const char *typed, struct era_date *out, struct trouble *w)
{
	out->precision = s->precision;
	out->about = s->about;
	out->day = out->from = out->to = CIVIL_NONE;
	if (s->precision == ERA_UNKNOWN)
		return OK;
	size_t n;
	const struct era_row *e = era_table(&n);
	int y = s->year;
	if (s->era >= 0) {
		if (s->year == 0 && s->precision != ERA_DECADE)
			return trouble_set(w, ERR_DATE_ERA, "元号の最初の年は「元年」または「1年」です。");
		y = s->year >= e[0].y ? s->year : e[s->era].y + s->year - 1;
	}
	if (y < e[0].y || y > LAST_YEAR) {
		if (s->era < 0 && s->year < 1000)
			return trouble_set(w, ERR_DATE_FORM,
				"年は、元号をつけるか、西暦4けたで入力してください（例：昭和15年3月2日、1940-03-02）。");
		return trouble_set(w, ERR_DATE_FORM, "明治元年（1868年1月25日）から2999年までの日付を入力してください。");
	}
	TRY(check_figures(s, y, w));
	civil from, to;
	bounds(s, y, &from, &to);
	if (s->era >= 0) {
		civil first = era_first(s->era), last = era_first(s->era + 1) - 1;
		bool mixed = s->year >= e[0].y; /* 昭和1940年 */
		if (mixed || from > last || (to < first && s->era > 0))
			return not_in_era(s, from > last || mixed ? from : to, typed, w);
		from = from < first ? first : from;
		to = to > last ? last : to;
	}
	if (to < era_first(0) || from > to)
		return trouble_set(w, ERR_DATE_FORM, "明治元年1月25日（1868年1月25日）より前の日付は入力できません。");
	if (s->precision == ERA_DAY && !s->about)
		out->day = from;
	if (s->about)
		widen(s, &from, &to);
	out->from = from < era_first(0) ? era_first(0) : from;
	out->to = to;
	return OK;
}

/* Take off a trailing weekday or the same day in the other calendar: 令和4年12月3日（2022年12月3日）, 12/3(土). */
static err read_bracket(char *text, char *inner)
{
	inner[0] = '\0';
	size_t n = strlen(text);
	while (n && text[n - 1] == ' ')
		n--;
	char *open = strchr(text, '(');
	if (!open)
		return OK;
	if (n < 2 || text[n - 1] != ')' || strchr(open + 1, '('))
		return ERR_DATE_FORM;
	memcpy(inner, open + 1, (size_t)(text + n - 1 - (open + 1)));
	inner[text + n - 1 - (open + 1)] = '\0';
	*open = '\0';
	return OK;
}

static bool is_weekday(const char *s)
{
	static const char *const names[] = {"月", "火", "水", "木", "金", "土", "日"};
	for (int i = 0; i < 7; i++)
		if (str_starts(s, names[i])) {
			const char *rest = s + strlen(names[i]);
			return !*rest || str_eq(rest, "曜") || str_eq(rest, "曜日");
		}
	return false;
}

static err read_evened(const char *evened, const char *typed, struct era_date *out, struct trouble *w)
{
	struct era_token tokens[ERA_TOKENS];
	struct said s;
	struct reader r = {tokens};
	if (!era_tokens(evened, tokens) || !read_words(&r, &s))
		return trouble_set(w, ERR_DATE_FORM, "");
	return judge(&s, typed, out, w);
}

static void shorten(const char *text, char out[SHOWN * 4 + 8])
{
	size_t n = 0;
	while (*text == ' ' || (*text >= '\t' && *text <= '\r') || strncmp(text, "　", 3) == 0)
		text += *text & 0x80 ? 3 : 1;
	const char *p = text;
	while (*p && n < SHOWN) {
		str_next(&p);
		n++;
	}
	snprintf(out, SHOWN * 4 + 8, "%.*s%s", (int)(p - text), text, *p ? "…" : "");
}

static err read_all(const char *text, struct era_date *out, struct trouble *w)
{
	char evened[ERA_CHARS], inner[ERA_CHARS] = "", typed[SHOWN * 4 + 8];
	*w = (struct trouble){OK, "", ""};
	if (!str_utf8_valid(text, strlen(text)))
		return trouble_set(w, ERR_NOT_UTF8, err_sentence_ja(ERR_NOT_UTF8));
	shorten(text, typed);
	err e = era_even(text, evened) ? read_bracket(evened, inner) : ERR_DATE_FORM;
	struct era_date other = {0};
	if (e == OK)
		e = read_evened(evened, typed, out, w);
	if (e == OK && inner[0] && !is_weekday(inner)) {
		e = read_evened(inner, typed, &other, w);
		if (e == OK && (other.from != out->from || other.to != out->to)) {
			trouble_set(w, ERR_DATE_FORM, "");
			snprintf(w->message, sizeof w->message,
				"「%s」のかっこの中と外が違う日付です。どちらかに直してください。", typed);
			return w->code;
		}
	}
	if (e != OK && !w->message[0]) {
		w->code = e;
		snprintf(w->message, sizeof w->message,
			"「%s」は日付として読めません。「令和8年4月1日」「R8.4.1」「2026-04-01」のように入力してください。",
			typed);
	}
	return e;
}

static err parse(struct ctx *c, const char *field, const char *text, bool whole, struct era_date *out)
{
	struct trouble w;
	struct era_date d = {0};
	if (str_blank(text))
		return fault_add(c, field, ERR_REQUIRED, "日付を入力してください。");
	err e = read_all(text, &d, &w);
	if (e == OK && whole && d.day == CIVIL_NONE)
		return fault_add(c, field, ERR_DATE_FORM,
			"年・月・日をすべて入力してください（例：昭和15年3月2日、S15.3.2、1940-03-02）。");
	if (e != OK) {
		fault_add(c, field, w.code, "%s", w.message);
		if (w.offer[0])
			fault_offer(c, w.offer);
		return e;
	}
	d.words = str_trim(c->arena, text);
	*out = d;
	return OK;
}

err era_parse(struct ctx *c, const char *field, const char *text, struct era_date *out)
{
	return parse(c, field, text, true, out);
}

err era_parse_partial(struct ctx *c, const char *field, const char *text, struct era_date *out)
{
	return parse(c, field, text, false, out);
}

bool era_guess(const char *text, civil *out)
{
	struct trouble w;
	struct era_date d = {0};
	if (str_blank(text) || read_all(text, &d, &w) != OK || d.day == CIVIL_NONE)
		return false;
	*out = d.day;
	return true;
}

err era_check_past(struct ctx *c, const char *field, civil day)
{
	if (day == CIVIL_NONE || day <= c->today)
		return OK;
	return fault_add(c, field, ERR_DATE_FUTURE, "%sは、今日（%s）より先の日付です。日付を確かめてください。",
		era_text(c->arena, day), era_text(c->arena, c->today));
}
