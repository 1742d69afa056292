/* Out: definition → Questionnaire, answers → QuestionnaireResponse. */
#include "form/fhirmap.h"

#include "base/str.h"
#include "form/answer_in.h"
#include "form/fhir_in.h"
#include "form/rules.h"

#define HL7 "http://hl7.org/fhir/StructureDefinition/"

static void put(struct arena *a, struct json *o, const char *key, const char *text)
{
	if (text && *text)
		json_set(a, o, key, json_new_text(a, text));
}

static const char *day_text(struct arena *a, civil day)
{
	char iso[CIVIL_TEXT];
	civil_text(day, iso);
	return arena_str(a, iso);
}

static struct json *extension(struct arena *a, const char *url, const char *key, struct json *value)
{
	struct json *e = json_new(a, JSON_OBJECT);
	put(a, e, "url", url);
	json_set(a, e, key, value);
	return e;
}

static void extend(struct arena *a, struct json *o, struct json *e)
{
	struct json *l = (struct json *)json_get(o, "extension");
	if (!l) {
		l = json_new(a, JSON_ARRAY);
		json_set(a, o, "extension", l);
	}
	json_add(a, l, e);
}

static const char *fhir_type(enum item_type t)
{
	switch (t) {
	case ITEM_MEMO: return "text";
	case ITEM_DATE: case ITEM_PARTIAL_DATE: case ITEM_YM: return "date";
	case ITEM_TIME: return "time";
	case ITEM_INT: return "integer";
	case ITEM_DEC: return "decimal";
	case ITEM_BOOL: return "boolean";
	case ITEM_CODE: case ITEM_CODES: return "choice";
	case ITEM_LIST: return "group";
	case ITEM_DISPLAY: return "display";
	default: return "string";
	}
}

static struct json *coding(struct arena *a, const struct form_def *d, const struct form_item *it, size_t i)
{
	struct json *c = json_new(a, JSON_OBJECT);
	put(a, c, "system", arena_fmt(a, FHIR_FORM "%s:%s", d->id, it->path));
	put(a, c, "code", it->options[i].code);
	put(a, c, "display", it->options[i].label);
	return c;
}

static void limits(struct arena *a, const struct form_item *it, struct json *o)
{
	const char *key = it->type == ITEM_DEC ? "valueDecimal" : "valueInteger";
	if (it->type == ITEM_DEC || it->type == ITEM_INT) {
		extend(a, o, extension(a, HL7 "minValue", key, answer_number(a, it, it->min)));
		extend(a, o, extension(a, HL7 "maxValue", key, answer_number(a, it, it->max)));
	}
	if (it->type == ITEM_DEC)
		extend(a, o, extension(a, HL7 "maxDecimalPlaces", "valueInteger", json_new_int(a, it->scale)));
	if (*it->unit && (it->type == ITEM_DEC || it->type == ITEM_INT)) {
		struct json *u = json_new(a, JSON_OBJECT);
		put(a, u, "display", it->unit);
		extend(a, o, extension(a, HL7 "questionnaire-unit", "valueCoding", u));
	}
	if (it->type == ITEM_TEXT || it->type == ITEM_MEMO)
		json_set(a, o, "maxLength", json_new_int(a, it->max_length));
}

static void options(struct arena *a, const struct form_def *d, const struct form_item *it, struct json *o)
{
	if (it->type != ITEM_CODE && it->type != ITEM_CODES)
		return;
	struct json *l = json_new(a, JSON_ARRAY);
	for (size_t i = 0; i < it->n_options; i++) {
		struct json *x = json_new(a, JSON_OBJECT), *c = coding(a, d, it, i);
		if (it->options[i].points)
			extend(a, c, extension(a, HL7 "ordinalValue", "valueDecimal", json_new_int(a, it->options[i].points)));
		json_set(a, x, "valueCoding", c);
		json_add(a, l, x);
	}
	json_set(a, o, "answerOption", l);
}

/* shown_when of the plain kind "item = 'code'" or an "or" of such; others have no enableWhen and are always shown. */
static bool enable(struct arena *a, const struct form_def *d, const struct rule_expr *e, struct json *l)
{
	if (e->op == OP_OR) {
		for (size_t i = 0; i < e->n; i++)
			if (!enable(a, d, e->args[i], l))
				return false;
		return true;
	}
	bool code = e->op == OP_IS, yes = e->op == OP_ITEM && e->type == RT_BOOL;
	if (!code && !yes)
		return false;
	struct json *w = json_new(a, JSON_OBJECT);
	put(a, w, "question", e->item->link_id);
	put(a, w, "operator", "=");
	if (code)
		json_set(a, w, "answerCoding", coding(a, d, e->item, (size_t)e->num));
	else
		json_set(a, w, "answerBoolean", json_new_bool(a, true));
	json_add(a, l, w);
	return true;
}

static struct json *question(struct arena *a, const struct form_def *d, const struct form_item *it);

static void children(struct arena *a, const struct form_def *d, const struct form_item *it, struct json *o)
{
	struct json *l = json_new(a, JSON_ARRAY);
	if (*it->help) {
		struct json *h = json_new(a, JSON_OBJECT), *concept = json_new(a, JSON_OBJECT), *codings = json_new(a, JSON_ARRAY),
			    *c = json_new(a, JSON_OBJECT);
		put(a, c, "system", "http://hl7.org/fhir/questionnaire-item-control");
		put(a, c, "code", "help");
		json_add(a, codings, c);
		json_set(a, concept, "coding", codings);
		extend(a, h, extension(a, HL7 "questionnaire-itemControl", "valueCodeableConcept", concept));
		put(a, h, "linkId", arena_fmt(a, "%s-help", it->link_id));
		put(a, h, "text", it->help);
		put(a, h, "type", "display");
		json_add(a, l, h);
	}
	for (size_t i = 0; i < it->n_children; i++)
		if (it->children[i].type != ITEM_DERIVED)
			json_add(a, l, question(a, d, &it->children[i]));
	if (l->n)
		json_set(a, o, "item", l);
}

static struct json *question(struct arena *a, const struct form_def *d, const struct form_item *it)
{
	struct json *o = json_new(a, JSON_OBJECT);
	limits(a, it, o);
	put(a, o, "linkId", it->link_id);
	put(a, o, "prefix", it->no);
	put(a, o, "text", it->label);
	put(a, o, "type", fhir_type(it->type));
	if (it->shown_when) {
		struct json *l = json_new(a, JSON_ARRAY);
		if (enable(a, d, it->shown_when, l)) {
			json_set(a, o, "enableWhen", l);
			if (l->n > 1)
				put(a, o, "enableBehavior", "any");
		}
	}
	if (it->required == REQUIRED_FORM || it->required == REQUIRED_LINK)
		json_set(a, o, "required", json_new_bool(a, true));
	if (it->type == ITEM_CODES || it->type == ITEM_LIST)
		json_set(a, o, "repeats", json_new_bool(a, true));
	options(a, d, it, o);
	children(a, d, it, o);
	return o;
}

static struct json *section(struct arena *a, const struct form_section *s, bool text)
{
	struct json *g = json_new(a, JSON_OBJECT);
	put(a, g, "linkId", arena_fmt(a, "section-%s", s->id));
	put(a, g, "text", s->label);
	if (text)
		put(a, g, "type", "group");
	return g;
}

struct json *fhir_questionnaire(struct arena *a, const struct form_def *d)
{
	struct json *q = json_new(a, JSON_OBJECT), *items = json_new(a, JSON_ARRAY), *period = json_new(a, JSON_OBJECT),
		    *subject = json_new(a, JSON_ARRAY);
	put(a, q, "resourceType", "Questionnaire");
	put(a, q, "url", arena_fmt(a, FHIR_FORM "%s", d->id));
	put(a, q, "version", d->version);
	put(a, q, "title", d->name);
	put(a, q, "status", "active");
	json_add(a, subject, json_new_text(a, "Patient"));
	json_set(a, q, "subjectType", subject);
	put(a, q, "description", d->notice);
	put(a, period, "start", day_text(a, d->from));
	if (d->to != CIVIL_OPEN)
		put(a, period, "end", day_text(a, d->to));
	json_set(a, q, "effectivePeriod", period);
	for (size_t i = 0; i < d->n_sections; i++) {
		const struct form_section *s = &d->sections[i];
		struct json *g = section(a, s, true), *l = json_new(a, JSON_ARRAY);
		for (size_t k = 0; k < s->n; k++)
			if (d->items[s->first + k].type != ITEM_DERIVED)
				json_add(a, l, question(a, d, &d->items[s->first + k]));
		if (l->n)
			json_set(a, g, "item", l);
		json_add(a, items, g);
	}
	json_set(a, q, "item", items);
	return q;
}

static void partial(struct arena *a, const struct era_date *p, struct json *answer)
{
	static const char *const precisions[] = {"day", "ten-days", "month", "season", "year", "decade", "unknown"};
	struct json *e = json_new(a, JSON_OBJECT);
	put(a, e, "url", FHIR_PARTIAL);
	extend(a, e, extension(a, "words", "valueString", json_new_text(a, p->words)));
	extend(a, e, extension(a, "precision", "valueCode", json_new_text(a, precisions[p->precision])));
	extend(a, e, extension(a, "about", "valueBoolean", json_new_bool(a, p->about)));
	if (p->from != CIVIL_NONE) {
		extend(a, e, extension(a, "from", "valueDate", json_new_text(a, day_text(a, p->from))));
		extend(a, e, extension(a, "to", "valueDate", json_new_text(a, day_text(a, p->to))));
	}
	extend(a, answer, e);
	if (p->about || p->from == CIVIL_NONE)
		return;
	struct ymd y = civil_ymd(p->from);
	if (p->precision == ERA_DAY)
		put(a, answer, "valueDate", day_text(a, p->from));
	else if (p->precision == ERA_MONTH)
		put(a, answer, "valueDate", arena_fmt(a, "%04d-%02d", y.y, y.m));
	else if (p->precision == ERA_YEAR)
		put(a, answer, "valueDate", arena_fmt(a, "%04d", y.y));
}

static struct json *value(struct arena *a, const struct form_def *d, const struct form_item *it, const struct answer *v)
{
	struct json *o = json_new(a, JSON_OBJECT);
	switch (it->type) {
	case ITEM_BOOL: json_set(a, o, "valueBoolean", json_new_bool(a, v->num != 0)); break;
	case ITEM_INT: json_set(a, o, "valueInteger", answer_number(a, it, v->num)); break;
	case ITEM_DEC: json_set(a, o, "valueDecimal", answer_number(a, it, v->num)); break;
	case ITEM_DATE: case ITEM_YM: put(a, o, "valueDate", answer_field(a, it, v)); break;
	case ITEM_TIME: put(a, o, "valueTime", arena_fmt(a, "%s:00", answer_field(a, it, v))); break;
	case ITEM_PARTIAL_DATE: partial(a, &v->part, o); break;
	case ITEM_CODE: json_set(a, o, "valueCoding", coding(a, d, it, (size_t)v->num)); break;
	default: put(a, o, "valueString", v->text);
	}
	return o;
}

static struct json *absent(struct arena *a, enum blank_kind b)
{
	static const char *const codes[BLANK_COUNT] = {[BLANK_NA] = "not-applicable", [BLANK_REFUSED] = "asked-declined",
		[BLANK_UNKNOWN] = "asked-unknown"};
	return extension(a, FHIR_ABSENT, "valueCode", json_new_text(a, codes[b]));
}

static struct json *node(struct arena *a, const struct form_item *it, struct json *list)
{
	struct json *o = json_new(a, JSON_OBJECT);
	put(a, o, "linkId", it->link_id);
	put(a, o, "text", it->label);
	json_add(a, list, o);
	return o;
}

static void respond(struct arena *a, const struct answers *as, size_t i, struct json *list)
{
	const struct form_item *it = &as->items[i];
	const struct answer *v = &as->a[i];
	if (it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY || v->blank == BLANK_UNANSWERED)
		return;
	if (v->blank != BLANK_NONE) {
		extend(a, node(a, it, list), absent(a, v->blank));
		return;
	}
	for (size_t r = 0; r < v->n_rows; r++) {
		struct json *row = node(a, it, list), *cells = json_new(a, JSON_ARRAY);
		for (size_t k = 0; k < v->rows[r]->n; k++)
			respond(a, v->rows[r], k, cells);
		json_set(a, row, "item", cells); /* an empty row keeps its place */
	}
	if (it->type == ITEM_LIST)
		return;
	struct json *answers = json_new(a, JSON_ARRAY);
	for (size_t k = 0; it->type == ITEM_CODES && k < it->n_options; k++)
		if (v->set >> k & 1) {
			struct json *o = json_new(a, JSON_OBJECT);
			json_set(a, o, "valueCoding", coding(a, as->def, it, k));
			json_add(a, answers, o);
		}
	if (it->type != ITEM_CODES)
		json_add(a, answers, value(a, as->def, it, v));
	json_set(a, node(a, it, list), "answer", answers);
}

struct json *fhir_response(struct arena *a, const struct answers *as, const char *authored, const char *subject)
{
	const struct form_def *d = as->def;
	struct json *r = json_new(a, JSON_OBJECT), *items = json_new(a, JSON_ARRAY);
	put(a, r, "resourceType", "QuestionnaireResponse");
	put(a, r, "questionnaire", arena_fmt(a, FHIR_FORM "%s|%s", d->id, d->version));
	put(a, r, "status", "completed");
	if (subject) {
		struct json *s = json_new(a, JSON_OBJECT);
		put(a, s, "reference", subject);
		json_set(a, r, "subject", s);
	}
	put(a, r, "authored", authored);
	for (size_t i = 0; i < d->n_sections; i++) {
		struct json *l = json_new(a, JSON_ARRAY), *g = section(a, &d->sections[i], false);
		for (size_t k = 0; k < d->sections[i].n; k++)
			respond(a, as, d->sections[i].first + k, l);
		if (!l->n)
			continue;
		json_set(a, g, "item", l);
		json_add(a, items, g);
	}
	if (items->n)
		json_set(a, r, "item", items);
	return r;
}
