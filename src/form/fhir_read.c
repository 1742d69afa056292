/* In: QuestionnaireResponse → answers. */
#include "base/str.h"
#include "form/answer_in.h"
#include "form/fhir_in.h"
#include "form/fhirmap.h"

#include <string.h>

struct reader {
	struct arena *a;
	const struct form_def *d;
	const char *why;
	int depth;
};

static err refuse(struct reader *x, const char *link, const char *what)
{
	x->why = *link ? arena_fmt(x->a, "linkId「%s」: %s", link, what) : what;
	return ERR_FHIR;
}

/* Two digits at p, or -1. */
static int two(const char *p)
{
	return p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9' ? (p[0] - '0') * 10 + p[1] - '0' : -1;
}

/* A FHIR dateTime: YYYY, YYYY-MM, YYYY-MM-DD, or with time and zone; the civil day in Japan. */
static bool date_time(struct arena *a, const char *s, civil *out)
{
	size_t n = strlen(s);
	if (n == 4)
		return civil_parse(arena_fmt(a, "%s-01-01", s), out);
	if (n == 7)
		return civil_parse(arena_fmt(a, "%s-01", s), out);
	if (n < 10 || !civil_parse(arena_strn(a, s, 10), out))
		return false;
	if (n == 10)
		return true;
	const char *p = s + 10;
	if (n < 17 || p[0] != 'T' || two(p + 1) < 0 || p[3] != ':' || two(p + 4) < 0 || two(p + 1) > 23 || two(p + 4) > 59)
		return false;
	int minutes = two(p + 1) * 60 + two(p + 4);
	p += 6;
	if (*p == ':') {
		if (two(p + 1) < 0 || two(p + 1) > 60)
			return false;
		p += 3;
		if (*p == '.')
			p += 1 + strspn(p + 1, "0123456789");
	}
	int zone = 0;
	if (*p == '+' || *p == '-') {
		if (two(p + 1) < 0 || p[3] != ':' || two(p + 4) < 0 || p[6])
			return false;
		zone = (two(p + 1) * 60 + two(p + 4)) * (*p == '-' ? -1 : 1);
	} else if (!str_eq(p, "Z")) {
		return false;
	}
	/* minutes of the day in Japan, which is UTC+9 */
	int there = minutes - zone + 9 * 60;
	*out += there < 0 ? -1 : there >= 24 * 60 ? 1 : 0;
	return true;
}

err fhir_authored(struct arena *a, const struct json *response, civil *day, const char **why)
{
	const struct json *v = json_get(response, "authored");
	*day = CIVIL_NONE;
	if (!v || date_time(a, json_text(v, ""), day))
		return OK;
	*day = CIVIL_NONE;
	if (why)
		*why = "authored が日付として読めません。";
	return ERR_FHIR;
}

static const struct form_item *by_link(const struct form_item *items, size_t n, const char *link)
{
	for (size_t i = 0; i < n; i++)
		if (items[i].type != ITEM_DERIVED && str_eq(items[i].link_id, link))
			return &items[i];
	return NULL;
}

/* The nested value of an extension, by url. */
static const struct json *extension(const struct json *o, const char *url)
{
	const struct json *l = json_get(o, "extension");
	for (size_t i = 0; json_is(l, JSON_ARRAY) && i < l->n; i++)
		if (str_eq(json_get_text(l->items[i], "url", ""), url))
			return l->items[i];
	return NULL;
}

static enum blank_kind absent(const struct json *o)
{
	const char *code = json_get_text(extension(o, FHIR_ABSENT), "valueCode", "");
	return str_eq(code, "not-applicable") ? BLANK_NA
		: str_eq(code, "asked-declined") ? BLANK_REFUSED
		: str_eq(code, "asked-unknown") || str_eq(code, "unknown") ? BLANK_UNKNOWN
									   : BLANK_UNANSWERED;
}

/* The one member whose name starts with "value"; NULL if none, *key its name. */
static const struct json *value_of(const struct json *answer, const char **key)
{
	for (size_t i = 0; json_is(answer, JSON_OBJECT) && i < answer->n; i++)
		if (str_starts(answer->keys[i], "value")) {
			*key = answer->keys[i];
			return answer->items[i];
		}
	return NULL;
}

static err read_number(struct reader *x, const struct form_item *it, const char *key, const struct json *v, struct answer *out)
{
	bool type = str_eq(key, "valueInteger") || (it->type == ITEM_DEC && str_eq(key, "valueDecimal"));
	if (!type || !json_is(v, JSON_NUMBER))
		return refuse(x, it->link_id, it->type == ITEM_DEC ? "valueDecimal の数で書いてください。" : "valueInteger の数で書いてください。");
	if (json_scaled(v, it->scale, &out->num) && out->num >= it->min && out->num <= it->max)
		return OK;
	return refuse(x, it->link_id, arena_fmt(x->a, "%sは%s〜%sの数で、小数%dけたまでにしてください。", it->label,
		answer_number(x->a, it, it->min)->text, answer_number(x->a, it, it->max)->text, it->scale));
}

static err read_coding(struct reader *x, const struct form_item *it, const char *key, const struct json *v, struct answer *out)
{
	const char *code = str_eq(key, "valueCoding") ? json_get_text(v, "code", NULL) : NULL;
	if (!code)
		return refuse(x, it->link_id, "valueCoding の code で書いてください。");
	const struct form_option *o = form_option_find(it, code);
	if (!o)
		return refuse(x, it->link_id, arena_fmt(x->a, "「%s」という選択肢はありません。", code));
	out->num = o - it->options;
	out->text = o->code;
	out->set |= (uint64_t)1 << out->num;
	return OK;
}

static err read_partial(struct reader *x, const struct form_item *it, const struct json *answer, struct answer *out)
{
	static const char *const precisions[] = {"day", "ten-days", "month", "season", "year", "decade", "unknown"};
	const struct json *e = extension(answer, FHIR_PARTIAL);
	struct era_date d = {.day = CIVIL_NONE, .from = CIVIL_NONE, .to = CIVIL_NONE};
	d.words = json_get_text(extension(e, "words"), "valueString", "");
	d.about = json_bool(json_get(extension(e, "about"), "valueBoolean"), false);
	const char *p = json_get_text(extension(e, "precision"), "valueCode", "");
	size_t i = 0;
	while (i < sizeof precisions / sizeof precisions[0] && !str_eq(precisions[i], p))
		i++;
	const char *from = json_get_text(extension(e, "from"), "valueDate", NULL), *to = json_get_text(extension(e, "to"), "valueDate", NULL);
	if (i == sizeof precisions / sizeof precisions[0] || str_blank(d.words) || (from && !civil_parse(from, &d.from))
		|| (to && !civil_parse(to, &d.to)) || d.from > d.to || (from == NULL) != (to == NULL))
		return refuse(x, it->link_id, "日付の拡張（partial-date）が読めません。");
	d.precision = (enum era_precision)i;
	if (d.precision == ERA_DAY && !d.about)
		d.day = d.from;
	out->part = d;
	out->num = d.from;
	return OK;
}

static err read_date(struct reader *x, const struct form_item *it, const char *key, const struct json *v,
	const struct json *answer, struct answer *out)
{
	const char *s = str_eq(key, "valueDate") ? json_text(v, "") : "";
	size_t n = strlen(s);
	civil day;
	if (it->type == ITEM_PARTIAL_DATE && extension(answer, FHIR_PARTIAL))
		return read_partial(x, it, answer, out);
	bool partial = it->type == ITEM_PARTIAL_DATE && (n == 4 || n == 7);
	if ((n != 10 && !partial && !(it->type == ITEM_YM && n == 7)) || !date_time(x->a, s, &day) || (it->type == ITEM_YM && n != 7))
		return refuse(x, it->link_id, "valueDate の日付で書いてください。");
	struct ymd y = civil_ymd(day);
	out->num = it->type == ITEM_YM ? y.y * 12 + y.m - 1 : day;
	if (it->type == ITEM_YM)
		return OK;
	out->part = (struct era_date){.precision = n == 4 ? ERA_YEAR : n == 7 ? ERA_MONTH : ERA_DAY, .from = day,
		.day = n == 10 ? day : CIVIL_NONE};
	out->part.to = n == 4 ? civil_from(y.y, 12, 31) : n == 7 ? civil_eom(y.y, y.m) : day;
	out->part.words = n == 4 ? arena_fmt(x->a, "%d年", y.y) : n == 7 ? era_text_month(x->a, y.y, y.m) : era_text(x->a, day);
	return OK;
}

static err read_text(struct reader *x, const struct form_item *it, const char *key, const struct json *v, struct answer *out)
{
	const char *s = str_eq(key, "valueString") ? json_text(v, NULL) : NULL;
	if (!s)
		return refuse(x, it->link_id, "valueString の文字で書いてください。");
	if (str_count(s) > (size_t)it->max_length)
		return refuse(x, it->link_id, arena_fmt(x->a, "%sは%d文字までです。", it->label, it->max_length));
	out->text = s;
	if (str_blank(s))
		out->blank = BLANK_UNANSWERED;
	return OK;
}

static err read_value(struct reader *x, const struct form_item *it, const struct json *answer, struct answer *out)
{
	const char *key = "";
	const struct json *v = value_of(answer, &key);
	int h, m;
	if (!v && !(it->type == ITEM_PARTIAL_DATE && extension(answer, FHIR_PARTIAL)))
		return refuse(x, it->link_id, "answer に値（value…）がありません。");
	switch (it->type) {
	case ITEM_BOOL:
		if (!str_eq(key, "valueBoolean") || !json_is(v, JSON_BOOL))
			return refuse(x, it->link_id, "valueBoolean の true か false で書いてください。");
		out->num = v->boolean;
		return OK;
	case ITEM_INT: case ITEM_DEC: return read_number(x, it, key, v, out);
	case ITEM_CODE: case ITEM_CODES: return read_coding(x, it, key, v, out);
	case ITEM_DATE: case ITEM_PARTIAL_DATE: case ITEM_YM: return read_date(x, it, key, v, answer, out);
	case ITEM_TIME: {
		const char *s = str_eq(key, "valueTime") ? json_text(v, "") : "";
		h = strlen(s) >= 5 ? two(s) : -1;
		m = h >= 0 && s[2] == ':' ? two(s + 3) : -1;
		if (h < 0 || h > 23 || m < 0 || m > 59)
			return refuse(x, it->link_id, "valueTime の時刻で書いてください。");
		out->num = h * 60 + m;
		return OK;
	}
	default: return read_text(x, it, key, v, out);
	}
}

static err read_answers(struct reader *x, const struct form_item *it, const struct json *item, struct answer *out)
{
	const struct json *list = json_get(item, "answer");
	*out = (struct answer){.blank = BLANK_NONE};
	out->part.day = out->part.from = out->part.to = CIVIL_NONE;
	if (list && list->type != JSON_ARRAY)
		return refuse(x, it->link_id, "answer は [ ] で書いてください。");
	const char *key = "";
	bool empty = !list || !list->n
		|| (list->n == 1 && extension(list->items[0], FHIR_ABSENT) && !value_of(list->items[0], &key));
	if (empty) {
		out->blank = absent(list && list->n ? list->items[0] : item);
		return OK;
	}
	if (list->n > 1 && it->type != ITEM_CODES)
		return refuse(x, it->link_id, "答えが2つ以上あります。");
	for (size_t i = 0; i < list->n; i++)
		TRY(read_value(x, it, list->items[i], out));
	if (it->type == ITEM_CODES) {
		out->num = 0;
		out->text = NULL;
	}
	return OK;
}

static err read_items(struct reader *x, const struct json *list, struct answers *as, bool *seen);

static err read_row(struct reader *x, const struct form_item *it, const struct json *item, struct answers *as)
{
	struct answers *row;
	if (extension(item, FHIR_ABSENT) && !json_get(item, "item")) {
		as->a[it->index].blank = absent(item);
		return OK;
	}
	if (json_get(item, "answer"))
		return refuse(x, it->link_id, "一覧には answer ではなく item を書いてください。");
	if (answer_add_row(as, it, &row))
		return refuse(x, it->link_id, "行が多すぎます。");
	bool *seen = ARENA_ARRAY(x->a, row->n + 1, bool);
	return json_get(item, "item") ? read_items(x, json_get(item, "item"), row, seen) : OK;
}

static err read_item(struct reader *x, const struct json *item, struct answers *as, bool *seen)
{
	const char *link = json_get_text(item, "linkId", NULL);
	if (!link || !*link)
		return refuse(x, "", "linkId のない item があります。");
	const struct form_item *it = by_link(as->items, as->n, link);
	const struct json *inner = json_get(item, "item"), *answers = json_get(item, "answer");
	if (!it) { /* a group of any name is only a frame */
		if (!inner || answers)
			return refuse(x, link, "この様式にない linkId です。");
		return read_items(x, inner, as, seen);
	}
	if (it->type == ITEM_LIST)
		return read_row(x, it, item, as);
	if (seen[it->index])
		return refuse(x, link, "同じ linkId が2つあります。");
	seen[it->index] = true;
	TRY(read_answers(x, it, item, &as->a[it->index]));
	for (size_t i = 0; answers && i < answers->n; i++)
		if (json_get(answers->items[i], "item"))
			TRY(read_items(x, json_get(answers->items[i], "item"), as, seen));
	return inner ? read_items(x, inner, as, seen) : OK;
}

static err read_items(struct reader *x, const struct json *list, struct answers *as, bool *seen)
{
	if (!json_is(list, JSON_ARRAY))
		return refuse(x, "", "item は [ ] で書いてください。");
	for (size_t i = 0; i < list->n; i++)
		TRY(read_item(x, list->items[i], as, seen));
	return OK;
}

err fhir_answers(struct arena *a, const struct form_def *d, const struct json *response, struct answers **out,
	const char **why)
{
	struct reader x = {.a = a, .d = d};
	struct answers *as = answers_new(a, d);
	err e = OK;
	if (!str_eq(json_get_text(response, "resourceType", ""), "QuestionnaireResponse"))
		e = refuse(&x, "", "resourceType が QuestionnaireResponse ではありません。");
	else if (json_get(response, "item"))
		e = read_items(&x, json_get(response, "item"), as, ARENA_ARRAY(a, as->n + 1, bool));
	if (e) {
		if (why)
			*why = x.why;
		return e;
	}
	*out = as;
	return OK;
}
