/* law/duty: a line in words. The facts are looked for once more, so that judging need not carry texts. */
#include "base/buf.h"
#include "base/str.h"
#include "law/codes.h"
#include "law/duty_own.h"
#include "law/penalty.h"

enum { SHOWN_FACTS = 6 };

static const char *name_of(const struct law_catalogue *law, const char *kind, const char *key, const char *otherwise)
{
	for (size_t i = 0; i < law->n_names; i++)
		if (str_eq(law->names[i].kind, kind) && str_eq(law->names[i].key, key))
			return law->names[i].label;
	return otherwise;
}

static const char *word_of(const struct duty_env *e, const char *kind, int symbol)
{
	const char *text = symbol < 0 || symbol >= e->t->n_symbols ? "" : e->t->symbol_text[symbol];
	return name_of(e->law, kind, text, text);
}

static const char *day_of(const struct duty_env *e, civil day)
{
	if (day == CIVIL_NONE || day == CIVIL_OPEN)
		return day == CIVIL_OPEN ? "終わりなし" : "記録なし";
	if (e->ask->day_text)
		return e->ask->day_text(e->a, day);
	char text[CIVIL_TEXT];
	civil_text(day, text);
	return arena_str(e->a, text);
}

static const char *evidence_of(const struct duty_env *e, int code)
{
	return code < 0 ? "" : law_code_label(e->law, "evidence", e->t->code_text[code]);
}

/* A word may mean one thing in one field and another elsewhere: field=word goes first. */
static const char *value_of(const struct duty_env *e, int field, const struct duty_value *v)
{
	if (v->day != CIVIL_NONE)
		return day_of(e, v->day);
	if (v->symbol < 0)
		return v->text;
	const char *own = name_of(e->law, "duty_word", arena_fmt(e->a, "%s=%s", e->t->symbol_text[field], v->text), NULL);
	return own ? own : name_of(e->law, "duty_word", v->text, v->text);
}

struct inputs {
	struct duty_env *e;
	struct duty_explanation *out;
	size_t cap;
};

static void add(struct inputs *in, const char *label, const char *shown, const char *from)
{
	if (in->out->n_inputs < in->cap)
		in->out->inputs[in->out->n_inputs++] = (struct duty_input){label, str_blank(shown) ? "記録なし" : shown, from};
}

static const char *where_of(const struct duty_env *e, const struct duty_ref *r)
{
	switch (r->scope) {
	case REF_SUBJECT: return name_of(e->law, "duty_subject", e->r->view.subject, e->r->view.subject);
	case REF_PART: return word_of(e, "duty_part", r->part);
	default: return e->event ? evidence_of(e, e->event->code) : "記録";
	}
}

static void add_ref(struct inputs *in, const struct duty_ref *r, civil on)
{
	struct duty_value v;
	if (!r->set)
		return;
	(void)duty_ref_value(in->e, r, NULL, on, &v);
	add(in, word_of(in->e, "duty_field", r->name), value_of(in->e, r->name, &v), where_of(in->e, r));
}

static void add_count(struct inputs *in, const struct duty_count *k, civil on)
{
	struct duty_env *e = in->e;
	if (!k->set)
		return;
	if (k->param) {
		const struct duty_param_value *set;
		const char *text = law_param_text(k->param, e->ask->params, e->s->insurer, on, &set);
		add(in, k->param->meaning, arena_fmt(e->a, "%s%s", text, k->param->unit), set ? "保険者の定め" : "保険者の定めがないときの既定値");
		return;
	}
	const struct law_number *row = duty_count_row(k, on);
	if (row)
		add(in, row->meaning, arena_fmt(e->a, "%lld%s", (long long)row->value, row->unit), row->source);
}

static void add_cond(struct inputs *in, const struct duty_cond *k, civil on)
{
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].ref.scope == REF_SUBJECT || k->v[i].ref.scope == REF_PART)
			add_ref(in, &k->v[i].ref, on);
}

/* 「2026-04-30 居宅訪問」 */
static const char *fact_words(const struct duty_env *e, const struct duty_fact *f)
{
	const struct duty_value *how = duty_field(f, W_how), *kind = duty_field(f, W_kind);
	const char *what = how && *how->text ? name_of(e->law, "duty_word", how->text, NULL) : NULL;
	if (!what && kind && f->code == e->t->exc)
		what = law_code_label(e->law, "exc_kind", kind->text);
	return arena_fmt(e->a, "%s %s", day_of(e, duty_fact_day(e, f) == CIVIL_NONE ? f->on_day : duty_fact_day(e, f)), what ? what : evidence_of(e, f->code));
}

/* The facts in the period, those that do not count too: they are why somebody asks. */
static void add_facts(struct inputs *in, const struct duty_line *l)
{
	struct duty_env *e = in->e;
	int shown = 0;
	for (size_t k = 0; k < e->r->n_codes; k++)
		for (size_t i = e->start[e->r->codes[k]]; i < e->start[e->r->codes[k] + 1] && shown < SHOWN_FACTS; i++) {
			const struct duty_fact *f = e->by[i];
			civil day = duty_fact_day(e, f);
			bool near = f == l->fact || (day != CIVIL_NONE && (l->lo == CIVIL_NONE || day >= l->lo) && day <= l->hi) || day == l->mended_on;
			if (!near)
				continue;
			bool counts = duty_fact_counts(e, f, &e->r->p.need, l->hi);
			add(in, evidence_of(e, f->code), arena_fmt(e->a, "%s%s", fact_words(e, f), counts ? "" : duty_tv_valid(e, f) ? "（要件に合わない）" : "（テレビ電話の要件がそろわない）"),
			    "記録");
			shown++;
		}
	if (!shown && e->r->n_codes)
		add(in, evidence_of(e, e->r->codes[0]), "", "証拠記録");
	if (l->other)
		add(in, evidence_of(e, l->other->code), fact_words(e, l->other), "記録");
}

static const char *period_words(const struct duty_env *e, const struct duty_line *l)
{
	struct ymd d = civil_ymd(l->anchor);
	bool monthly = e->r->kind == DUTY_KIND_monthly || (e->r->p.per_month && l->hi == law_month_last(law_month_of(l->anchor)) && d.d == 1);
	if (monthly || (e->r->kind == DUTY_KIND_visit_within && !e->r->p.by_periods))
		return arena_fmt(e->a, "%d年%d月", d.y, d.m);
	if (e->r->kind == DUTY_KIND_periods)
		return arena_fmt(e->a, "第%lld期（%s から %s まで）", (long long)l->have, day_of(e, l->lo), day_of(e, l->hi));
	return l->lo == CIVIL_NONE || l->lo == l->hi ? arena_fmt(e->a, "%s まで", day_of(e, l->due_on))
	                                             : arena_fmt(e->a, "%s から %s まで", day_of(e, l->lo), day_of(e, l->due_on));
}

static const char *result_words(const struct duty_env *e, const struct duty_line *l)
{
	const char *s = duty_status_ja(l->status);
	if (l->status == DUTY_OVERDUE && l->mended_on != CIVIL_NONE)
		return arena_fmt(e->a, "%s（%s に行った）", s, day_of(e, l->mended_on));
	return s;
}

static const char *missing_fields(const struct duty_env *e, const struct duty_line *l)
{
	struct buf b = buf_new(e->a);
	for (size_t i = 0; i < e->r->p.n_fields; i++) {
		const struct duty_value *v = duty_field(l->event, e->r->p.fields[i]);
		if (!v || str_blank(v->text) || str_eq(v->text, "false"))
			buf_fmt(&b, "%s%s", b.n ? "、" : "", word_of(e, "duty_field", e->r->p.fields[i]));
	}
	return b.n ? arena_fmt(e->a, "空いている欄: %s", b.p) : "欄がすべて書かれている";
}

static const char *number_words(const struct duty_env *e, const struct duty_line *l)
{
	const char *of = e->r->p.of.set && l->of != INT_NULL ? arena_fmt(e->a, " ÷ %lld", (long long)l->of) : "";
	int64_t den = duty_count_of(e, &e->r->p.den, l->anchor, 1);
	const char *bound = l->bound == INT_NULL ? "（基準なし）" : den == 1 ? arena_fmt(e->a, "%lld", (long long)l->bound) : arena_fmt(e->a, "%lld/%lld", (long long)l->bound, (long long)den);
	if (l->have == INT_NULL)
		return "数がわからない";
	return arena_fmt(e->a, "%lld%s は %s %s", (long long)l->have, of, bound,
	                 l->status == DUTY_NOT_APPLICABLE ? (e->r->p.least ? "未満" : "以下") : e->r->p.least ? "以上" : "を超える");
}

static const char *computation(const struct duty_env *e, const struct duty_line *l)
{
	const char *result = result_words(e, l), *what;
	switch (e->r->kind) {
	case DUTY_KIND_fields: return arena_fmt(e->a, "%s → %s", missing_fields(e, l), result);
	case DUTY_KIND_threshold:
		what = number_words(e, l);
		return e->r->n_codes && l->status != DUTY_NOT_APPLICABLE ? arena_fmt(e->a, "%s。%s → %s", what, period_words(e, l), result) : arena_fmt(e->a, "%s → %s", what, result);
	case DUTY_KIND_age: return arena_fmt(e->a, "誕生日の前日 %s に達する → %s", day_of(e, l->anchor), l->status == DUTY_DONE ? "達した" : result);
	case DUTY_KIND_retention:
		return arena_fmt(e->a, "%s から数えて %s まで捨てられない%s → %s", day_of(e, l->anchor), day_of(e, l->hi), l->count ? "（保留中）" : "",
		                 l->status == DUTY_DONE ? "翌日から捨てられる" : result);
	case DUTY_KIND_holds: return arena_fmt(e->a, "%s の状態 → %s", day_of(e, l->anchor), result);
	case DUTY_KIND_since_last:
		return arena_fmt(e->a, "%s %s の次は %s まで → %s", l->fact ? "前回" : "始まり", day_of(e, l->anchor), day_of(e, l->hi), result);
	default: break;
	}
	if (l->status == DUTY_NOT_APPLICABLE)
		return "この場合は省ける → 対象外";
	const char *fact = l->fact ? fact_words(e, l->fact) : "記録なし";
	if (l->fact && l->count > 0)
		fact = arena_fmt(e->a, "%s %d件", fact, l->count);
	return arena_fmt(e->a, "%s: %s%s%s → %s", period_words(e, l), fact, l->other ? "、" : "", l->other ? fact_words(e, l->other) : "", result);
}

void duty_explain(const struct law_catalogue *law, struct arena *a, const struct duty_ask *ask, const struct duty_line *l, struct duty_explanation *out)
{
	const struct duty_rule *r = l->rule;
	const struct duty_param_set *p = &r->p;
	struct duty_env e = {.law = law, .t = law->duties, .ask = ask, .s = l->subject, .a = a, .r = r, .part = l->part, .event = l->event, .half_from = CIVIL_NONE};
	if (r->kind == DUTY_KIND_half_year)
		e.half_from = law_half_year_before(l->anchor).from;
	if (p->month_field >= 0)
		e.month = law_month_of(l->anchor);
	duty_index(&e);
	struct inputs in = {.e = &e, .out = out, .cap = 32};
	*out = (struct duty_explanation){.title = r->view.title, .inputs = ARENA_ARRAY(a, in.cap, struct duty_input), .source = r->view.source,
		.confidence = r->view.confidence, .consequence = law_code_label(law, "duty_consequence", r->view.consequence), .mend = r->view.mend, .valid_from = r->view.from};
	if (l->part) {
		struct duty_ref label = {true, REF_PART, l->part->kind, W_label};
		struct duty_value v;
		if (duty_ref_value(&e, &label, NULL, CIVIL_NONE, &v))
			add(&in, word_of(&e, "duty_part", l->part->kind), v.text, "記録");
	}
	if (l->event)
		add(&in, evidence_of(&e, l->event->code), fact_words(&e, l->event), "記録");
	for (size_t i = 0; i < p->n_anchors; i++)
		add_ref(&in, &p->anchor[i], CIVIL_NONE);
	if (l->before_fee)
		add_ref(&in, &p->fee_from, CIVIL_NONE);
	add_cond(&in, &r->applies, l->anchor);
	add_cond(&in, &p->skip, l->anchor);
	add_ref(&in, &p->value, l->anchor);
	add_ref(&in, &p->of, l->anchor);
	const struct duty_count *counts[] = {&p->n, &p->bound, &p->grace, &p->number, &p->count};
	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
		add_count(&in, counts[i], l->anchor);
	add_facts(&in, l);
	out->computation = computation(&e, l);
	if (l->before_fee && (l->status == DUTY_OVERDUE || l->status == DUTY_DUE)) {
		civil from = duty_ref_day(&e, &p->fee_from, CIVIL_NONE);
		out->computation = arena_fmt(a, "%s。減算は、計画の最初の月（初日 %s）から数える", out->computation, from == CIVIL_NONE ? "まだ決まっていない" : day_of(&e, from));
	}
}

/* ---- names -------------------------------------------------------------------------------------------------------------------------------- */

static const char *ref_missing(const struct law_catalogue *law, const struct duty_ref *r)
{
	const char *name = law->duties->symbol_text[r->name];
	if (r->set && !name_of(law, "duty_field", name, NULL))
		return name;
	if (r->set && r->scope == REF_PART && !name_of(law, "duty_part", law->duties->symbol_text[r->part], NULL))
		return law->duties->symbol_text[r->part];
	return NULL;
}

static const char *cond_missing(const struct law_catalogue *law, const struct duty_cond *k)
{
	for (size_t i = 0; i < k->n; i++) {
		const char *m = ref_missing(law, &k->v[i].ref);
		if (m)
			return m;
	}
	return NULL;
}

const char *duty_names_missing(const struct law_catalogue *law, struct arena *a)
{
	(void)a;
	for (size_t i = 0; i < law->duties->n_rules; i++) {
		const struct duty_rule *r = &law->duties->rules[i];
		const struct duty_cond *conds[] = {&r->applies, &r->p.need, &r->p.event_if, &r->p.skip, &r->p.alt_need, &r->p.exc_if};
		const char *m = NULL;
		for (size_t k = 0; k < sizeof conds / sizeof conds[0] && !m; k++)
			m = cond_missing(law, conds[k]);
		for (size_t k = 0; k < r->p.n_anchors && !m; k++)
			m = ref_missing(law, &r->p.anchor[k]);
		for (size_t k = 0; k < r->p.n_fields && !m; k++)
			if (!name_of(law, "duty_field", law->duties->symbol_text[r->p.fields[k]], NULL))
				m = law->duties->symbol_text[r->p.fields[k]];
		if (!m && str_eq(law_code_label(law, "duty_consequence", r->view.consequence), r->view.consequence))
			m = r->view.consequence;
		if (m)
			return m;
	}
	return NULL;
}
