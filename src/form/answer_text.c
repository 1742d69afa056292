/* Between text and values: what people type, what they read, what a form field holds. */
#include "base/str.h"
#include "form/answer_in.h"

#include <stdio.h>
#include <string.h>

/* Full-width figures, points and signs to ASCII, blanks and commas away: １６０．５ → 160.5. */
static const char *plain_number(struct arena *a, const char *s)
{
	struct buf b = buf_new(a);
	for (uint32_t c; (c = str_next(&s));) {
		if (c == ' ' || c == 0x3000 || c == ',' || c == 0xFF0C)
			continue;
		if (c >= 0xFF10 && c <= 0xFF19)
			c = c - 0xFF10 + '0';
		else if (c == 0xFF0E || c == 0x3002)
			c = '.';
		else if (c == 0xFF0D || c == 0x2212 || c == 0x2015)
			c = '-';
		buf_utf8(&b, c);
	}
	return b.p;
}

static err number(struct arena *a, const struct form_item *it, const char *text, struct answer *v)
{
	const char *s = plain_number(a, text);
	size_t n = strlen(s);
	if (n && s[n - 1] == '.')
		s = arena_strn(a, s, n - 1);
	while (s[0] == '0' && s[1] >= '0' && s[1] <= '9')
		s++;
	for (const char *p = s; *p; p++)
		if (*p == 'e' || *p == 'E')
			return ERR_NOT_NUMBER;
	if (!json_scaled_text(s, it->scale, &v->num)) {
		int64_t finer;
		return json_scaled_text(s, it->scale + 6, &finer) ? ERR_RANGE : ERR_NOT_NUMBER;
	}
	return v->num < it->min || v->num > it->max ? ERR_RANGE : OK;
}

static err time_of_day(struct arena *a, const char *text, struct answer *v)
{
	struct buf b = buf_new(a);
	for (uint32_t c; (c = str_next(&text));) {
		if (c == 0xFF1A || c == 0x6642) /* ：, 時 */
			c = ':';
		if (c == 0x5206) /* 分 */
			continue;
		buf_utf8(&b, c);
	}
	const char *s = plain_number(a, b.p);
	int h = -1, m = 0, used = 0;
	bool whole = sscanf(s, "%2d:%2d%n", &h, &m, &used) == 2 && used && !s[used];
	if (!whole) {
		used = 0;
		m = 0;
		whole = sscanf(s, "%2d:%n", &h, &used) == 1 && used && !s[used];
	}
	if (!whole)
		return ERR_NOT_NUMBER;
	if (h < 0 || h > 23 || m < 0 || m > 59)
		return ERR_RANGE;
	v->num = h * 60 + m;
	return OK;
}

static err year_month(struct ctx *c, const char *path, const char *text, struct answer *v)
{
	int y, m, used = 0;
	if (sscanf(text, "%4d-%2d%n", &y, &m, &used) == 2 && !text[used]) {
		if (y < 1868 || m < 1 || m > 12)
			return ERR_DATE_DAY;
		v->num = y * 12 + m - 1;
		return OK;
	}
	struct era_date d;
	TRY(era_parse_partial(c, path, text, &d));
	if (d.precision > ERA_MONTH || d.about || d.from == CIVIL_NONE)
		return ERR_DATE_FORM;
	struct ymd at = civil_ymd(d.from);
	v->num = at.y * 12 + at.m - 1;
	return OK;
}

static err day(struct ctx *c, const char *path, const struct form_item *it, const char *text, struct answer *v)
{
	civil iso;
	struct era_date d = {0};
	if (civil_parse(text, &iso)) {
		d = (struct era_date){.precision = ERA_DAY, .day = iso, .from = iso, .to = iso, .words = era_text(c->arena, iso)};
	} else if (it->type == ITEM_DATE) {
		TRY(era_parse(c, path, text, &d));
	} else {
		TRY(era_parse_partial(c, path, text, &d));
	}
	v->part = d;
	v->num = it->type == ITEM_DATE ? d.day : d.from;
	return OK;
}

static err yes_no(const struct form_item *it, const char *text, struct answer *v)
{
	static const char *const yes[] = {"true", "Y", "1", "yes"}, *const no[] = {"false", "N", "0", "no"};
	for (size_t i = 0; i < 4; i++) {
		if (str_eq(text, yes[i]) || str_eq(text, it->options[0].label)) {
			v->num = 1;
			return OK;
		}
		if (str_eq(text, no[i]) || str_eq(text, it->options[1].label)) {
			v->num = 0;
			return OK;
		}
	}
	return ERR_NOT_CHOICE;
}

static err choices(struct arena *a, const struct form_item *it, const char *text, struct answer *v)
{
	if (it->type == ITEM_CODE) {
		const struct form_option *o = form_option_find(it, text);
		if (!o)
			return ERR_NOT_CHOICE;
		v->num = o - it->options;
		v->text = o->code;
		return OK;
	}
	size_t n;
	char **codes = str_split(a, text, ',', &n);
	for (size_t i = 0; i < n; i++) {
		const struct form_option *o = form_option_find(it, str_trim(a, codes[i]));
		if (!o)
			return ERR_NOT_CHOICE;
		v->set |= (uint64_t)1 << (o - it->options);
	}
	return OK;
}

err answer_parse(struct ctx *c, const char *path, const struct form_item *it, const char *text, struct answer *out)
{
	struct arena *a = c->arena;
	struct answer v = {.blank = BLANK_NONE};
	v.part.day = v.part.from = v.part.to = CIVIL_NONE;
	err e = OK;
	if (str_starts(text, "blank:")) {
		TRY(blank_parse(text + 6, &v.blank) ? OK : ERR_FORM_FIELD);
		*out = v;
		return OK;
	}
	const char *s = it->type == ITEM_MEMO ? str_lf(a, text) : str_trim(a, text);
	if (str_blank(s)) {
		v.blank = BLANK_UNANSWERED;
		*out = v;
		return OK;
	}
	switch (it->type) {
	case ITEM_TEXT:
	case ITEM_REF:
	case ITEM_IMG:
		e = strpbrk(s, "\r\n") ? ERR_INPUT : str_count(s) > (size_t)it->max_length ? ERR_TOO_LONG : OK;
		v.text = s;
		break;
	case ITEM_MEMO:
		e = str_count(s) > (size_t)it->max_length ? ERR_TOO_LONG : OK;
		v.text = s;
		break;
	case ITEM_INT: case ITEM_DEC: e = number(a, it, s, &v); break;
	case ITEM_BOOL: e = yes_no(it, s, &v); break;
	case ITEM_CODE: case ITEM_CODES: e = choices(a, it, s, &v); break;
	case ITEM_DATE: case ITEM_PARTIAL_DATE: e = day(c, path, it, s, &v); break;
	case ITEM_YM: e = year_month(c, path, s, &v); break;
	case ITEM_TIME: e = time_of_day(a, s, &v); break;
	default: e = ERR_FORM_FIELD;
	}
	if (!e)
		*out = v;
	return e;
}

err answers_set(struct answers *as, const char *path, const char *text)
{
	const struct form_item *it = answers_item(as, path);
	if (!it)
		return ERR_FORM_FIELD;
	struct ctx c; /* only for memory; its faults are dropped, the code says enough here */
	ctx_init(&c, as->arena, 0);
	struct answer v;
	TRY(answer_parse(&c, path, it, text, &v));
	return answer_put(as, path, &v);
}

static const char *codes_joined(struct arena *a, const struct form_item *it, uint64_t set, bool labels)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < it->n_options; i++)
		if (set >> i & 1) {
			if (b.n)
				buf_str(&b, labels ? "、" : ",");
			buf_str(&b, labels ? it->options[i].label : it->options[i].code);
		}
	return b.p;
}

static const char *rows_text(struct arena *a, const struct answer *v)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < v->n_rows; i++) {
		const struct answers *row = v->rows[i];
		bool first = true;
		if (i)
			buf_char(&b, '\n');
		for (size_t k = 0; k < row->n; k++) {
			const char *s = answer_show(a, &row->items[k], &row->a[k]);
			if (!*s)
				continue;
			buf_str(&b, first ? "" : "　");
			buf_str(&b, s);
			first = false;
		}
	}
	return b.p;
}

struct json *answer_number(struct arena *a, const struct form_item *it, int64_t num)
{
	int scale = it->scale;
	for (; scale > it->places && num % 10 == 0; scale--)
		num /= 10;
	return json_new_scaled(a, num, scale);
}

const char *answer_show(struct arena *a, const struct form_item *it, const struct answer *v)
{
	if (it->type == ITEM_DISPLAY)
		return it->label;
	if (it->type == ITEM_LIST && v->n_rows)
		return rows_text(a, v);
	if (v->blank != BLANK_NONE)
		return v->blank == BLANK_UNANSWERED ? "" : blank_label(v->blank);
	switch (it->type) {
	case ITEM_TEXT: case ITEM_MEMO: case ITEM_REF: case ITEM_IMG: return v->text;
	case ITEM_INT: case ITEM_DEC: return answer_number(a, it, v->num)->text;
	case ITEM_BOOL: return it->options[v->num ? 0 : 1].label;
	case ITEM_CODE: return it->options[v->num].label;
	case ITEM_CODES: return codes_joined(a, it, v->set, true);
	case ITEM_DATE: return era_text(a, (civil)v->num);
	case ITEM_PARTIAL_DATE: return v->part.words;
	case ITEM_YM: return era_text_month(a, (int)(v->num / 12), (int)(v->num % 12) + 1);
	case ITEM_TIME: return arena_fmt(a, "%d:%02d", (int)(v->num / 60), (int)(v->num % 60));
	default: return "";
	}
}

const char *answer_field(struct arena *a, const struct form_item *it, const struct answer *v)
{
	if (v->blank != BLANK_NONE)
		return "";
	char iso[CIVIL_TEXT];
	switch (it->type) {
	case ITEM_BOOL: return v->num ? "Y" : "N";
	case ITEM_CODE: return it->options[v->num].code;
	case ITEM_CODES: return codes_joined(a, it, v->set, false);
	case ITEM_DATE: civil_text((civil)v->num, iso); return arena_str(a, iso);
	case ITEM_YM: return arena_fmt(a, "%04d-%02d", (int)(v->num / 12), (int)(v->num % 12) + 1);
	case ITEM_TIME: return arena_fmt(a, "%02d:%02d", (int)(v->num / 60), (int)(v->num % 60));
	case ITEM_LIST: return "";
	default: return answer_show(a, it, v);
	}
}
