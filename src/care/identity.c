#include "care/identity.h"

#include "base/house.h"
#include "base/str.h"
#include "codec/json.h"
#include "jp/era.h"
#include "jp/fold.h"
#include "jp/kana.h"
#include "register/insurance.h"
#include "register/person.h"

#include <string.h>

/* ---- what a file says -------------------------------------------------------------------------------------------- */

static void take(const char **to, const char *text)
{
	if (!*to && !str_blank(text))
		*to = text;
}

/* JP Core: kanji (IDE) and reading (SYL) of a HumanName are told by an extension; without one, by its letters. */
static bool is_reading(const struct json *name, const char *text)
{
	const struct json *l = json_get(name, "extension");
	for (size_t i = 0; json_is(l, JSON_ARRAY) && i < l->n; i++)
		if (str_ends(json_get_text(l->items[i], "url", ""), "iso21090-EN-representation"))
			return str_eq(json_get_text(l->items[i], "valueCode", ""), "SYL");
	return kana_row(text) >= 0;
}

static const char *whole_name(struct arena *a, const struct json *name)
{
	const char *text = json_get_text(name, "text", "");
	const struct json *given = json_get(name, "given");
	if (!str_blank(text))
		return text;
	return str_trim(a, arena_fmt(a, "%s %s", json_get_text(name, "family", ""),
	                             json_is(given, JSON_ARRAY) && given->n ? json_text(given->items[0], "") : ""));
}

/* Ten digits in the insured numbers; the identifier of a record in some hospital is none of these. */
static const char *insured_digits(struct arena *a, const char *text)
{
	const char *half = fold_name(NULL, a, str_or(text, ""));
	return strlen(half) == 10 && strspn(half, "0123456789") == 10 ? half : NULL;
}

static void identifier(struct arena *a, const struct json *id, struct identity_said *said)
{
	take(&said->insured_no, insured_digits(a, json_get_text(id, "value", "")));
}

static void patient(struct arena *a, const struct json *p, struct identity_said *said)
{
	const struct json *names = json_get(p, "name"), *ids = json_get(p, "identifier");
	for (size_t i = 0; json_is(names, JSON_ARRAY) && i < names->n; i++) {
		const char *text = whole_name(a, names->items[i]);
		take(is_reading(names->items[i], text) ? &said->kana : &said->name, text);
	}
	if (said->birth_on == CIVIL_NONE && !civil_parse(json_get_text(p, "birthDate", ""), &said->birth_on))
		said->birth_on = CIVIL_NONE;
	for (size_t i = 0; json_is(ids, JSON_ARRAY) && i < ids->n; i++)
		identifier(a, ids->items[i], said);
}

void identity_of_fhir(struct arena *a, const struct json *resource, struct identity_said *said)
{
	const struct json *inside = json_get(resource, "contained"), *subject = json_get(resource, "subject");
	for (size_t i = 0; json_is(inside, JSON_ARRAY) && i < inside->n; i++)
		if (str_eq(json_get_text(inside->items[i], "resourceType", ""), "Patient"))
			patient(a, inside->items[i], said);
	take(&said->name, json_get_text(subject, "display", ""));
	identifier(a, json_get(subject, "identifier"), said);
}

/* ---- and the person here ------------------------------------------------------------------------------------------- */

static bool same_name(struct ctx *c, const char *x, const char *y)
{
	const struct fold_table *t = c->house->fold;
	return str_eq(fold_name(t, c->arena, x), fold_name(t, c->arena, y));
}

static void line(struct identity *out, enum identity_what what, const char *label, const char *file, const char *here, bool same)
{
	bool both = !str_blank(file) && !str_blank(here);
	out->lines[what] = (struct identity_line){what, label, str_or(file, ""), str_or(here, ""), both, both && !same};
}

/* Any name the person is or was known by. */
static err names(struct ctx *c, const struct person *p, const struct identity_said *said, bool *name, bool *kana)
{
	struct person_name *v;
	size_t n;
	*name = !str_blank(said->name) && (same_name(c, said->name, p->name) || /* some systems write the reading for the name */
	                                   str_eq(kana_fold(c->arena, said->name), kana_fold(c->arena, p->kana)));
	*kana = !str_blank(said->kana) && str_eq(kana_fold(c->arena, said->kana), kana_fold(c->arena, p->kana));
	TRY(person_name_list(c, p->id, &v, &n));
	for (size_t i = 0; i < n; i++) {
		*name = *name || (!str_blank(said->name) && same_name(c, said->name, v[i].name));
		*kana = *kana || (!str_blank(said->kana) && !str_blank(v[i].kana) &&
		                  str_eq(kana_fold(c->arena, said->kana), kana_fold(c->arena, v[i].kana)));
	}
	return OK;
}

err identity_compare(struct ctx *c, const char *person_pid, const struct identity_said *said, struct identity *out)
{
	struct person p;
	struct t_person_insurance ins = {0};
	bool name, kana, insured = false;
	*out = (struct identity){0};
	TRY(person_get(c, person_pid, &p));
	TRY(names(c, &p, said, &name, &kana));
	err e = insurance_at(c, p.id, (struct gen_asof){c->today, CIVIL_NONE}, &ins, &insured);
	if (e != OK && e != ERR_DENIED)
		return e;
	const char *number = e == OK && insured ? insured_digits(c->arena, ins.insured_no) : NULL;
	const char *theirs = insured_digits(c->arena, said->insured_no);
	line(out, IDENTITY_NAME, "氏名", said->name, p.name, name);
	line(out, IDENTITY_KANA, "フリガナ", said->kana, p.kana, kana);
	line(out, IDENTITY_BIRTH, "生年月日", said->birth_on == CIVIL_NONE ? "" : era_text_both(c->arena, said->birth_on),
	     p.birth_on == CIVIL_NONE ? "" : era_text_both(c->arena, p.birth_on), said->birth_on == p.birth_on);
	line(out, IDENTITY_INSURED, "被保険者番号", theirs, number, theirs && number && str_eq(theirs, number));
	for (int i = 0; i < IDENTITY_COUNT; i++)
		out->differs = out->differs || out->lines[i].differs;
	out->contradicts = out->lines[IDENTITY_BIRTH].differs && (out->lines[IDENTITY_NAME].differs || out->lines[IDENTITY_KANA].differs);
	return OK;
}
