/* Rows of law/duties.tsv: whatever stands in them, they are refused with file and line, or can be judged and explained. */
#include "fuzz.h"
#include "law/duty_own.h"

static const struct law_code codes[] = {
	{"evidence", "REC-MON", "モニタリング", "s", "A", INT32_MIN, CIVIL_OPEN}, {"evidence", "REC-EXC", "理由", "s", "A", INT32_MIN, CIVIL_OPEN},
	{"evidence", "REC-TVOK", "要件", "s", "A", INT32_MIN, CIVIL_OPEN}, {"evidence", "REC-NOTIFY", "届出", "s", "A", INT32_MIN, CIVIL_OPEN},
	{"exc_kind", "k", "例外", "s", "A", INT32_MIN, CIVIL_OPEN},
};
static const struct law_number numbers[] = {{"n_a", "日", "数", "s", "A", 3, INT32_MIN, CIVIL_OPEN}, {"n_b", "日", "数", "s", "A", 5, INT32_MIN, CIVIL_OPEN}};
static const struct law_param params[] = {{"p", "int", "2", "1", "5", "年", "数", "s", "A", 2, 1, 5}, {"m", "choice", "record", "record|apply|prev|next", "", "", "方法", "s", "A", 0, 0, 0}};
static const char head[] = "rule\tversion\ttitle\tsubject\tapplies\tstrength\tkind\tparams\tevidence\texceptions\tconsequence\tmend\tapply_by\tvalid_from\tvalid_to\tsource\tconfidence\n";

static void judge(struct arena *a, const struct law_catalogue *law)
{
	const struct duty_table *t = law->duties;
	struct duty_value v[] = {duty_value(t, "d", "2026-05-05"), duty_value(t, "n", "7"), duty_value(t, "how", "tv"), duty_value(t, "kind", "k")};
	struct duty_part p[] = {{.kind = duty_symbol(t, "active"), .from = civil_from(2026, 1, 1), .to = CIVIL_OPEN, .v = v, .n = 4},
		{.kind = duty_symbol(t, "plan"), .id = "p", .from = civil_from(2026, 4, 1), .to = CIVIL_NONE, .v = v, .n = 4}};
	struct duty_fact f[4];
	for (int i = 0; i < 4; i++)
		f[i] = (struct duty_fact){.code = i % t->n_codes, .on_day = civil_from(2026, 4 + i, 5), .table = "t", .v = v, .n = 4};
	for (int k = 0; k <= DUTY_INSURER; k++) {
		struct duty_subject s = {.kind = (enum duty_subject_kind)k, .ended_on = CIVIL_NONE, .attrs = v, .n_attrs = 4, .parts = p, .n_parts = 2, .facts = f, .n_facts = 4};
		struct duty_ask ask = {.on = civil_from(2026, 11, 20), .from = civil_from(2026, 3, 1), .all = true};
		struct duty_lines out = {0};
		duty_judge(law, a, &ask, &s, &out);
		for (size_t i = 0; i < out.n; i++) {
			struct duty_explanation x;
			duty_explain(law, a, &ask, &out.v[i], &x);
			MUST_HOLD(x.computation && strstr(x.computation, "→"));
		}
	}
}

FUZZ(a, data, n)
{
	struct ctx c;
	ctx_init(&c, a, 0);
	struct law_catalogue cat = {.codes = codes, .n_codes = 5, .numbers = numbers, .n_numbers = 2, .params = params, .n_params = 2};
	char *rest = arena_strn(a, (const char *)data, n);
	if (!str_utf8_valid(rest, strlen(rest)))
		return;
	char *text = arena_fmt(a, "%s%s", head, rest);
	if (duty_load_text(&c, a, text, &cat) != OK) {
		MUST_HOLD(c.n_faults == 1 && str_starts(c.faults[0].message, "duties.tsv の "));
		return;
	}
	judge(a, &cat);
}
