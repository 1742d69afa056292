/* Every rule of law/duties.tsv against tests/unit/duty_cases.txt: the worked tests T-* by their number, and the patterns P1–P9. */
#include "duty_script.h"

#include "law/penalty.h"

static struct law_catalogue *load(struct arena *a)
{
	const struct law_catalogue *law = NULL;
	struct ctx *c = ARENA_NEW(a, struct ctx);
	ctx_init(c, a, 0);
	err e = law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &law);
	if (e != OK)
		fail_msg("%s", c->n_faults ? c->faults[0].message : err_name(e));
	struct law_catalogue *own = arena_copy(a, law, sizeof *law);
	return own;
}

struct run {
	struct arena *a;
	const struct law_catalogue *law;
	struct map met, unmet; /* rules seen kept (done, waived, not asked) and not kept */
	int checked;
};

static struct duty_lines judge(const struct run *r, const struct script *s, civil on, const char *act_day, const struct script_fact *act)
{
	struct duty_lines out = {0};
	struct duty_params *params = ARENA_NEW(r->a, struct duty_params);
	*params = (struct duty_params){s->params, s->n_params};
	struct duty_ask *ask = ARENA_NEW(r->a, struct duty_ask);
	*ask = (struct duty_ask){.on = on, .from = s->from, .known_ms = s->known_ms, .rule = s->rule, .params = params};
	struct duty_subject *subject = ARENA_NEW(r->a, struct duty_subject);
	*subject = script_subject(r->law->duties, r->a, s, act_day, act);
	duty_judge(r->law, r->a, ask, subject, &out);
	for (size_t i = 0; i < out.n; i++) { /* everything explains itself */
		struct duty_explanation x;
		duty_explain(r->law, r->a, ask, &out.v[i], &x);
		assert_true(x.n_inputs > 0 && x.n_inputs < 32 && strstr(x.computation, "→") && *x.source && *x.confidence && *x.consequence);
		for (size_t k = 0; k < x.n_inputs; k++)
			assert_true(*x.inputs[k].label && *x.inputs[k].shown && *x.inputs[k].from);
	}
	return out;
}

static void seen(struct run *r, const char *rule, bool kept) { map_set(kept ? &r->met : &r->unmet, rule, r); }

static const char *line_text(struct arena *a, const struct duty_line *l)
{
	char anchor[CIVIL_TEXT], due[CIVIL_TEXT], done[CIVIL_TEXT], mended[CIVIL_TEXT];
	civil_text(l->anchor, anchor);
	civil_text(l->due_on, due);
	civil_text(l->done_on, done);
	civil_text(l->mended_on, mended);
	return arena_fmt(a, "%s:%s:due=%s:done=%s:mended=%s", anchor, duty_status_code(l->status), due, done, mended);
}

static bool line_is(struct arena *a, const struct duty_line *l, const char *want)
{
	size_t n;
	char **w = str_split(a, want, ':', &n);
	if (n < 2 || l->anchor != script_day(w[0]) || !str_eq(duty_status_code(l->status), w[1]))
		return false;
	for (size_t i = 2; i < n; i++) {
		if (str_starts(w[i], "due=") && l->due_on != script_day(w[i] + 4))
			return false;
		if (str_starts(w[i], "done=") && l->done_on != script_day(w[i] + 5))
			return false;
		if (str_starts(w[i], "mended=") && l->mended_on != script_day(w[i] + 7))
			return false;
	}
	return true;
}

static bool kept(enum duty_status s) { return s == DUTY_DONE || s == DUTY_WAIVED || s == DUTY_NOT_APPLICABLE; }

static void explicit_case(struct run *r, const struct script *s)
{
	struct duty_lines out = judge(r, s, s->on, NULL, NULL);
	bool same = out.n == s->n_want;
	for (size_t i = 0; same && i < out.n; i++)
		same = line_is(r->a, &out.v[i], s->want[i]);
	if (!same) {
		for (size_t i = 0; i < out.n; i++)
			print_error("  got  %s\n", line_text(r->a, &out.v[i]));
		for (size_t i = 0; i < s->n_want; i++)
			print_error("  want %s\n", s->want[i]);
		fail_msg("%s (line %d, %s)", s->name, s->line, s->rule);
	}
	for (size_t i = 0; i < out.n; i++)
		seen(r, s->rule, kept(out.v[i].status));
	if (out.n == 0)
		seen(r, s->rule, true);
}

/* The first line of a variant has this status. */
static void must_be(struct run *r, const struct script *s, const char *variant, const char *act_day, const struct script_fact *act, civil on, enum duty_status want)
{
	struct duty_lines out = judge(r, s, on, act_day, act);
	if (!out.n || out.v[0].status != want)
		fail_msg("%s (line %d, %s) %s: want %s, got %s", s->name, s->line, s->rule, variant, duty_status_code(want), out.n ? line_text(r->a, &out.v[0]) : "nothing");
	seen(r, s->rule, kept(want));
}

static const struct duty_rule *rule_on(const struct run *r, const char *id, civil on)
{
	const struct duty_rule *x = duty_rule_find(r->law, id, on);
	assert_non_null(x);
	return x;
}

static void p1(struct run *r, const struct script *s)
{
	civil on = civil_from(2026, 12, 20);
	enum duty_status bad = duty_unmet(rule_on(r, s->rule, civil_from(2026, 11, 1)));
	must_be(r, s, "the day before", "2026-10-31", NULL, on, DUTY_DONE);
	must_be(r, s, "on the day", "2026-11-01", NULL, on, DUTY_DONE);
	must_be(r, s, "the day after", "2026-11-02", NULL, on, bad);
	must_be(r, s, "never", NULL, NULL, on, bad);
}

static void p2(struct run *r, const struct script *s)
{
	civil on = civil_from(2026, 12, 31);
	must_be(r, s, "first day", "2026-11-01", NULL, on, DUTY_DONE);
	must_be(r, s, "last day", "2026-11-30", NULL, on, DUTY_DONE);
	must_be(r, s, "a day late", "2026-12-01", NULL, on, DUTY_OVERDUE);
	must_be(r, s, "the day before", "2026-10-31", NULL, on, DUTY_OVERDUE);
}

static void p3(struct run *r, const struct script *s)
{
	civil on = civil_from(2026, 11, 30);
	const struct duty_rule *rule = rule_on(r, s->rule, civil_from(2026, 11, 1));
	must_be(r, s, "all filled in", "2026-11-01", NULL, on, DUTY_DONE);
	for (size_t i = 0; i < rule->p.n_fields; i++) {
		struct script_fact blank = s->act, gone = s->act;
		const char *name = r->law->duties->symbol_text[rule->p.fields[i]];
		size_t at = 2;
		while (at < gone.n && !(str_starts(gone.words[at], name) && gone.words[at][strlen(name)] == '='))
			at++;
		assert_true(at < gone.n);
		blank.words[at] = arena_fmt(r->a, "%s=　", name);
		must_be(r, s, name, "2026-11-01", &blank, on, duty_unmet(rule));
		memmove(&gone.words[at], &gone.words[at + 1], (gone.n - at - 1) * sizeof gone.words[0]);
		gone.n--;
		must_be(r, s, name, "2026-11-01", &gone, on, duty_unmet(rule));
	}
}

static void p4(struct run *r, const struct script *s)
{
	char day[CIVIL_TEXT], late[CIVIL_TEXT];
	assert_true(s->due != CIVIL_NONE);
	civil_text(s->due, day);
	civil_text(s->due + 1, late);
	enum duty_status bad = duty_unmet(rule_on(r, s->rule, s->due));
	must_be(r, s, "on the day", day, NULL, s->due + 40, DUTY_DONE);
	must_be(r, s, "the day after", late, NULL, s->due + 40, bad);
	must_be(r, s, "open, in time", NULL, NULL, s->due, DUTY_DUE);
	must_be(r, s, "open, too late", NULL, NULL, s->due + 1, bad);
}

static void p5(struct run *r, const struct script *s)
{
	civil on = civil_from(2026, 11, 30);
	must_be(r, s, "without", NULL, NULL, on, DUTY_BLOCKED);
	must_be(r, s, "with", "2026-11-01", NULL, on, DUTY_DONE);
	struct script_fact gone = s->act;
	gone.words[gone.n++] = arena_str(r->a, "revoked_on=2026-11-20");
	must_be(r, s, "taken back", "2026-11-01", &gone, on, DUTY_BLOCKED);
	must_be(r, s, "not yet taken back", "2026-11-01", &gone, civil_from(2026, 11, 19), DUTY_DONE);
}

/* 努力義務 warns; the same rule as a duty would be broken. */
static void p8(struct run *r, const struct script *s)
{
	civil on = civil_from(2026, 12, 31);
	must_be(r, s, "not done", NULL, NULL, on, DUTY_WARNED);
	must_be(r, s, "done", "2026-11-01", NULL, on, DUTY_DONE);
	struct duty_rule *rule = (struct duty_rule *)rule_on(r, s->rule, on);
	assert_int_equal(rule->strength, DUTY_EFFORT);
	rule->strength = DUTY_MUST;
	must_be(r, s, "as a duty", NULL, NULL, on, DUTY_OVERDUE);
	rule->strength = DUTY_EFFORT;
}

static void p9(struct run *r, const struct script *s)
{
	char until[CIVIL_TEXT];
	civil_text(s->due, until);
	must_be(r, s, "last day", NULL, NULL, s->due, DUTY_BLOCKED);
	must_be(r, s, "the day after", NULL, NULL, s->due + 1, DUTY_DONE);
	must_be(r, s, "thrown away too early", until, NULL, s->due + 1, DUTY_OVERDUE);
	const struct duty_rule *rule = rule_on(r, s->rule, s->due);
	if (!rule->p.need.n)
		return;
	struct script held = *s;
	held.attrs[held.n_attrs++] = duty_value(r->law->duties, "hold", "true");
	must_be(r, &held, "held back", NULL, NULL, s->due + 1, DUTY_BLOCKED);
}

static void one(const struct script *s, void *arg)
{
	struct run *r = arg;
	static void (*const patterns[])(struct run *, const struct script *) = {NULL, p1, p2, p3, p4, p5, NULL, NULL, p8, p9};
	if (!s->pattern)
		explicit_case(r, s);
	else
		patterns[s->pattern[1] - '0'](r, s);
	r->checked++;
}

static void worked_cases(void **state)
{
	int lacking = 0;
	struct run r = {.a = *state, .law = load(*state), .met = map_new(*state), .unmet = map_new(*state)};
	script_each(r.law->duties, r.a, arena_fmt(r.a, "%s/tests/unit/duty_cases.txt", getenv("TSUNAGI_ROOT")), one, &r);
	for (size_t i = 0; i < r.law->duties->n_rules; i++) {
		const struct duty_rule *rule = &r.law->duties->rules[i];
		bool met = map_get(&r.met, rule->view.id) != NULL, unmet = map_get(&r.unmet, rule->view.id) || rule->kind == DUTY_KIND_age;
		if (!met || !unmet)
			print_error("%s has no case in which it is %s\n", rule->view.id, met ? "not kept" : "kept");
		lacking += !met || !unmet;
	}
	assert_int_equal(lacking, 0);
	assert_true(r.checked > 150);
}

/* P6: the day before it begins the old version, on the day the new one; on the last day this version, the day after the next. */
static void versions(void **state)
{
	const struct law_catalogue *law = load(*state);
	for (size_t i = 0; i < law->duties->n_rules; i++) {
		const struct duty_rule *r = &law->duties->rules[i];
		const struct duty_rule_view *v = &r->view;
		const struct duty_rule *before = duty_rule_find(law, v->id, v->from - 1), *after = duty_rule_find(law, v->id, v->to + 1);
		assert_ptr_equal(duty_rule_find(law, v->id, v->from), r);
		assert_ptr_equal(duty_rule_find(law, v->id, v->to), r);
		assert_true(v->version == 1 ? before == NULL : before && before->view.version == v->version - 1);
		assert_true(v->to == CIVIL_OPEN ? after == NULL : after && after->view.version == v->version + 1);
	}
}

static void words(void **state)
{
	const struct law_catalogue *law = load(*state);
	const char *missing = duty_names_missing(law, *state);
	if (missing)
		fail_msg("law/names.tsv has no word for %s", missing);
}

struct ids {
	const struct law_catalogue *law;
	struct arena *a;
	const char *not_computed;
	int n;
	struct map seen;
};

/* id how: duty (in law/duties.tsv), pure:TEST (a function tested in test_duty_law.c), not (docs/rules-not-computed.md) */
static err id_row(struct ctx *c, const struct law_row *row, void *arg)
{
	struct ids *x = arg;
	(void)c;
	const char *id = row->field[0], *how = row->field[1];
	bool have = false, told = strstr(x->not_computed, arena_fmt(x->a, "| %s |", id)) != NULL;
	for (size_t i = 0; i < x->law->duties->n_rules; i++)
		have = have || str_eq(x->law->duties->rules[i].view.id, id);
	map_set(&x->seen, id, x);
	if (have != str_eq(how, "duty") || told != str_eq(how, "not") || (!have && !told && !str_starts(how, "pure:")))
		fail_msg("%s: %s, but it stands %s in law/duties.tsv and %s in docs/rules-not-computed.md", id, how, have ? "" : "not", told ? "" : "not");
	x->n++;
	return OK;
}

static char *slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	char *text = arena_alloc(a, 1 << 18);
	text[fread(text, 1, (1 << 18) - 1, f)] = '\0';
	fclose(f);
	return text;
}

static void every_rule_is_somewhere(void **state)
{
	struct arena *a = *state;
	const char *root = getenv("TSUNAGI_ROOT");
	struct ids x = {.law = load(a), .a = a, .not_computed = slurp(a, arena_fmt(a, "%s/docs/rules-not-computed.md", root)), .seen = map_new(a)};
	struct ctx c;
	ctx_init(&c, a, 0);
	assert_int_equal(law_read_tsv(&c, a, &(struct law_source){.dir = arena_fmt(a, "%s/tests/unit", root)}, "duty_rule_ids.tsv", "id\thow", id_row, &x), OK);
	assert_true(x.n > 110);
	for (size_t i = 0; i < x.law->duties->n_rules; i++)
		if (!map_get(&x.seen, x.law->duties->rules[i].view.id))
			fail_msg("%s is not in tests/unit/duty_rule_ids.tsv", x.law->duties->rules[i].view.id);
}

/* Every worked test of the reference rules §1.4, §2.4, §3.2 and T-FE-01…07 stands in one of the two files by its number. */
static void every_worked_test_is_here(void **state)
{
	struct arena *a = *state;
	const char *root = getenv("TSUNAGI_ROOT");
	const char *cases = slurp(a, arena_fmt(a, "%s/tests/unit/duty_cases.txt", root)), *pure = slurp(a, arena_fmt(a, "%s/tests/unit/test_duty_law.c", root));
	static const struct {
		const char *name;
		int n;
	} t[] = {{"CM", 40}, {"YB", 17}, {"NT", 15}, {"FE", 7}};
	for (size_t i = 0; i < 4; i++)
		for (int k = 1; k <= t[i].n; k++) {
			const char *id = arena_fmt(a, "T-%s-%02d", t[i].name, k);
			if (!strstr(cases, id) && !strstr(pure, id))
				fail_msg("%s has no test", id);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(worked_cases), UNIT(versions), UNIT(words), UNIT(every_rule_is_somewhere), UNIT(every_worked_test_is_here)};
	return cmocka_run_group_tests_name("duty_rules", tests, NULL, NULL);
}
