/* What must hold for all duties whatever the rules say: days turn on their day in every time zone, later facts take nothing away, and an
 * explanation says what was compared. */
#include "base/pid.h"
#include "base/str.h"
#include "duty_script.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define D(y, m, d) civil_from(y, m, d)

static const struct law_catalogue *load(struct arena *a)
{
	const struct law_catalogue *law = NULL;
	struct ctx *c = ARENA_NEW(a, struct ctx);
	ctx_init(c, a, 0);
	assert_int_equal(law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &law), OK);
	return law;
}

static unsigned rnd(unsigned n)
{
	unsigned char b[2];
	rand_bytes(b, sizeof b);
	return (unsigned)(b[0] | b[1] << 8) % n;
}

/* ---- a world by chance ------------------------------------------------------------------------------------------------------------------ */

static const char *const words[] = {"home", "tv", "other", "phone", "true", "false", "important|choice|reason|ratio|hospital|fee|council", "choice", "renew", "change", "new", "", "c1", "c3",
	"s2", "monitoring:hospital", "monitoring:staff", "no_meeting:urgent", "assess:away", "p1", "plan:p1:x", "person", "office:1", "docs", "chiiki", "lifeaid", "self", "理由",
	"given", "taken", "2026-05", "2026-08", "23", "4", "condition", "concentration", "infection", "hokatsu", "electronic", "bcp_plan", "abuse_guide"};

static const char *day_text(struct arena *a, civil d)
{
	char t[CIVIL_TEXT];
	civil_text(d, t);
	return arena_str(a, t);
}

/* Every field that any rule asks for, filled by chance. */
static struct duty_fact random_fact(const struct duty_table *t, struct arena *a, civil on)
{
	struct duty_fact f = {.code = (int)rnd((unsigned)t->n_codes), .on_day = on, .recorded_ms = civil_instant_start(on), .table = "t", .row_id = (int64_t)rnd(1000)};
	struct duty_value *v = ARENA_ARRAY(a, (size_t)t->n_symbols, struct duty_value);
	for (int i = W_COUNT - 18; i < t->n_symbols; i++) {
		const char *name = t->symbol_text[i];
		if (rnd(3) == 0 || strpbrk(name, ":|"))
			continue;
		v[f.n++] = duty_value(t, name, str_ends(name, "_on") ? day_text(a, on - (civil)rnd(40) + 20) : words[rnd(sizeof words / sizeof words[0])]);
	}
	f.v = v;
	return f;
}

static const char *const kinds[] = {"home", "prevention", "prev_a", "prev_b", "prev_c"};

static struct duty_subject random_subject(const struct duty_table *t, struct arena *a, size_t n_facts)
{
	struct duty_subject s = {.kind = (enum duty_subject_kind)rnd(4), .id = 1, .insurer = "T", .ended_on = rnd(6) ? CIVIL_NONE : D(2026, 10, 15)};
	struct duty_value *v = ARENA_ARRAY(a, (size_t)t->n_symbols + 40, struct duty_value);
	v[s.n_attrs++] = duty_value(t, "kind", kinds[rnd(5)]);
	v[s.n_attrs++] = duty_value(t, "office_kind", rnd(2) ? "kyotaku" : "hokatsu");
	for (int i = 0; i < t->n_symbols; i++) {
		const char *name = t->symbol_text[i];
		if (i == duty_symbol(t, "kind") || i == duty_symbol(t, "office_kind") || rnd(4) == 0)
			continue;
		v[s.n_attrs++] = duty_value(t, name, str_ends(name, "_on") || str_eq(name, "conc_to") ? day_text(a, D(2026, 1, 1) + (civil)rnd(400))
		                                     : rnd(2) ? words[rnd(sizeof words / sizeof words[0])] : arena_fmt(a, "%u", rnd(300)));
	}
	s.attrs = v;
	static const char *const parts[] = {"plan", "recipient", "provider", "active", "cert", "equipment"};
	struct duty_part *p = ARENA_ARRAY(a, 8, struct duty_part);
	for (size_t i = 0; i < 8; i++) {
		civil from = D(2026, 1, 1) + (civil)rnd(200);
		p[i] = (struct duty_part){.kind = duty_symbol(t, parts[i < 6 ? i : rnd(6)]), .id = i ? "person" : "p1", .from = from, .to = rnd(3) ? CIVIL_OPEN : from + 60, .parent = i ? &p[0] : NULL,
			.v = v, .n = s.n_attrs};
	}
	s.parts = p;
	s.n_parts = 8;
	struct duty_fact *f = ARENA_ARRAY(a, n_facts + 1, struct duty_fact);
	for (size_t i = 0; i < n_facts; i++)
		f[i] = random_fact(t, a, D(2026, 1, 1) + (civil)rnd(300));
	s.facts = f;
	s.n_facts = n_facts;
	return s;
}

static struct duty_lines judge(const struct law_catalogue *law, struct arena *a, const struct duty_subject *s, civil on, bool all)
{
	struct duty_lines out = {0};
	struct duty_ask ask = {.on = on, .from = CIVIL_NONE, .all = all};
	duty_judge(law, a, &ask, s, &out);
	return out;
}

static bool same_line(const struct duty_line *x, const struct duty_line *y)
{
	return x->rule == y->rule && x->part == y->part && x->event == y->event && x->anchor == y->anchor && x->lo == y->lo;
}

static const struct duty_line *find(const struct duty_lines *l, const struct duty_line *x)
{
	for (size_t i = 0; i < l->n; i++)
		if (same_line(&l->v[i], x))
			return &l->v[i];
	return NULL;
}

/* Adding what happened later never turns a kept duty into a broken one. */
static void later_facts_take_nothing_away(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	rand_seed(11);
	int done = 0;
	for (int round = 0; round < 800; round++) {
		struct arena_mark m = arena_mark_get(a);
		civil on = D(2026, 11, 1) + (civil)rnd(60);
		struct duty_subject s = random_subject(law->duties, a, 30);
		struct duty_lines before = judge(law, a, &s, on, false);
		((struct duty_fact *)s.facts)[s.n_facts++] = random_fact(law->duties, a, on);
		struct duty_lines after = judge(law, a, &s, on, false);
		for (size_t i = 0; i < before.n; i++) {
			if (before.v[i].status != DUTY_DONE)
				continue;
			const struct duty_line *l = find(&after, &before.v[i]);
			done++;
			if (l && (l->status == DUTY_OVERDUE || l->status == DUTY_WARNED))
				fail_msg("%s was kept and is %s", l->rule->view.id, duty_status_code(l->status));
		}
		arena_rewind(a, m);
	}
	assert_true(done > 100);
}

struct adding {
	const struct law_catalogue *law;
	struct arena *a;
	int done;
};

/* The same of every worked case, with records that the rule looks at. */
static void add_later(const struct script *s, void *arg)
{
	struct adding *k = arg;
	if (s->pattern)
		return;
	struct duty_subject subject = script_subject(k->law->duties, k->a, s, NULL, NULL);
	struct duty_params params = {s->params, s->n_params};
	struct duty_ask ask = {.on = s->on, .from = s->from, .rule = s->rule, .params = &params};
	struct duty_lines before = {0};
	duty_judge(k->law, k->a, &ask, &subject, &before);
	for (int round = 0; round < 40; round++) {
		struct arena_mark m = arena_mark_get(k->a);
		struct duty_lines after = {0};
		const struct duty_rule *r = before.n ? before.v[0].rule : NULL;
		struct duty_fact f = random_fact(k->law->duties, k->a, s->on);
		if (r && r->n_codes && rnd(4))
			f.code = r->codes[rnd((unsigned)r->n_codes)];
		((struct duty_fact *)subject.facts)[subject.n_facts++] = f;
		duty_judge(k->law, k->a, &ask, &subject, &after);
		subject.n_facts--;
		for (size_t i = 0; i < before.n; i++) {
			const struct duty_line *l = before.v[i].status == DUTY_DONE ? find(&after, &before.v[i]) : NULL;
			k->done += before.v[i].status == DUTY_DONE;
			if (l && (l->status == DUTY_OVERDUE || l->status == DUTY_WARNED))
				fail_msg("%s: %s was kept and is %s", s->name, s->rule, duty_status_code(l->status));
		}
		arena_rewind(k->a, m);
	}
}

static void later_facts_in_worked_cases(void **state)
{
	struct adding k = {.law = load(*state), .a = *state};
	rand_seed(12);
	script_each(k.law->duties, k.a, arena_fmt(k.a, "%s/tests/unit/duty_cases.txt", getenv("TSUNAGI_ROOT")), add_later, &k);
	assert_true(k.done > 2000);
}

/* ---- 400 days ------------------------------------------------------------------------------------------------------------------------------ */

static uint64_t mix(uint64_t h, int64_t v) { return (h ^ (uint64_t)v) * 1099511628211u; }

static uint64_t sum_of(const struct duty_lines *l)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < l->n; i++) {
		const struct duty_line *x = &l->v[i];
		for (const char *p = x->rule->view.id; *p; p++)
			h = mix(h, *p);
		h = mix(mix(mix(mix(mix(mix(h, x->status), x->anchor), x->due_on), x->done_on), x->mended_on), x->count);
	}
	return h;
}

/* What is due today and still not done tomorrow is broken tomorrow, and not before. */
static int turns(const struct duty_lines *today, const struct duty_lines *tomorrow, civil on)
{
	int n = 0;
	for (size_t i = 0; i < today->n; i++) {
		const struct duty_line *x = &today->v[i], *y = find(tomorrow, x);
		if (x->status == DUTY_DUE)
			assert_true(x->due_on >= on);
		if (x->status == DUTY_OVERDUE && x->rule->kind != DUTY_KIND_fields && x->rule->kind != DUTY_KIND_holds && x->rule->kind != DUTY_KIND_retention &&
		    x->rule->kind != DUTY_KIND_covers && x->rule->kind != DUTY_KIND_threshold)
			assert_true(x->due_on < on);
		if (!y || x->status != DUTY_DUE || y->status == DUTY_DUE)
			continue;
		if (y->status == DUTY_OVERDUE || y->status == DUTY_WARNED) {
			if (y->due_on != on && x->due_on == y->due_on)
				fail_msg("%s turned on the wrong day", y->rule->view.id);
			n++;
		}
	}
	return n;
}

static uint64_t walk(const struct law_catalogue *law, struct arena *a, const struct duty_subject *s, size_t n, const char *zone, int *turned)
{
	uint64_t h = 0;
	assert_int_equal(setenv("TZ", zone, 1), 0);
	tzset();
	for (size_t k = 0; k < n; k++) {
		struct arena_mark m = arena_mark_get(a);
		for (civil on = D(2027, 12, 1); on < D(2027, 12, 1) + 400; on++) { /* over 29 February 2028 */
			struct arena_mark two = arena_mark_get(a);
			struct duty_lines today = judge(law, a, &s[k], on, true), tomorrow = judge(law, a, &s[k], on + 1, true);
			h = mix(h, (int64_t)sum_of(&today));
			*turned += turns(&today, &tomorrow, on);
			arena_rewind(a, two);
		}
		arena_rewind(a, m);
	}
	return h;
}

static struct duty_value v_of(const struct law_catalogue *law, const char *name, const char *text) { return duty_value(law->duties, name, text); }

/* One case that is looked after, one that is forgotten, one 予防, one office, one person. */
static size_t town(const struct law_catalogue *law, struct arena *a, struct duty_subject *s)
{
	const struct duty_table *t = law->duties;
	static const char *const case_kinds[] = {"home", "home", "prevention"};
	for (size_t k = 0; k < 3; k++) {
		struct duty_value *v = ARENA_ARRAY(a, 3, struct duty_value);
		v[0] = v_of(law, "kind", case_kinds[k]);
		v[1] = v_of(law, "contract_on", "2027-12-10");
		v[2] = v_of(law, "start_on", "2027-12-20");
		struct duty_part *p = ARENA_ARRAY(a, 2, struct duty_part);
		p[0] = (struct duty_part){.kind = duty_symbol(t, "active"), .from = D(2027, 12, 20), .to = CIVIL_OPEN};
		p[1] = (struct duty_part){.kind = duty_symbol(t, "plan"), .id = "p1", .from = D(2027, 12, 20), .to = D(2028, 11, 30)};
		struct duty_fact *f = ARENA_ARRAY(a, 20, struct duty_fact);
		size_t n = 0;
		for (int m = 0; m < 14 && k != 1; m++) {
			struct duty_value *mv = ARENA_ARRAY(a, 3, struct duty_value);
			mv[0] = v_of(law, "how", m == 4 ? "other" : "home");
			mv[1] = v_of(law, "content", "true");
			mv[2] = v_of(law, "written_on", day_text(a, civil_add_months(D(2027, 12, 28), m)));
			f[n++] = (struct duty_fact){.code = duty_code(t, "REC-MON"), .on_day = civil_add_months(D(2027, 12, 28), m), .table = "monitoring", .v = mv, .n = 3};
		}
		s[k] = (struct duty_subject){.kind = DUTY_CASE, .id = (int64_t)k, .ended_on = CIVIL_NONE, .attrs = v, .n_attrs = 3, .parts = p, .n_parts = 2, .facts = f, .n_facts = n};
	}
	struct duty_value *o = ARENA_ARRAY(a, 3, struct duty_value);
	o[0] = v_of(law, "office_kind", "kyotaku");
	o[1] = v_of(law, "opened_on", "2027-06-15");
	s[3] = (struct duty_subject){.kind = DUTY_OFFICE, .ended_on = CIVIL_NONE, .attrs = o, .n_attrs = 2};
	struct duty_value *b = ARENA_ARRAY(a, 1, struct duty_value);
	b[0] = v_of(law, "birth_on", "1963-03-01");
	struct duty_part *cert = ARENA_ARRAY(a, 1, struct duty_part);
	struct duty_value *cv = ARENA_ARRAY(a, 1, struct duty_value);
	cv[0] = v_of(law, "wants_renewal", "true");
	cert[0] = (struct duty_part){.kind = duty_symbol(t, "cert"), .from = D(2027, 3, 1), .to = D(2028, 2, 29), .v = cv, .n = 1};
	s[4] = (struct duty_subject){.kind = DUTY_PERSON, .ended_on = CIVIL_NONE, .attrs = b, .n_attrs = 1, .parts = cert, .n_parts = 1};
	return 5;
}

static void four_hundred_days(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct duty_subject s[5];
	size_t n = town(law, a, s);
	int here = 0, there = 0;
	uint64_t tokyo = walk(law, a, s, n, "Asia/Tokyo", &here), new_york = walk(law, a, s, n, "America/New_York", &there);
	assert_true(tokyo == new_york && here == there);
	assert_true(here > 40);
	/* the leap day is the last of its month: the case nobody looks after is in time on it and late the day after */
	struct duty_ask ask = {.on = D(2028, 2, 29), .from = D(2028, 2, 1), .rule = "R-CM-13-14-monthly"};
	struct duty_lines out = {0};
	duty_judge(law, a, &ask, &s[1], &out);
	assert_true(out.n == 1 && out.v[0].status == DUTY_DUE && out.v[0].due_on == D(2028, 2, 29));
	out.n = 0;
	ask.on = D(2028, 3, 1);
	duty_judge(law, a, &ask, &s[1], &out);
	assert_true(out.n == 2 && out.v[0].status == DUTY_OVERDUE && out.v[1].status == DUTY_DUE);
}

/* ---- words ------------------------------------------------------------------------------------------------------------------------------------ */

static const char *japanese(struct arena *a, civil d)
{
	struct ymd t = civil_ymd(d);
	return arena_fmt(a, "%d月%d日", t.m, t.d);
}

static void explanations(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct duty_subject s[5];
	(void)town(law, a, s);
	struct duty_ask ask = {.on = D(2028, 5, 10), .from = D(2028, 3, 1), .rule = "R-CM-13-14-monthly"};
	struct duty_lines out = {0};
	struct duty_explanation x;
	duty_judge(law, a, &ask, &s[0], &out);
	assert_int_equal(out.n, 3);
	duty_explain(law, a, &ask, &out.v[0], &x);
	assert_string_equal(x.computation, "2028年3月: 2028-03-28 居宅訪問 1件 → 適合");
	assert_string_equal(x.title, "毎月1回、本人に会います");
	assert_string_equal(x.source, "居宅基準13条14号イ");
	assert_string_equal(x.consequence, "運営基準減算");
	assert_int_equal(x.valid_from, D(2024, 4, 1));
	assert_string_equal(x.confidence, "A");
	assert_string_equal(x.mend, "monitor");
	duty_explain(law, a, &ask, &out.v[1], &x); /* April: a call only */
	assert_string_equal(x.computation, "2028年4月: 記録なし → 違反");
	bool said = false;
	for (size_t i = 0; i < x.n_inputs; i++)
		said = said || str_eq(x.inputs[i].shown, "2028-04-28 その他（要件に合わない: 「方法」が「その他」）");
	if (!said)
		for (size_t i = 0; i < x.n_inputs; i++)
			print_error("%s: %s (%s)\n", x.inputs[i].label, x.inputs[i].shown, x.inputs[i].from);
	assert_true(said);
	ask.day_text = japanese;
	duty_explain(law, a, &ask, &out.v[0], &x);
	assert_string_equal(x.computation, "2028年3月: 3月28日 居宅訪問 1件 → 適合");
	/* a number of the law stands with its source */
	ask = (struct duty_ask){.on = D(2028, 2, 10), .from = CIVIL_NONE, .rule = "R-NT-RENEW-WIN"};
	out.n = 0;
	duty_judge(law, a, &ask, &s[4], &out);
	assert_int_equal(out.n, 1);
	duty_explain(law, a, &ask, &out.v[0], &x);
	assert_string_equal(x.computation, "2027-12-31 から 2028-02-29 まで: 記録なし → 予定");
	said = false;
	for (size_t i = 0; i < x.n_inputs; i++)
		said = said || (str_eq(x.inputs[i].shown, "60日") && str_eq(x.inputs[i].from, "介護保険法施行規則39条"));
	assert_true(said);
}

static const char *shown_by(const struct duty_explanation *x, const char *label)
{
	for (size_t i = 0; i < x->n_inputs; i++)
		if (str_eq(x->inputs[i].label, label))
			return x->inputs[i].shown;
	return "";
}

static bool says(const struct duty_explanation *x, const char *words)
{
	for (size_t i = 0; i < x->n_inputs; i++)
		if (strstr(x->inputs[i].shown, words))
			return true;
	for (size_t i = 0; i < x->n_inputs; i++)
		print_error("%s: %s (%s)\n", x->inputs[i].label, x->inputs[i].shown, x->inputs[i].from);
	return false;
}

static void read_fact(const struct law_catalogue *law, struct arena *a, struct duty_fact *f, const char *code, civil on, const char *body)
{
	assert_true(duty_fact_read(law->duties, a, code, on, 0, "t", 1, body, f));
}

static struct duty_explanation why_not(const struct law_catalogue *law, struct arena *a, const struct duty_ask *ask, const struct duty_subject *s)
{
	struct duty_lines out = {0};
	struct duty_explanation x;
	duty_judge(law, a, ask, s, &out);
	assert_int_equal(out.n, 1);
	assert_int_equal(out.v[0].status, DUTY_OVERDUE);
	duty_explain(law, a, ask, &out.v[0], &x);
	return x;
}

static const char *era_month(struct arena *a, int y, int m) { return arena_fmt(a, "令和%d年%d月", y - 2018, m); }

/* A waiver that is not accepted is shown with the reason, the parameter that asks for more, and what is missing. */
static void refused_exceptions_say_why(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct duty_value kind = duty_value(law->duties, "kind", "home");
	struct duty_part span = {.kind = duty_symbol(law->duties, "active"), .id = "", .from = D(2026, 5, 1), .to = D(2026, 5, 31)};
	struct duty_fact f[3];
	struct duty_subject s = {.kind = DUTY_CASE, .id = 1, .insurer = "T", .ended_on = CIVIL_NONE, .attrs = &kind, .n_attrs = 1, .parts = &span, .n_parts = 1, .facts = f, .n_facts = 2};
	struct duty_param_value apply = {.key = "tokudan_mode", .insurer = "T", .value = "apply", .from = D(2020, 1, 1), .to = CIVIL_OPEN};
	struct duty_params params = {&apply, 1};
	struct duty_ask ask = {.on = D(2026, 6, 5), .from = D(2026, 5, 1), .rule = "R-CM-13-14-monthly", .params = &params, .month_text = era_month};
	read_fact(law, a, &f[0], "REC-EXC", D(2026, 5, 1), "{\"kind\":\"monitoring:hospital\",\"from_on\":\"2026-05-01\",\"to_on\":\"2026-05-31\",\"ground\":\"入院\",\"written_on\":\"2026-05-20\"}");
	read_fact(law, a, &f[1], "REC-MON", D(2026, 5, 20), "{\"how\":\"other\"}");
	struct duty_explanation x = why_not(law, a, &ask, &s);
	assert_string_equal(x.computation, "令和8年5月: 記録なし → 違反");
	assert_true(says(&x, "入院（例外として数えない: 保険者の定めは「申請」ですが、2026-05-01 から 2026-05-31 までに"));
	assert_string_equal(shown_by(&x, "特段の事情のとき"), "申請");
	assert_true(x.untold);
	/* the call is named with what it is and what was asked */
	assert_true(says(&x, "（要件に合わない: 「方法」が「その他」）"));
	/* told: nothing of that is left to say */
	read_fact(law, a, &f[2], "REC-NOTIFY", D(2026, 5, 21), "{\"kind\":\"tokudan\"}");
	s.n_facts = 3;
	struct duty_lines out = {0};
	duty_judge(law, a, &ask, &s, &out);
	assert_int_equal(out.v[0].status, DUTY_WAIVED);
	duty_explain(law, a, &ask, &out.v[0], &x);
	assert_false(x.untold);
	/* no call; no ground; a kind that is none */
	s.n_facts = 1;
	x = why_not(law, a, &ask, &s);
	assert_true(!x.untold && says(&x, "状態を確かめた記録（モニタリング）がありません"));
	read_fact(law, a, &f[0], "REC-EXC", D(2026, 5, 1), "{\"kind\":\"monitoring:hospital\",\"from_on\":\"2026-05-01\",\"ground\":\"\",\"written_on\":\"2026-05-20\"}");
	x = why_not(law, a, &ask, &s);
	assert_true(says(&x, "理由が書かれていません"));
	read_fact(law, a, &f[0], "REC-EXC", D(2026, 5, 1), "{\"kind\":\"monitoring:staff\",\"from_on\":\"2026-05-01\",\"ground\":\"休暇\",\"written_on\":\"2026-05-20\"}");
	x = why_not(law, a, &ask, &s);
	assert_true(says(&x, "この理由は、この決まりの例外になりません"));
	/* an exception of another matter or of another month is not spoken of */
	read_fact(law, a, &f[0], "REC-EXC", D(2026, 5, 1), "{\"kind\":\"assess:away\",\"from_on\":\"2026-05-01\",\"ground\":\"入院\",\"written_on\":\"2026-05-20\"}");
	x = why_not(law, a, &ask, &s);
	for (size_t i = 0; i < x.n_inputs; i++)
		assert_null(strstr(x.inputs[i].shown, "例外として数えない"));
	/* lengths are lengths: 「2月」 would be February */
	ask.rule = "R-CM-13-14-home";
	x = why_not(law, a, &ask, &s);
	assert_true(says(&x, "2か月"));
}

/* What stood before the law did not outlast it: the 経過措置 of the manager says until when it may be used. */
static void lapsed_exceptions_say_until_when(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct duty_value v[] = {duty_value(law->duties, "office_kind", "kyotaku"), duty_value(law->duties, "month_on", "2027-04-01"), duty_value(law->duties, "manager_ok", "false")};
	struct duty_fact f;
	struct duty_subject s = {.kind = DUTY_OFFICE, .id = 1, .insurer = "", .ended_on = CIVIL_NONE, .attrs = v, .n_attrs = 3, .facts = &f, .n_facts = 1};
	read_fact(law, a, &f, "REC-EXC", D(2026, 11, 1), "{\"kind\":\"manager:transitional\",\"from_on\":\"2026-11-01\",\"to_on\":\"2027-10-31\",\"ground\":\"経過措置\",\"written_on\":\"2026-11-01\"}");
	struct duty_explanation x = why_not(law, a, &(struct duty_ask){.on = D(2027, 4, 30), .from = CIVIL_NONE, .rule = "R-CM-03-mgr"}, &s);
	assert_true(says(&x, "この理由が使えるのは 2027-03-31 までです"));
}

/* Which of the conditions of an assessment failed. */
static void records_say_what_they_lack(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct duty_value kind = duty_value(law->duties, "kind", "home");
	struct duty_value p[] = {duty_value(law->duties, "made_on", "2026-10-01"), duty_value(law->duties, "since", "2026-09-01")};
	struct duty_part plan = {.kind = duty_symbol(law->duties, "plan"), .id = "p1", .from = D(2026, 10, 5), .to = CIVIL_OPEN, .v = p, .n = 2};
	struct duty_fact f;
	struct duty_subject s = {.kind = DUTY_CASE, .id = 1, .insurer = "", .ended_on = CIVIL_NONE, .attrs = &kind, .n_attrs = 1, .parts = &plan, .n_parts = 1, .facts = &f, .n_facts = 1};
	struct duty_ask ask = {.on = D(2026, 10, 20), .from = D(2026, 9, 1), .rule = "R-CM-13-07-visit"};
	read_fact(law, a, &f, "REC-ASSESS", D(2026, 9, 20), "{\"at_home\":true,\"met_person\":true,\"met_family\":false}");
	struct duty_explanation x = why_not(law, a, &ask, &s);
	assert_true(says(&x, "（要件に合わない: 「家族との面接」が「いいえ」）"));
	read_fact(law, a, &f, "REC-ASSESS", D(2026, 9, 20), "{\"met_person\":true,\"met_family\":true}");
	x = why_not(law, a, &ask, &s);
	assert_true(says(&x, "が空いている）"));
}

/* The body of an evidence row is read once; what no rule asks for is left out, what is no JSON is refused. */
static void facts_are_read(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	struct duty_fact f;
	assert_true(duty_fact_read(law->duties, a, "REC-MON", D(2026, 5, 1), 7, "monitoring", 3,
		"{\"done_on\":\"2026-05-01\",\"how\":\"home\",\"by\":12,\"written_on\":null,\"content\":true,\"nobody_asks\":\"x\"}", &f));
	assert_int_equal(f.code, duty_code(law->duties, "REC-MON"));
	assert_string_equal(duty_field(&f, duty_symbol(law->duties, "how"))->text, "home");
	assert_int_equal(duty_field(&f, duty_symbol(law->duties, "content"))->symbol, W_true);
	assert_string_equal(duty_field(&f, W_written_on)->text, "");
	assert_int_equal(duty_symbol(law->duties, "nobody_asks"), -1);
	for (size_t i = 0; i < f.n; i++)
		assert_true(f.v[i].name >= 0);
	assert_true(duty_fact_read(law->duties, a, "REC-NEW", D(2026, 5, 1), 7, "t", 3, "{}", &f) && f.code == -1);
	assert_false(duty_fact_read(law->duties, a, "REC-MON", D(2026, 5, 1), 7, "t", 3, "[1]", &f));
	assert_false(duty_fact_read(law->duties, a, "REC-MON", D(2026, 5, 1), 7, "t", 3, "{", &f));
}

/* The quick reader of flat bodies says what the reader of JSON says: a blank before the object sends the same body there. */
static void both_readers_agree(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	static const char *const bodies[] = {"{}", "{\"how\":\"home\"}", "{\"how\":\"home\",\"how\":\"tv\"}", "{\"nobody\":1,\"nobody\":2}", "{\"how\":\"a\\\"b\"}",
		"{\"how\":\"\\u3042\",\"content\":true}", "{\"how\": \"home\"}", "{\"how\":\"home\",}", "{\"how\":\"home\"}x", "{\"how\":\"home\"", "{\"how\":\"home", "{\"how\"",
		"{\"how\":", "{\"how\":}", "{\"how\":-}", "{\"how\":-0,\"content\":-12}", "{\"how\":01}", "{\"how\":0}", "{\"how\":1.5}", "{\"how\":1e3}", "{\"how\":12345678901234567890}",
		"{\"how\":truely}", "{\"how\":true,\"content\":false,\"written_on\":null}", "{\"how\":[1,2],\"content\":true}", "{\"how\":{\"content\":true}}",
		"{\"how\":\"\xe5\xb1\x85\xe5\xae\x85\",\"content\":\"\"}", "{\"how\":\"\xe5\xb1\"}", "{\"how\":\"a\nb\"}", "{\"\":\"x\",\"written_on\":\"2026-05-01\"}",
		"{\"written_on\":\"2026-02-30\",\"done_on\":\"2026-05-01\",\"content\":\"+5\"}", "", "null", "\"how\"", "[]",
		"{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,\"l\":1,\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1,\"r\":1,\"s\":1,\"t\":1,"
		"\"u\":1,\"v\":1,\"w\":1,\"x\":1,\"y\":1,\"how\":\"home\"}"};
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		struct duty_fact x, y;
		bool read = duty_fact_read(law->duties, a, "REC-MON", D(2026, 5, 1), 7, "t", 3, bodies[i], &x);
		assert_int_equal(read, duty_fact_read(law->duties, a, "REC-MON", D(2026, 5, 1), 7, "t", 3, arena_fmt(a, " %s", bodies[i]), &y));
		if (read && x.n != y.n)
			fail_msg("%s: %zu values, %zu of JSON", bodies[i], x.n, y.n);
		for (size_t k = 0; read && k < x.n; k++)
			if (x.v[k].name != y.v[k].name || !str_eq(x.v[k].text, y.v[k].text) || x.v[k].number != y.v[k].number || x.v[k].symbol != y.v[k].symbol ||
			    x.v[k].day != y.v[k].day || x.v[k].from != y.v[k].from || x.v[k].to != y.v[k].to)
				fail_msg("%s: value %zu differs", bodies[i], k);
	}
	/* a day by its number is the day by its text */
	struct duty_value p = duty_value(law->duties, "written_on", "2026-05-01"), q = duty_value_day(law->duties, a, duty_symbol(law->duties, "written_on"), D(2026, 5, 1));
	assert_true(p.name == q.name && str_eq(p.text, q.text) && p.number == q.number && p.symbol == q.symbol && p.day == q.day && p.from == q.from && p.to == q.to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(later_facts_take_nothing_away), UNIT(later_facts_in_worked_cases), UNIT(four_hundred_days), UNIT(explanations), UNIT(refused_exceptions_say_why), UNIT(lapsed_exceptions_say_until_when), UNIT(records_say_what_they_lack), UNIT(facts_are_read), UNIT(both_readers_agree)};
	return cmocka_run_group_tests_name("duty_kinds", tests, NULL, NULL);
}
