/* The codes of evidence in law/codes.tsv are those of register/evidence.tbl.h, and no duty asks a record for a field it cannot have. */
#include "base/str.h"
#include "law/codes.h"
#include "law/duty_own.h"
#include "register/evidence.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *code, *fields;
} optional[] = {
#define EVIDENCE(code, label, fields)
#define EVIDENCE_OPTIONAL(code, fields) {code, fields},
#include "register/evidence.tbl.h"
#undef EVIDENCE
#undef EVIDENCE_OPTIONAL
};

static const char *const all[] = {
#define EVIDENCE(code, label, fields) code,
#include "register/evidence.tbl.h"
#undef EVIDENCE
};

static const struct law_catalogue *load(struct arena *a)
{
	const struct law_catalogue *law = NULL;
	struct ctx *c = ARENA_NEW(a, struct ctx);
	ctx_init(c, a, 0);
	assert_int_equal(law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &law), OK);
	return law;
}

static void same_codes(void **state)
{
	const struct law_catalogue *law = load(*state);
	assert_int_equal(law->duties->n_codes, sizeof all / sizeof all[0]);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		assert_true(duty_code(law->duties, all[i]) >= 0);
		assert_string_equal(law_code_label(law, "evidence", all[i]), evidence_label_ja(all[i]));
	}
}

struct asking {
	struct arena *a;
	const struct duty_table *t;
	const struct duty_rule *r;
	int n;
};

static bool word_in(struct arena *a, const char *words, const char *word)
{
	size_t n;
	char **v = str_split(a, words, ' ', &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], word))
			return true;
	return false;
}

static void asks(struct asking *k, int code, int name)
{
	if (code < 0 || name < 0 || name == W_day)
		return;
	const char *c = k->t->code_text[code], *f = k->t->symbol_text[name];
	bool have = word_in(k->a, evidence_fields(c), f);
	for (size_t i = 0; i < sizeof optional / sizeof optional[0] && !have; i++)
		have = str_eq(optional[i].code, c) && word_in(k->a, optional[i].fields, f);
	if (!have)
		fail_msg("%s asks %s for %s", k->r->view.id, c, f);
	k->n++;
}

static void asks_cond(struct asking *k, int code, const struct duty_cond *cond, enum duty_scope scope)
{
	for (size_t i = 0; i < cond->n; i++)
		if (cond->v[i].ref.scope == scope)
			asks(k, code, cond->v[i].ref.name);
}

/* Of two codes that one rule takes, one may lack the field: then its facts do not count. So the fields are asked of the first. */
static void known_fields(void **state)
{
	const struct law_catalogue *law = load(*state);
	struct asking k = {.a = *state, .t = law->duties};
	for (size_t i = 0; i < law->duties->n_rules; i++) {
		const struct duty_rule *r = k.r = &law->duties->rules[i];
		int code = r->n_codes ? r->codes[0] : -1;
		const int fields[] = {r->p.by, r->p.written, r->p.from_field, r->p.to_field, r->p.revoked, r->p.month_field};
		for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++)
			asks(&k, code, fields[f]);
		for (size_t f = 0; f < r->p.n_links; f++)
			asks(&k, code, r->p.links[f].field);
		for (size_t f = 0; f < r->p.n_fields; f++)
			asks(&k, r->p.event, r->p.fields[f]);
		for (size_t f = 0; f < r->p.n_anchors; f++)
			if (r->p.anchor[f].scope == REF_EVENT)
				asks(&k, r->p.event, r->p.anchor[f].name);
		asks_cond(&k, r->kind == DUTY_KIND_fields || r->kind == DUTY_KIND_holds ? r->p.event : code, &r->p.need, REF_FACT);
		asks_cond(&k, r->p.event, &r->p.event_if, REF_EVENT);
		asks_cond(&k, r->p.alt, &r->p.alt_need, REF_FACT);
		asks_cond(&k, r->p.exc_with, &r->p.exc_if, REF_FACT);
	}
	assert_true(k.n > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(same_codes), UNIT(known_fields)};
	return cmocka_run_group_tests_name("duty_evidence", tests, NULL, NULL);
}
