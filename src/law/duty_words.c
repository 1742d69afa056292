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
		return str_eq(v->text, "false") ? name_of(e->law, "duty_word", v->text, v->text) : v->text; /* no rule asks for "no" by name */
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
		add(in, law_param_label(e->a, k->param), law_param_words(e->a, k->param, text, e->ask->day_text), set ? "保険者の定め" : "保険者の定めがないときの既定値");
		return;
	}
	const struct law_number *row = duty_count_row(k, on);
	if (row)
		add(in, row->meaning, arena_fmt(e->a, "%lld%s", (long long)row->value, law_unit_ja(row->unit)), row->source);
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
	if (!what && kind && *kind->text)
		what = f->code == e->t->exc ? law_code_label(e->law, "exc_kind", kind->text) : name_of(e->law, "duty_word", arena_fmt(e->a, "kind=%s", kind->text), NULL);
	return arena_fmt(e->a, "%s %s", day_of(e, duty_fact_day(e, f) == CIVIL_NONE ? f->on_day : duty_fact_day(e, f)), what ? what : evidence_of(e, f->code));
}

/* ---- why a record does not count ------------------------------------------------------------------------------------------------------ */

/* 「居宅で面接した: いいえ」: the first thing asked of the record that it does not say. */
static const char *failed_words(const struct duty_env *e, const struct duty_cond *k, const struct duty_fact *f)
{
	for (size_t i = 0; i < k->n; i++) {
		const struct duty_cond one = {&k->v[i], 1};
		struct duty_value v;
		if (duty_cond_holds(e, &one, f, CIVIL_NONE))
			continue;
		(void)duty_ref_value(e, &k->v[i].ref, f, CIVIL_NONE, &v);
		const char *shown = value_of(e, k->v[i].ref.name, &v), *label = word_of(e, "duty_field", k->v[i].ref.name);
		if (k->v[i].op == OP_HAS)
			return arena_fmt(e->a, "「%s」に「%s」がない", label, name_of(e->law, "duty_word", arena_fmt(e->a, "%s=%s", e->t->symbol_text[k->v[i].ref.name], k->v[i].texts[0]), k->v[i].texts[0]));
		return arena_fmt(e->a, "「%s」が%s", label, str_blank(shown) ? "空いている" : arena_fmt(e->a, "「%s」", shown));
	}
	return NULL;
}

/* The tests of duty_fact_counts one by one, so that the two cannot differ in the result: what is left over is a link. */
const char *duty_lack_of(const struct duty_env *e, const struct duty_fact *f, civil hi)
{
	const struct duty_param_set *p = &e->r->p;
	if (duty_fact_counts(e, f, &p->need, hi))
		return NULL;
	const char *failed = failed_words(e, &p->need, f);
	if (failed)
		return failed;
	if (p->tv && !duty_tv_valid(e, f))
		return "テレビ電話の要件がそろわない";
	if (e->half_from != CIVIL_NONE && duty_field_day(f, W_period_from) != e->half_from)
		return "割合の期間が違う";
	if (p->revoked >= 0 && e->r->kind != DUTY_KIND_covers && duty_field_day(f, p->revoked) != CIVIL_NONE && duty_field_day(f, p->revoked) <= hi)
		return "取り消されている";
	if (p->written >= 0 && duty_field_day(f, p->written) == CIVIL_NONE)
		return "書いた日がない";
	if (p->written >= 0 && duty_field_day(f, p->written) > hi + duty_term_of(e, &p->grace, hi, 0))
		return arena_fmt(e->a, "書いたのが %s で、期限の後", day_of(e, duty_field_day(f, p->written)));
	return e->month ? "ほかの月の記録" : "ほかの計画・相手の記録";
}

/* Another matter that the same kind of record is used for (another 届出, another committee) is not a record that lacks something. */
static bool other_matter(const struct duty_env *e, const struct duty_fact *f)
{
	for (size_t i = 0; i < e->r->p.need.n; i++) {
		const struct duty_cond one = {&e->r->p.need.v[i], 1};
		if (one.v->ref.name == W_kind && one.v->ref.scope == REF_FACT && !duty_cond_holds(e, &one, f, CIVIL_NONE))
			return true;
	}
	return false;
}

static bool is_near(const struct duty_env *e, const struct duty_line *l, const struct duty_fact *f)
{
	civil day = duty_fact_day(e, f);
	if (f == l->fact)
		return true;
	return !other_matter(e, f) && ((day != CIVIL_NONE && (l->lo == CIVIL_NONE || day >= l->lo) && day <= l->hi) || (day != CIVIL_NONE && day == l->mended_on));
}

/* The records in the period, those that do not count too: they are why somebody asks. Of many, the last. */
static void add_facts(struct inputs *in, const struct duty_line *l)
{
	struct duty_env *e = in->e;
	int near = 0, at = 0;
	for (size_t k = 0; k < e->r->n_codes; k++)
		for (size_t i = e->start[e->r->codes[k]]; i < e->start[e->r->codes[k] + 1]; i++)
			near += is_near(e, l, e->by[i]);
	for (size_t k = 0; k < e->r->n_codes; k++)
		for (size_t i = e->start[e->r->codes[k]]; i < e->start[e->r->codes[k] + 1]; i++) {
			const struct duty_fact *f = e->by[i];
			if (!is_near(e, l, f) || (++at <= near - SHOWN_FACTS && f != l->fact))
				continue;
			const char *lack = duty_lack_of(e, f, l->hi);
			add(in, evidence_of(e, f->code), arena_fmt(e->a, "%s%s", fact_words(e, f), lack ? arena_fmt(e->a, "（要件に合わない: %s）", lack) : ""), "記録");
		}
	if (!near && e->r->n_codes)
		add(in, evidence_of(e, e->r->codes[0]), "", "証拠記録");
	if (l->other && l->other->code != e->t->exc)
		add(in, evidence_of(e, l->other->code), fact_words(e, l->other), "記録");
}

/* ---- exceptions --------------------------------------------------------------------------------------------------------------------------- */

static const char *param_now(const struct duty_env *e, const struct law_param *p, civil on, const struct duty_param_value **set)
{
	return law_param_words(e->a, p, law_param_text(p, e->ask->params, e->s->insurer, on, set), e->ask->day_text);
}

static const char *refusal_words(const struct duty_env *e, const struct duty_fact *f, const struct duty_line *l, enum duty_refusal why)
{
	const struct duty_param_set *p = &e->r->p;
	const struct duty_value *kind = duty_field(f, W_kind);
	const struct duty_param_value *set;
	civil first, last;
	switch (why) {
	case EXC_KIND: return "この理由は、この決まりの例外になりません";
	case EXC_GROUND: return "理由が書かれていません";
	case EXC_WRITTEN: return "書いた日がありません";
	case EXC_LAPSED:
		(void)duty_exception_days(e->law, kind->text, &first, &last);
		return l->hi > last ? arena_fmt(e->a, "この理由が使えるのは %s までです", day_of(e, last)) : arena_fmt(e->a, "この理由が使えるのは %s からです", day_of(e, first));
	case EXC_RECORD: return arena_fmt(e->a, "この期間に、状態を確かめた記録（%s）がありません", evidence_of(e, p->exc_with));
	case EXC_TOLD:
		return arena_fmt(e->a, "保険者の定めは「%s」ですが、%s から %s までに、届出・通知の記録「特段の事情の市町村への連絡」がありません", param_now(e, p->exc_notify, l->hi, &set),
		                 day_of(e, l->lo), day_of(e, l->hi));
	default: return NULL;
	}
}

/* The exceptions that are written down for the days, whether they count or why they do not, and what the insurer asks for beside them. */
static void add_exceptions(struct inputs *in, const struct duty_line *l)
{
	struct duty_env *e = in->e;
	const struct law_param *p = e->r->p.exc_notify;
	bool any = false;
	civil lo = l->lo == CIVIL_NONE ? l->hi : l->lo, hi = e->month ? law_month_last(e->month) : l->hi;
	if (l->other && l->other->code == e->t->exc)
		add(in, evidence_of(e, l->other->code), fact_words(e, l->other), "記録");
	if (l->status == DUTY_DONE || l->status == DUTY_WAIVED || !e->r->n_exceptions)
		return;
	for (size_t i = e->start[e->t->exc]; i < e->start[e->t->exc + 1]; i++) {
		enum duty_refusal why = duty_refused(e, e->by[i], lo, hi);
		const char *words = refusal_words(e, e->by[i], l, why);
		if (!words || e->by[i] == l->other)
			continue;
		add(in, evidence_of(e, e->t->exc), arena_fmt(e->a, "%s（例外として数えない: %s）", fact_words(e, e->by[i]), words), "記録");
		in->out->untold = in->out->untold || why == EXC_TOLD;
		any = true;
	}
	const struct duty_param_value *set = NULL;
	if (p && (any || !str_eq(law_param_text(p, e->ask->params, e->s->insurer, l->hi, NULL), "record"))) {
		const char *now = param_now(e, p, l->hi, &set);
		add(in, law_param_label(e->a, p), now, set ? "保険者の定め" : "保険者の定めがないときの既定値");
	}
}

static const char *period_words(const struct duty_env *e, const struct duty_line *l)
{
	struct ymd d = civil_ymd(l->anchor);
	bool monthly = e->r->kind == DUTY_KIND_monthly || (e->r->p.per_month && l->hi == law_month_last(law_month_of(l->anchor)) && d.d == 1);
	if (monthly || (e->r->kind == DUTY_KIND_visit_within && !e->r->p.by_periods))
		return e->ask->month_text ? e->ask->month_text(e->a, d.y, d.m) : arena_fmt(e->a, "%d年%d月", d.y, d.m);
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

/* 「前回 … の次は … まで」 of what is done again; else since when it is there, or was not. */
static const char *standing_words(const struct duty_env *e, const struct duty_line *l)
{
	const char *result = result_words(e, l);
	if (e->r->p.n.set)
		return arena_fmt(e->a, "%s %s の次は %s まで → %s", l->fact ? "前回" : "始まり", day_of(e, l->anchor), day_of(e, l->hi), result);
	if (!l->fact)
		return arena_fmt(e->a, "%s から %sの記録がない → %s", day_of(e, l->anchor), evidence_of(e, e->r->codes[0]), result);
	const char *until = l->hi == CIVIL_OPEN ? "" : arena_fmt(e->a, "（%s まで）", day_of(e, l->hi));
	return arena_fmt(e->a, "%s%s → %s", fact_words(e, l->fact), until, result);
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
	case DUTY_KIND_standing: return standing_words(e, l);
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
	add_exceptions(&in, l);
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
