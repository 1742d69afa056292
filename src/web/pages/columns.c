#include "web/pages/columns.h"

#include "base/str.h"
#include "jp/era.h"
#include "register/consent.h"
#include "register/org.h"
#include "register/relation.h"
#include "register/staff.h"
#include "register/territory.h"
#include "web/pages/common.h"
#include "web/pages/insurance.h"

#include <string.h>

enum how { TEXT, DAY, YESNO, CODES, LIST, MANY, AREA, ORG, STAFF, KIN, ORGKIND, LEVEL, CLASSES, MINUTES, CLOCK, HIDE, SHOW };

static const struct column {
	const char *table, *name, *label;
	enum how how;
	const char *arg, *field;
} COLUMNS[] = {
#define COLUMN(table, name, label, how, arg, field) {table, name, label, how, arg, field},
#include "web/pages/columns.tbl.h"
#undef COLUMN
};
enum { N_COLUMNS = sizeof COLUMNS / sizeof COLUMNS[0] };
static const char EMPTY[] = "（空欄）", OPEN_END[] = "9999-12-31";

static const struct column *find(const char *table, const char *name)
{
	for (size_t i = 0; i < N_COLUMNS; i++)
		if (str_eq(COLUMNS[i].name, name) && (str_eq(COLUMNS[i].table, table) || str_eq(COLUMNS[i].table, "*")))
			return &COLUMNS[i];
	return NULL;
}

/* The field of a period record that shows this column. */
static const struct record_field *record_field_of(const char *table, const char *name)
{
	size_t n;
	const struct record_page *pages = record_pages(&n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(pages[i].kind->table->name, table))
			for (size_t k = 0; k < pages[i].n_fields; k++)
				if (str_eq(pages[i].fields[k].name, name))
					return &pages[i].fields[k];
	return NULL;
}

const char *column_label(const char *table, const char *name)
{
	const struct record_field *f = record_field_of(table, name);
	const struct column *c = find(table, name);
	return f ? f->label : c ? c->label : "その他の項目";
}

const char *column_field(const char *table, const char *name)
{
	const struct column *c = find(table, name);
	return c && *c->field ? c->field : name;
}

enum column_pick column_pick(const char *table, const char *name)
{
	const struct record_field *f = record_field_of(table, name);
	const struct column *c = find(table, name);
	if (f)
		return f->kind == REC_TEXT || f->kind == REC_LINES ? PICK_JOIN : PICK_ONE;
	if (!c || c->how == HIDE || c->how == SHOW || c->how == CLOCK)
		return PICK_NONE;
	return c->how == TEXT ? PICK_JOIN : c->how == MANY || c->how == CLASSES ? PICK_MANY : PICK_ONE;
}

/* ---- words ---- */

static const char *day_words(struct req *r, const char *stored)
{
	civil d;
	if (str_eq(stored, OPEN_END))
		return "決まっていない";
	return civil_parse(stored, &d) ? era_text_both(r->arena, d) : stored;
}

static const char *gen_word(GEN_CHOICES((*choices)), const char *code)
{
	size_t n;
	const struct gen_code *v = choices(&n);
	const char *label = gen_label(v, n, code);
	return *label ? label : code;
}

/* "1=男性|2=女性"; "@…" names a list of consent; without a list the number itself is the word. */
static const char *code_words(struct req *r, const char *arg, const char *code)
{
	if (*arg == '@')
		return str_eq(arg, "@how") ? gen_word(consent_how_choices, code) : str_eq(arg, "@by") ? gen_word(consent_agreed_by_choices, code)
			: gen_word(consent_purpose_choices, code);
	size_t n, len = strlen(code);
	char **v = str_split(r->arena, arg, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (strncmp(v[i], code, len) == 0 && v[i][len] == '=')
			return v[i] + len + 1;
	return code;
}

/* Rows that a column points to. What the reader cannot load stays without a name. */
struct pointed {
	const char *name, *pid;
};

static struct pointed pointed_to(struct req *r, enum how how, const char *stored)
{
	struct pointed p = {"（名前を表示できません）", ""};
	int64_t id;
	struct area a;
	struct org o;
	struct staff s;
	if (!str_int(stored, &id))
		return p;
	if (how == AREA && area_load(r->c, id, &a) == OK)
		return (struct pointed){a.name, a.pid};
	if (how == ORG && org_load(r->c, id, &o) == OK)
		return (struct pointed){o.name, o.pid};
	if (how == STAFF && staff_load(r->c, id, &s) == OK)
		return (struct pointed){s.name, s.pid};
	return p;
}

static const char *many_words(struct req *r, const struct column *c, const char *stored)
{
	struct buf b = buf_new(r->arena);
	size_t n;
	const char **v = column_codes(r, stored, &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", b.n ? "、" : "", column_code_word(r, c->table, c->name, v[i]));
	return b.n ? b.p : EMPTY;
}

static const char *clock_words(struct req *r, const char *stored)
{
	int64_t m;
	return str_int(stored, &m) ? arena_fmt(r->arena, "%lld:%02lld", (long long)m / 60, (long long)m % 60) : stored;
}

static const char *words_of(struct req *r, const struct column *c, const char *stored)
{
	switch (c->how) {
	case DAY:
		return day_words(r, stored);
	case CODES:
		return code_words(r, c->arg, stored);
	case LIST:
		return code_label(r, c->arg, stored);
	case MANY:
	case CLASSES:
		return many_words(r, c, stored);
	case AREA:
	case ORG:
	case STAFF:
		return pointed_to(r, c->how, stored).name;
	case KIN:
		return relation_kin_label_ja(stored);
	case ORGKIND:
		return org_kind_label_ja(stored);
	case LEVEL:
		return area_level_label_ja(stored);
	case CLOCK:
		return clock_words(r, stored);
	case MINUTES:
		return arena_fmt(r->arena, "%s分", stored);
	case SHOW:
		return str_eq(c->name, "retired_ms") ? "ごみ箱へ移された" : str_eq(c->name, "received_ms") ? stored : "内容が変わっています";
	default:
		return stored;
	}
}

/* ---- period records ---- */

static err record_choices(struct req *r, const struct record_field *f, int64_t stored, struct ui_field *out)
{
	int64_t person = 0;
	if (*req_param(r, "pid"))
		TRY(person_id(r->c, req_param(r, "pid"), &person));
	return f->refs(r, person, stored, out);
}

/* The public id behind a reference, and the word of a code or reference. */
static struct pointed record_pointed(struct req *r, const struct record_field *f, const char *stored)
{
	struct ui_field u = {.value = stored};
	int64_t id = 0;
	if (f->choices)
		return (struct pointed){gen_word(f->choices, stored), stored};
	if (f->kind == REC_REF && !str_int(stored, &id))
		return (struct pointed){"", ""};
	if (f->kind == REC_REF)
		u.value = "";
	if (record_choices(r, f, id, &u) == OK)
		for (size_t i = 0; i < u.n_choices; i++)
			if (str_eq(u.choices[i].value, u.value))
				return (struct pointed){u.choices[i].label, u.choices[i].value};
	return (struct pointed){f->kind == REC_REF ? "（名前を表示できません）" : stored, f->kind == REC_REF ? "" : stored};
}

static const char *record_words(struct req *r, const struct record_field *f, const char *stored)
{
	if (f->kind == REC_DAY || f->kind == REC_OPEN_DAY)
		return day_words(r, stored);
	if (f->choices || f->refs)
		return record_pointed(r, f, stored).name;
	return f->unit ? arena_fmt(r->arena, "%s%s", stored, f->unit) : stored;
}

const char *column_words(struct req *r, const char *table, const char *name, const char *stored)
{
	const struct record_field *f = record_field_of(table, name);
	const struct column *c = find(table, name);
	if (str_blank(stored))
		return EMPTY;
	const char *w = f ? record_words(r, f, stored) : c ? words_of(r, c, stored) : stored;
	return str_blank(w) ? stored : w;
}

const char *column_value(struct req *r, const char *table, const char *name, const char *stored)
{
	const struct record_field *f = record_field_of(table, name);
	const struct column *c = find(table, name);
	bool yes_no = f ? f->kind == REC_BOOL : c && c->how == YESNO;
	if (str_blank(stored) || str_eq(stored, OPEN_END))
		return "";
	if (yes_no)
		return str_eq(stored, "はい") ? "1" : "";
	if (f && f->kind == REC_REF)
		return record_pointed(r, f, stored).pid;
	if (c && (c->how == AREA || c->how == ORG || c->how == STAFF))
		return pointed_to(r, c->how, stored).pid;
	return stored;
}

const char **column_codes(struct req *r, const char *stored, size_t *n)
{
	int64_t mask;
	const char **out;
	*n = 0;
	if (str_int(stored, &mask)) { /* a mask of classes */
		out = ARENA_ARRAY(r->arena, CLASS_COUNT + 1, const char *);
		for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1)
			if (mask & bit)
				out[(*n)++] = class_code(bit);
		return out;
	}
	size_t parts;
	char **v = str_split(r->arena, stored, '|', &parts);
	out = ARENA_ARRAY(r->arena, parts + 1, const char *);
	for (size_t i = 0; i < parts; i++)
		if (!str_blank(v[i]))
			out[(*n)++] = v[i];
	return out;
}

const char *column_code_word(struct req *r, const char *table, const char *name, const char *code)
{
	const struct column *c = find(table, name);
	if (!c || c->how == MANY)
		return c ? code_label(r, c->arg, code) : code;
	for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1)
		if (str_eq(class_code(bit), code))
			return class_label_ja(bit);
	return code;
}
