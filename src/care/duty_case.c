/* The rows of one case made into the subjects of the case and of its person. */
#include "care/duty_case.h"

#include "base/str.h"
#include "care/duty_keep.h"
#include "care/duty_short.h"
#include "care/plan_check.h"
#include "jp/era.h"

static bool in_use(const struct q_duty_plans_row *p)
{
	return p->from_on != CIVIL_NONE && (str_eq(p->status, "consented") || str_eq(p->status, "delivered") || str_eq(p->status, "provisional") ||
	                                    str_eq(p->status, "replaced") || str_eq(p->status, "ended"));
}

static bool is_draft(const struct q_duty_plans_row *p) { return str_eq(p->status, "draft") || str_eq(p->status, "explained"); }

static civil plan_end(const struct q_duty_plans_row *p)
{
	civil to = p->to_on == CIVIL_NONE ? CIVIL_OPEN : p->to_on;
	return p->ended_on != CIVIL_NONE && p->ended_on < to ? p->ended_on : to;
}

static bool runs_before(const struct duty_slice *s, const struct q_duty_plans_row *p)
{
	for (size_t i = 0; i < s->n_plan; i++)
		if (&s->plan[i] != p && in_use(&s->plan[i]) && s->plan[i].from_on <= p->from_on && plan_end(&s->plan[i]) >= p->from_on)
			return true;
	return false;
}

struct sums { /* over the services of a plan */
	bool medical, other;
	int64_t lifeaid;
};

static struct sums sums_of(const struct duty_slice *s, int64_t plan_id)
{
	struct sums out = {0};
	for (size_t i = 0; i < s->n_service; i++) {
		const struct q_duty_services_row *v = &s->service[i];
		if (v->plan_id != plan_id)
			continue;
		out.medical = out.medical || plan_type_is_medical(v->type_code);
		out.other = out.other || !str_eq(v->actor, "formal");
		if (v->life_support) /* a month of 31 days where only the week is told, as the check of the plan does */
			out.lifeaid += v->times_month != INT_NULL ? v->times_month : v->times_week != INT_NULL ? (v->times_week * 31 + 6) / 7 : 0;
	}
	return out;
}

/* What was done up to the consent to a version (or its first day, if that came first) was done for that version: the next one asks for its own
 * visit, meeting and opinion after that day (13条16号: a change goes through 3号 to 12号 again). No later than the day it was drafted. */
static civil since_of(const struct q_duty_plans_row *before, const struct q_duty_plans_row *p)
{
	if (!before)
		return CIVIL_NONE;
	civil made = before->consented_on != CIVIL_NONE && before->consented_on < before->from_on ? before->consented_on : before->from_on;
	if (made == CIVIL_NONE)
		made = before->create_on;
	return made + 1 < p->create_on ? made + 1 : p->create_on;
}

static bool is_minor(const struct q_duty_plans_row *p) { return str_eq(p->change_kind, "minor"); }

/* The meeting (or inquiry) in which the equipment of this version was looked at: of its own making, but where a 軽微な変更 leaves it out. */
static civil last_meeting(const struct duty_slice *s, civil since, civil before)
{
	civil day = CIVIL_NONE;
	for (size_t i = 0; i < s->n_fact; i++)
		if ((str_eq(s->fact[i].code, "REC-SCM") || str_eq(s->fact[i].code, "REC-INQ")) && s->fact[i].on_day <= before && (since == CIVIL_NONE || s->fact[i].on_day >= since))
			day = s->fact[i].on_day; /* they stand by day */
	return day;
}

static const struct q_duty_certs_row *cert_on(const struct duty_slice *s, civil on)
{
	const struct q_duty_certs_row *found = NULL;
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *r = &s->cert[i];
		if (str_eq(r->status, "certified") && r->from_on != CIVIL_NONE && r->from_on <= on && (r->to_on == CIVIL_NONE || r->to_on >= on))
			found = r;
	}
	return found;
}

/* 短期入所: the days within the certification that holds on the day asked, or on that day of the plan which is next to it. */
static void short_values(struct duty_values *v, const struct duty_slice *s, const struct duty_stays *stays, const struct q_duty_plans_row *p, civil on)
{
	civil from = p->from_on == CIVIL_NONE ? p->create_on : p->from_on, to = plan_end(p), day = on < from ? from : on > to ? to : on;
	const struct q_duty_certs_row *cert = cert_on(s, day);
	if ((!in_use(p) && !is_draft(p)) || !cert || cert->to_on == CIVIL_NONE || cert->to_on == CIVIL_OPEN)
		return;
	int64_t days = duty_short_days(stays, p, cert->from_on, cert->to_on, v->a);
	if (days == INT_NULL)
		return;
	duty_values_day(v, "counted_on", day);
	duty_values_int(v, "short_days", days);
	duty_values_int(v, "cert_days", cert->to_on - cert->from_on + 1);
}

/* since: from this day on an act is one for this version; CIVIL_NONE: there was none before it. */
static void plan_values(struct duty_values *v, const struct duty_slice *s, const struct q_duty_plans_row *p, civil since)
{
	struct sums sum = sums_of(s, p->id);
	bool minor = is_minor(p);
	v->n = 0;
	duty_values_day(v, "made_on", p->create_on);
	duty_values_day(v, "agreed_on", p->consented_on);
	duty_values_day(v, "since", since);
	duty_values_add(v, "minor", minor ? p->change_minor_code : "");
	duty_values_add(v, "minor_by", minor && p->change_judged_by != INT_NULL ? "staff" : "");
	duty_values_add(v, "minor_why", minor ? p->change_reason : "");
	duty_values_add(v, "medical", sum.medical ? "true" : "false");
	duty_values_add(v, "level", p->level);
	duty_values_int(v, "lifeaid_times", sum.lifeaid);
	duty_values_day(v, "lifeaid_since", civil_add_months(p->create_on, -12));
	duty_values_day(v, "eval_to", is_draft(p) ? CIVIL_NONE : p->to_on);
	duty_values_add(v, "other_services", sum.other ? "true" : "false");
	duty_values_add(v, "author_licensed", p->licensed ? "true" : "false");
	duty_values_add(v, "provisional", p->is_provisional ? "true" : "false");
}

static size_t plan_children(struct duty_values *v, const struct duty_slice *s, const struct q_duty_plans_row *p, civil since,
                            const struct duty_part *parent, struct duty_part *out)
{
	size_t n = 0;
	civil from = p->from_on == CIVIL_NONE ? p->create_on : p->from_on, to = plan_end(p);
	for (size_t i = 0; i < s->n_target; i++) {
		const struct q_duty_targets_row *t = &s->target[i];
		if (t->plan_id != p->id)
			continue;
		v->n = 0;
		duty_values_add(v, "label", t->name);
		duty_values_add(v, "office", t->name);
		duty_values_add(v, "wants_plan", str_blank(t->reason) ? "true" : "false");
		struct duty_part *o = &out[n++];
		*o = (struct duty_part){.kind = duty_values_symbol(v, t->what == 1 ? "recipient" : "provider"), .from = from, .to = to, .parent = parent,
			.id = t->what == 1 ? duty_recipient(v->a, t->kind, t->org_id, t->name) : t->name};
		duty_values_keep(v, &o->v, &o->n);
	}
	civil checked = last_meeting(s, is_minor(p) ? CIVIL_NONE : since, p->consented_on != CIVIL_NONE ? p->consented_on : from);
	for (size_t i = 0; i < s->n_service; i++) {
		const struct q_duty_services_row *x = &s->service[i];
		bool sale = plan_type_is_sale(x->type_code);
		if (x->plan_id != p->id || !plan_type_is_equipment(x->type_code))
			continue;
		v->n = 0;
		duty_values_add(v, "use", sale ? "sale" : "rental");
		duty_values_add(v, "reason", x->reason);
		duty_values_day(v, "checked_on", checked);
		duty_values_day(v, "from", x->from_on != CIVIL_NONE ? x->from_on : from);
		struct duty_part *o = &out[n++];
		*o = (struct duty_part){.kind = duty_values_symbol(v, "equipment"), .id = x->pid, .from = from, .to = to, .parent = parent};
		duty_values_keep(v, &o->v, &o->n);
	}
	return n;
}

/* The days in which a plan is in use and benefits are managed (13条14号: each month of them): one span for plans that follow each other without
 * a day between. Where a plan has run out and none follows, nothing is managed and no month is asked for. */
static size_t active_spans(struct duty_values *v, const struct duty_slice *s, struct duty_part *out)
{
	civil end = s->k->end_on == CIVIL_NONE ? CIVIL_OPEN : s->k->end_on, after = CIVIL_NONE;
	int kind = duty_values_symbol(v, "active");
	size_t n = 0;
	for (;;) {
		const struct q_duty_plans_row *next = NULL;
		for (size_t i = 0; i < s->n_plan; i++) {
			const struct q_duty_plans_row *p = &s->plan[i];
			if (in_use(p) && p->from_on <= end && plan_end(p) >= p->from_on && plan_end(p) > after && (!next || p->from_on < next->from_on))
				next = p;
		}
		if (!next)
			return n;
		after = plan_end(next);
		if (n && (out[n - 1].to == CIVIL_OPEN || next->from_on <= out[n - 1].to + 1))
			out[n - 1].to = after < end ? after : end;
		else
			out[n++] = (struct duty_part){.kind = kind, .id = "", .from = next->from_on, .to = after < end ? after : end};
	}
}

/* A running case without a plan in use on that day, and none agreed for a day to come: since when, for the rows of the house. */
static size_t without_plan(struct duty_values *v, const struct duty_slice *s, civil on, struct duty_part *out)
{
	const struct q_duty_cases_row *k = s->k;
	civil last = CIVIL_NONE;
	bool draft = false;
	if (k->start_on == CIVIL_NONE || k->start_on > on || (k->end_on != CIVIL_NONE && k->end_on <= on))
		return 0;
	for (size_t i = 0; i < s->n_plan; i++) {
		const struct q_duty_plans_row *p = &s->plan[i];
		draft = draft || is_draft(p);
		if (!in_use(p))
			continue;
		if (plan_end(p) >= on)
			return 0;
		last = plan_end(p) > last ? plan_end(p) : last;
	}
	bool lapsed = last != CIVIL_NONE;
	civil from = lapsed ? last + 1 : k->start_on;
	const char *more = draft ? "、原案を作成中" : "";
	v->n = 0;
	duty_values_add(v, "label", lapsed ? arena_fmt(v->a, "計画の期間は%sまで%s", era_text(v->a, last), more) : arena_fmt(v->a, "支援を始めて%d日%s", on - from, more));
	*out = (struct duty_part){.kind = duty_values_symbol(v, lapsed ? "lapsed" : "unplanned"), .id = "", .from = from, .to = CIVIL_OPEN};
	duty_values_keep(v, &out->v, &out->n);
	return 1;
}

void duty_case_parts(struct duty_values *v, const struct duty_slice *s, civil on, struct duty_subject *out)
{
	struct duty_part *parts = ARENA_ARRAY(v->a, 2 * s->n_plan + s->n_target + s->n_service + 1, struct duty_part);
	const struct duty_stays stays = {.plan = s->plan, .service = s->service, .fact = s->fact, .n_plan = s->n_plan, .n_service = s->n_service, .n_fact = s->n_fact,
		.in_use = in_use, .end = plan_end};
	const struct q_duty_plans_row *before = NULL; /* the last version that came into use */
	bool any_stay = duty_short_any(&stays);
	size_t n = 0;
	for (size_t i = 0; i < s->n_plan; i++) {
		const struct q_duty_plans_row *p = &s->plan[i];
		struct duty_part *o = &parts[n++];
		/* a draft that follows a plan in use begins nothing yet: its first day is a wish until it is agreed to */
		*o = (struct duty_part){.kind = duty_values_symbol(v, "plan"), .id = p->pid, .from = is_draft(p) && runs_before(s, p) ? CIVIL_NONE : p->from_on, .to = plan_end(p)};
		civil since = since_of(before, p);
		plan_values(v, s, p, since);
		if (any_stay)
			short_values(v, s, &stays, p, on);
		duty_values_keep(v, &o->v, &o->n);
		bool agreed = in_use(p);
		if (agreed)
			n += plan_children(v, s, p, since, o, parts + n);
		if (agreed)
			before = p;
	}
	n += active_spans(v, s, parts + n);
	n += without_plan(v, s, on, parts + n);
	out->parts = parts;
	out->n_parts = n;
}

static const char *office_kind(const char *org_kind)
{
	if (str_eq(org_kind, "centre") || str_eq(org_kind, "branch") || str_eq(org_kind, "zaikai"))
		return "hokatsu";
	return str_eq(org_kind, "home_cm") || str_eq(org_kind, "prevention_cm") ? "kyotaku" : "";
}

static civil first_shared(const struct duty_slice *s)
{
	for (size_t i = 0; i < s->n_fact; i++)
		if (str_eq(s->fact[i].code, "REC-SCM") || str_eq(s->fact[i].code, "REC-INQ"))
			return s->fact[i].on_day;
	return CIVIL_NONE;
}

/* 事業対象者, for the time of each such certification. */
static void target_values(struct duty_values *v, const struct duty_slice *s)
{
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *r = &s->cert[i];
		if (str_eq(r->status, "certified") && str_eq(str_or(r->level, ""), "target") && r->from_on != CIVIL_NONE && v->n < DUTY_VALUES)
			v->v[v->n++] = duty_value_dated(v->t, "target", "true", r->from_on, r->to_on == CIVIL_NONE ? CIVIL_OPEN : r->to_on);
	}
}

void duty_case_attrs(struct duty_values *v, const struct duty_slice *s, civil on, const char *completion, struct duty_subject *out)
{
	const struct q_duty_cases_row *k = s->k;
	struct ymd d = civil_ymd(on);
	civil shared = first_shared(s);
	bool family = false;
	for (size_t i = 0; i < s->n_plan; i++)
		family = family || !str_blank(s->plan[i].wish_family);
	v->n = 0;
	duty_values_add(v, "kind", k->kind);
	duty_values_day(v, "contract_on", k->contract_on);
	duty_values_day(v, "start_on", k->start_on);
	struct duty_keep keep = duty_keep_of(v->a, completion, k->end_on, on, s->fact, k->end_on == CIVIL_NONE ? 0 : s->n_fact);
	duty_values_day(v, "completed_on", keep.completed_on);
	duty_values_add(v, "hold", keep.hold ? "true" : "false");
	duty_values_day(v, "first_shared_on", shared);
	duty_values_day(v, "family_shared_on", family ? shared : CIVIL_NONE);
	duty_values_add(v, "disability", s->disabled ? "true" : "false");
	duty_values_add(v, "office_kind", office_kind(k->org_kind));
	duty_values_add(v, "designated", str_eq(k->org_kind, "centre") || str_eq(k->org_kind, "prevention_cm") ? "true" : "false");
	target_values(v, s);
	duty_values_day(v, "month_on", civil_from(d.y, d.m, 1));
	duty_values_keep(v, &out->attrs, &out->n_attrs);
}

/* ---- evidence ----------------------------------------------------------------------------------------------------------------------------- */

static bool has_name(const struct duty_fact *f, int name)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].name == name)
			return true;
	return false;
}

static bool light(const char *level) { return str_starts(level, "s") || str_eq(level, "target"); }

/* What a certification cannot know when it is written: the day of consent to the plan that follows, and whether the result is on the
 * other side of what a provisional plan expected. */
static void cert_more(struct duty_values *v, const struct duty_slice *s, struct duty_fact *f)
{
	const struct q_duty_plans_row *next = NULL, *expected = NULL;
	bool supported = false; /* a plan was in use when it was decided: the duties of a running support begin there */
	const struct duty_value *level = NULL;
	int level_name = duty_values_symbol(v, "level");
	for (size_t i = 0; i < s->n_plan; i++) {
		const struct q_duty_plans_row *p = &s->plan[i];
		if (!next && p->consented_on != CIVIL_NONE && p->consented_on >= f->on_day)
			next = p;
		supported = supported || (in_use(p) && p->from_on <= f->on_day);
		if (p->is_provisional && p->create_on <= f->on_day && *p->expected_level)
			expected = p;
	}
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].name == level_name)
			level = &f->v[i];
	v->n = 0;
	if (!supported)
		duty_values_add(v, "before", "true");
	if (next && !has_name(f, duty_values_symbol(v, "plan_on")))
		duty_values_day(v, "plan_on", next->consented_on);
	if (expected && level && *level->text && !has_name(f, duty_values_symbol(v, "unlike_plan")))
		duty_values_add(v, "unlike_plan", light(level->text) != light(expected->expected_level) ? "true" : "false");
	if (v->n == 0)
		return;
	struct duty_value *all = ARENA_ARRAY(v->a, f->n + v->n, struct duty_value);
	for (size_t i = 0; i < f->n; i++)
		all[i] = f->v[i];
	for (size_t i = 0; i < v->n; i++)
		all[f->n + i] = v->v[i];
	f->v = all;
	f->n += v->n;
}

void duty_case_facts(struct duty_values *v, const struct duty_slice *s, struct duty_subject *out)
{
	struct duty_fact *facts = ARENA_ARRAY(v->a, s->n_fact + 1, struct duty_fact);
	int cert = duty_code(v->t, "REC-CERT");
	size_t n = 0;
	for (size_t i = 0; i < s->n_fact; i++) {
		const struct q_duty_facts_row *e = &s->fact[i];
		if (!duty_fact_read(v->t, v->a, e->code, e->on_day, e->recorded_ms, e->table_name, e->row_id, e->body, &facts[n]))
			continue; /* one unreadable row does not take the list away; `duty rebuild --check` tells of it */
		if (facts[n].code < 0)
			continue; /* no rule asks for it */
		if (facts[n].code == cert)
			cert_more(v, s, &facts[n]);
		n++;
	}
	out->facts = facts;
	out->n_facts = n;
}

/* ---- the person --------------------------------------------------------------------------------------------------------------------------- */

/* Another certification took its place, or was asked for in another way: nothing is left to renew. */
static bool followed(const struct duty_slice *s, const struct q_duty_certs_row *r)
{
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *o = &s->cert[i];
		if (o == r || str_eq(o->status, "withdrawn") || str_eq(o->apply_kind, "renew"))
			continue;
		if ((o->from_on != CIVIL_NONE && r->from_on != CIVIL_NONE && o->from_on > r->from_on) || (o->applied_on != CIVIL_NONE && r->to_on != CIVIL_NONE && r->from_on != CIVIL_NONE && o->applied_on > r->from_on))
			return true;
	}
	return false;
}

void duty_person_of(struct duty_values *v, const struct duty_slice *s, civil on, struct duty_subject *out)
{
	const struct q_duty_certs_row *cert = cert_on(s, on);
	const char *category = s->n_insured ? s->insured[s->n_insured - 1].category : "";
	struct duty_part *parts = ARENA_ARRAY(v->a, s->n_cert + 1, struct duty_part);
	bool target = cert && str_eq(str_or(cert->level, ""), "target");
	v->n = 0;
	duty_values_day(v, "birth_on", s->k->birth_on);
	duty_values_add(v, "insured_health", str_eq(category, "2") ? "true" : "");
	duty_values_add(v, "insured_class", str_eq(category, "1") ? "first" : str_eq(category, "2") ? "second" : "");
	duty_values_add(v, "target", target ? "true" : "false");
	duty_values_day(v, "target_on", target ? cert->from_on : CIVIL_NONE);
	duty_values_keep(v, &out->attrs, &out->n_attrs);
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *r = &s->cert[i];
		if (str_eq(r->apply_kind, "checklist") || str_eq(r->status, "withdrawn"))
			continue;
		char text[CIVIL_TEXT] = "";
		if (r->applied_on != CIVIL_NONE)
			civil_text(r->applied_on, text);
		bool runs = s->k->end_on == CIVIL_NONE || r->to_on == CIVIL_NONE || s->k->end_on > r->to_on;
		v->n = 0;
		duty_values_day(v, "from", r->from_on);
		duty_values_day(v, "to", r->to_on == CIVIL_OPEN ? CIVIL_NONE : r->to_on);
		duty_values_day(v, "applied_on", r->applied_on);
		duty_values_add(v, "applied_text", arena_str(v->a, text));
		duty_values_add(v, "tokutei", str_blank(r->disease_code) ? "false" : "true");
		duty_values_add(v, "wants_renewal", str_eq(r->status, "certified") && runs && !followed(s, r) ? "true" : "false");
		struct duty_part *o = &parts[out->n_parts++];
		*o = (struct duty_part){.kind = duty_values_symbol(v, "cert"), .id = r->pid, .from = r->from_on == CIVIL_NONE ? r->applied_on : r->from_on,
			.to = r->to_on == CIVIL_NONE ? CIVIL_OPEN : r->to_on};
		duty_values_keep(v, &o->v, &o->n);
	}
	out->parts = parts;
}
