#include "base/pid.h"
#include "base/str.h"
#include "law/assess_items.h"
#include "law/codes.h"
#include "law/decide.h"
#include "law/names.h"
#include "unit.h"

#include <stdlib.h>

static const struct law_catalogue *load(struct ctx *c)
{
	const struct law_catalogue *law = NULL;
	ctx_init(c, c->arena, 0);
	assert_int_equal(law_load(c, c->arena, arena_fmt(c->arena, "%s/law", getenv("TSUNAGI_ROOT")), &law), OK);
	return law;
}

static void code_lists(void **state)
{
	struct ctx c = {.arena = *state};
	const struct law_catalogue *law = load(&c);
	civil today = civil_from(2026, 11, 21);
	assert_string_equal(law_code_label(law, "consult_status", "watching"), "見守り");
	assert_string_equal(law_code_label(law, "consult_status", "imported-x"), "imported-x");
	assert_true(law_code_valid(law, "consult_channel", "phone", today));
	assert_false(law_code_valid(law, "consult_channel", "telepathy", today));
	size_t n;
	const struct law_code **v = law_code_list(law, c.arena, "consult_status", today, &n);
	assert_int_equal(n, 4);
	assert_string_equal(v[0]->label, "受付");
}

/* 課題分析標準項目: 23 items in order, each sub-item of a kind that can be filled in, and the rows of 課題整理総括表 point at sub-items
 * of their own scale. */
static void items_of_assessment(void **state)
{
	struct ctx c = {.arena = *state};
	const struct law_catalogue *law = load(&c);
	size_t n, all, k;
	const struct law_assess_item **items = law_assess_list(law, c.arena, civil_from(2026, 11, 21), false, &n);
	assert_int_equal(n, 23);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(items[i]->no, i + 1);
		assert_true(law_code_valid(law, "assess_icf", items[i]->icf, civil_from(2026, 11, 21)));
		assert_true(!*items[i]->area || law_code_valid(law, "assess_area", items[i]->area, civil_from(2026, 11, 21)));
		assert_ptr_equal(law_assess_by_name(law, items[i]->label), items[i]);
	}
	assert_int_equal(law_assess_find(law, "a10_health", "")->class_bit, 4);
	assert_int_equal(law_assess_find(law, "a21_family", "note")->class_bit, 32);
	/* a record older than the list is read with the first list */
	assert_ptr_equal(law_assess_list(law, c.arena, civil_from(2020, 1, 1), false, &k)[0], items[0]);
	assert_int_equal(k, 23);
	/* imports by the names of 1999 */
	assert_string_equal(law_assess_by_name(law, "問題行動")->code, "a13_cognition");
	assert_string_equal(law_assess_by_name(law, "介護力")->code, "a21_family");
	assert_null(law_assess_by_name(law, ""));
	const struct law_assess_item **parts = law_assess_list(law, c.arena, civil_from(2026, 11, 21), true, &all);
	for (size_t i = 0; i < all; i++) {
		size_t n_codes;
		if (!*parts[i]->part || str_eq(parts[i]->kind, "text") || str_eq(parts[i]->kind, "num") || str_starts(parts[i]->kind, "rank_"))
			continue;
		(void)law_code_list(law, c.arena, parts[i]->kind, civil_from(2026, 11, 21), &n_codes);
		assert_true(n_codes >= 2);
	}
	const struct law_issue_row **rows = law_issue_list(law, c.arena, civil_from(2026, 11, 21), &n);
	assert_int_equal(n, 27);
	for (size_t i = 0; i < n; i++) {
		size_t n_from;
		char **from = *rows[i]->from_parts ? str_split(c.arena, rows[i]->from_parts, ' ', &n_from) : NULL;
		for (size_t j = 0; from && j < n_from; j++) {
			size_t two;
			char **code = str_split(c.arena, from[j], '.', &two);
			assert_int_equal(two, 2);
			const struct law_assess_item *p = law_assess_find(law, code[0], code[1]);
			assert_non_null(p);
			assert_string_equal(p->kind, rows[i]->scale);
		}
	}
	assert_string_equal(law_issue_find(law, "bathing")->label, "入浴");
}

enum { INSURED, CERT, LEVEL, NEEDS, TOKUTEI, WISH, BENEFIT, CHECK, SVC_A, SVC_B, SVC_C, N_IN };
static const char *const names[N_IN] = {"insured", "cert", "level", "needs_cert", "tokutei", "wish",
                                        "use_benefit", "checklist", "svc_a", "svc_b", "svc_c"};
static const char *const domain[N_IN][9] = {
	{"first", "second", "none"}, {"none", "applying", "certified"},
	{"unknown", "none", "target", "s1", "s2", "c1", "c3"}, {"yes", "no"}, {"yes", "no"},
	{"general", "service", "benefit", "certification", "unsure"}, {"yes", "no"},
	{"none", "undetermined", "eligible", "not-eligible"}, {"yes", "no"}, {"yes", "no"}, {"yes", "no"},
};

static struct law_decision decide(struct ctx *c, const struct law_catalogue *law, const char *const value[N_IN])
{
	struct law_input in[N_IN];
	for (int i = 0; i < N_IN; i++)
		in[i] = (struct law_input){names[i], names[i], value[i], value[i]};
	struct law_decision d;
	assert_int_equal(law_decide(c, law, "routing", civil_from(2026, 11, 21), in, N_IN, &d), OK);
	return d;
}

/* The four paths of C-022 and the two age borders, each with its rule. */
static void routes(void **state)
{
	struct ctx c = {.arena = *state};
	const struct law_catalogue *law = load(&c);
	static const struct {
		const char *value[N_IN], *rule, *route;
	} t[] = {
		{{"first", "none", "unknown", "no", "", "general", "", "none", "", "", ""}, "RT-11", "general"},
		{{"first", "none", "unknown", "no", "", "service", "", "none", "", "", ""}, "RT-12", "checklist"},
		{{"first", "none", "unknown", "no", "", "service", "no", "eligible", "yes", "no", "yes"}, "RT-14a", "cm_a"},
		{{"first", "none", "unknown", "no", "", "service", "no", "eligible", "no", "yes", "yes"}, "RT-14b", "cm_b"},
		{{"first", "none", "unknown", "no", "", "service", "no", "eligible", "no", "no", "yes"}, "RT-14c", "cm_c"},
		{{"first", "none", "unknown", "no", "", "service", "", "not-eligible", "", "", ""}, "RT-15", "general"},
		{{"first", "none", "unknown", "no", "", "service", "", "undetermined", "", "", ""}, "RT-13", "checklist"},
		{{"first", "none", "unknown", "no", "", "benefit", "", "eligible", "", "", ""}, "RT-10", "apply"},
		{{"first", "none", "unknown", "yes", "", "service", "", "none", "", "", ""}, "RT-08", "apply"},
		{{"first", "applying", "unknown", "no", "", "service", "", "none", "", "", ""}, "RT-04", "wait"},
		{{"first", "certified", "s1", "no", "", "service", "yes", "none", "", "", ""}, "RT-02", "yobo_shien"},
		{{"first", "certified", "s2", "no", "", "service", "no", "none", "yes", "no", "no"}, "RT-03a", "cm_a"},
		{{"first", "certified", "c3", "no", "", "service", "", "none", "", "", ""}, "RT-01", "kyotaku"},
		{{"first", "certified", "none", "no", "", "service", "", "none", "", "", ""}, "RT-12", "checklist"},
		{{"second", "none", "unknown", "no", "yes", "service", "", "none", "", "", ""}, "RT-05", "apply"},
		{{"second", "none", "unknown", "no", "no", "service", "", "none", "", "", ""}, "RT-06", "consult"},
		{{"second", "certified", "s1", "no", "yes", "service", "yes", "none", "", "", ""}, "RT-02", "yobo_shien"},
		{{"none", "none", "unknown", "no", "no", "service", "", "none", "", "", ""}, "RT-07", "consult"},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct law_decision d = decide(&c, law, t[i].value);
		assert_non_null(d.rule);
		assert_string_equal(d.rule->id, t[i].rule);
		assert_string_equal(d.rule->outcome, t[i].route);
	}
	const char *open[N_IN] = {"first", "none", "unknown", "no", "", "service", "no", "eligible", "", "", ""};
	struct law_decision d = decide(&c, law, open);
	assert_null(d.rule);
	assert_int_equal(d.n_missing, 3);
	assert_string_equal(d.missing[0], "svc_a");
}

/* With blanks: whatever is decided must hold for every completion of the blanks. */
static void blanks_never_mean_no(void **state)
{
	struct arena *a = *state;
	struct ctx c = {.arena = a};
	const struct law_catalogue *law = load(&c);
	rand_seed(7);
	int decided = 0, open = 0;
	for (int round = 0; round < 1500; round++) {
		struct arena_mark m = arena_mark_get(a);
		const char *v[N_IN];
		int blank[3], n_blank = 0;
		for (int i = 0; i < N_IN; i++) {
			unsigned char r[2];
			rand_bytes(r, 2);
			int size = 0;
			while (domain[i][size])
				size++;
			v[i] = domain[i][r[0] % size];
			if (r[1] < 60 && n_blank < 3) {
				v[i] = "";
				blank[n_blank++] = i;
			}
		}
		struct law_decision d = decide(&c, law, v);
		const char *outcome = d.rule ? d.rule->outcome : NULL;
		if (!outcome)
			open++;
		else if (n_blank)
			decided++;
		size_t idx[3] = {0};
		for (bool more = outcome && n_blank; more;) {
			for (int k = 0; k < n_blank; k++)
				v[blank[k]] = domain[blank[k]][idx[k]];
			struct law_decision e = decide(&c, law, v);
			assert_non_null(e.rule);
			assert_string_equal(e.rule->outcome, outcome);
			more = false;
			for (int k = 0; k < n_blank && !more; k++) {
				more = domain[blank[k]][++idx[k]] != NULL;
				if (!more)
					idx[k] = 0;
			}
		}
		arena_rewind(a, m);
	}
	assert_true(decided > 100 && open > 100);
}

static void bad_conditions(void **state)
{
	struct ctx c = {.arena = *state};
	ctx_init(&c, *state, 0);
	struct law_term *t;
	size_t n;
	static const char *const bad[] = {"a", "a=", "=b", "a=b|c", "a>=x", "a & b=c", "a b=c", "a=b &"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		assert_int_equal(law_condition_parse(&c, *state, bad[i], &t, &n), ERR_FORM_DEF);
	assert_int_equal(law_condition_parse(&c, *state, "age >= 65 & wish in x|y & z!=q", &t, &n), OK);
	assert_int_equal(n, 3);
	assert_int_equal(t[0].number, 65);
	assert_int_equal(t[1].n_values, 2);
}

/* Every list, table, input, value and result of the shipped folder is called by a name; what has none shows its code. */
static void everything_has_a_name(void **state)
{
	struct ctx c = {.arena = *state};
	const struct law_catalogue *law = load(&c);
	const char *missing = law_names_missing(law, c.arena);
	if (missing)
		fail_msg("law/names.tsv has no name for %s", missing);
	assert_string_equal(law_list_name(law, "consult_channel"), "相談の方法");
	assert_string_equal(law_list_name(law, "added_by_a_town"), "added_by_a_town");
	const struct law_rule *rule = &law->rules[0];
	assert_string_equal(law_condition_words(law, c.arena, rule),
		"要介護状態区分: 要介護1・要介護2・要介護3・要介護4・要介護5 のどれか\n要介護認定の状況: 認定あり");
	assert_string_equal(law_outcome_name(law, rule), "居宅介護支援");
	assert_string_equal(law_handin_names(law, c.arena, rule),
		"居宅サービス計画作成依頼届出書（市町村へ）、介護保険被保険者証、居宅介護支援の契約書（居宅介護支援事業所と）");
	assert_string_equal(law_confidence_words(c.arena, "要確認"), "要確認（保険者（市町村）に確かめてください）");
	assert_string_equal(law_confidence_words(c.arena, "Z"), "Z");
	struct law_catalogue few = *law;
	few.n_names = 0;
	assert_non_null(law_names_missing(&few, c.arena));
	assert_true(law_from_open(law->codes[0].from));
	assert_false(law_from_open(rule->from));
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(items_of_assessment), UNIT(everything_has_a_name), UNIT(code_lists), UNIT(routes), UNIT(blanks_never_mean_no), UNIT(bad_conditions)};
	return cmocka_run_group_tests_name("law", tests, NULL, NULL);
}
