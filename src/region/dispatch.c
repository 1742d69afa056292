#include "region/dispatch.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/numbers.h"
#include "law/codes.h"
#include "region/dispatch_own.h"
#include "register/org.h"
#include "register/territory.h"
#include "sql/q_dispatch.h"

#include <string.h>

/* ---- codes ------------------------------------------------------------------------------------------------------- */

bool dispatch_has(const char *codes, const char *code)
{
	size_t n = strlen(code);
	for (const char *at = str_or(codes, ""); *at;) {
		const char *end = strchr(at, '|');
		size_t len = end ? (size_t)(end - at) : strlen(at);
		if (len == n && memcmp(at, code, n) == 0)
			return true;
		at += len + (end != NULL);
	}
	return false;
}

bool dispatch_state_in(const struct t_dispatch *r, const char *states) { return dispatch_has(states, r->state); }

const char *dispatch_labels(struct ctx *c, const char *list, const char *codes)
{
	size_t n;
	char **v = str_split(c->arena, str_or(codes, ""), '|', &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			buf_fmt(&b, "%s%s", b.n ? "、" : "", law_code_label(c->house->law, list, v[i]));
	return b.n ? b.p : "";
}

void dispatch_check_code(struct ctx *c, const char *field, const char *label, const char *list, const char *code, bool required)
{
	if (str_blank(code)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "「%s」を選んでください。", label);
	} else if (!law_code_valid(c->house->law, list, code, c->today)) {
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
	}
}

void dispatch_check_codes(struct ctx *c, const char *field, const char *label, const char *list, const char *codes, bool required)
{
	size_t n, chosen = 0;
	char **v = str_split(c->arena, str_or(codes, ""), '|', &n);
	for (size_t i = 0; i < n; i++) {
		if (str_blank(v[i]))
			continue;
		chosen++;
		if (!law_code_valid(c->house->law, list, v[i], c->today)) {
			(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
			return;
		}
	}
	if (required && !chosen)
		(void)fault_add(c, field, ERR_REQUIRED, "「%s」を一つ以上選んでください。", label);
}

/* Digits of the hour and of the minute out of 14:00, 14：00, 1400, 14時, 14時30分. */
static bool clock_of(struct arena *a, const char *text, int *hour, int *minute)
{
	int part[2] = {0, 0}, digits[2] = {0, 0}, at = 0;
	for (const char *p = number_even(a, text); *p; p++) {
		if (*p >= '0' && *p <= '9') {
			part[at] = part[at] * 10 + (*p - '0');
			if (++digits[at] > 4)
				return false;
		} else if (digits[0] && !digits[1]) {
			at = 1;
		}
	}
	if (!digits[1] && digits[0] > 2) {
		part[1] = part[0] % 100;
		part[0] /= 100;
	}
	*hour = part[0];
	*minute = part[1];
	return digits[0] && digits[1] <= 2 && part[0] <= 23 && part[1] <= 59;
}

const char *dispatch_clock(struct ctx *c, const char *field, const char *label, const char *text)
{
	int hour, minute;
	if (str_blank(text))
		return "";
	if (!clock_of(c->arena, text, &hour, &minute)) {
		(void)fault_add(c, field, ERR_INPUT, "「%s」は 14:00 のように、24時間の時刻で入力してください。", label);
		return text;
	}
	return arena_fmt(c->arena, "%02d:%02d", hour, minute);
}

/* ---- whose ------------------------------------------------------------------------------------------------------- */

bool dispatch_is_centre(struct ctx *c)
{
	struct org o;
	return c->actor.org_id > 0 && org_load(c, c->actor.org_id, &o) == OK && str_eq(org_kind_class(o.kind), "centre");
}

err dispatch_town_of(struct ctx *c, int64_t *insurer_org_id)
{
	struct org o;
	struct q_dispatch_runs_for_row r;
	bool found;
	*insurer_org_id = INT_NULL;
	if (c->actor.org_id <= 0 || policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE) != OK)
		return OK;
	TRY(org_load(c, c->actor.org_id, &o));
	if (str_eq(o.kind, "insurer")) {
		*insurer_org_id = o.id;
		return OK;
	}
	TRY(q_dispatch_runs_for(c, &(struct q_dispatch_runs_for_in){.org_id = c->actor.org_id}, &r, &found));
	if (found)
		*insurer_org_id = r.insurer_org_id;
	return OK;
}

err dispatch_insurer_of(struct ctx *c, int64_t org_id, int64_t *insurer_org_id)
{
	struct org o;
	TRY(org_load(c, org_id, &o));
	*insurer_org_id = str_eq(o.kind, "insurer") ? o.id : o.insurer_org_id;
	if (*insurer_org_id == INT_NULL)
		TRY(territory_insurer(c, insurer_org_id));
	if (*insurer_org_id == INT_NULL)
		return fault_add(c, "", ERR_INPUT, "この事業所の保険者（市区町村）が登録されていません。「機関」の画面で保険者を登録してください。");
	return OK;
}

err dispatch_coordinator(struct ctx *c, int64_t insurer_org_id, int64_t *org_id)
{
	struct q_dispatch_runner_row r;
	bool found;
	TRY(q_dispatch_runner(c, &(struct q_dispatch_runner_in){.insurer_org_id = insurer_org_id}, &r, &found));
	*org_id = found && r.runner_org_id != INT_NULL ? r.runner_org_id : insurer_org_id;
	return OK;
}

err dispatch_town_gate(struct ctx *c, int64_t insurer_org_id, enum action a)
{
	int64_t runner;
	if (insurer_org_id == c->actor.org_id || c->actor.system)
		return policy_check_own(c, insurer_org_id, CLASS_STATISTICS, a);
	TRY(dispatch_coordinator(c, insurer_org_id, &runner));
	return policy_check_own(c, runner, CLASS_STATISTICS, a);
}

/* NOTFOUND and DENIED are an answer here. */
static err holds(err e, int side, int *sides)
{
	if (e == OK)
		*sides |= side;
	return e == ERR_NOTFOUND || e == ERR_DENIED ? OK : e;
}

err dispatch_sides(struct ctx *c, const struct t_dispatch *r, int *sides)
{
	struct q_dispatch_offer_to_row o;
	bool found;
	*sides = 0;
	if (c->actor.system) {
		*sides = DISPATCH_CENTRE | DISPATCH_TOWN | DISPATCH_REHAB;
		return OK;
	}
	TRY(holds(policy_check_own(c, r->org_id, CLASS_STATISTICS, ACTION_SEE), DISPATCH_CENTRE, sides));
	TRY(holds(dispatch_town_gate(c, r->insurer_org_id, ACTION_SEE), DISPATCH_TOWN, sides));
	if (!r->id || policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE) != OK)
		return OK;
	TRY(q_dispatch_offer_to(c, &(struct q_dispatch_offer_to_in){.dispatch_id = r->id, .org_id = c->actor.org_id}, &o, &found));
	if (found)
		*sides |= DISPATCH_REHAB;
	return OK;
}

err dispatch_gate(struct ctx *c, const struct t_dispatch *r, int act_as, int *sides)
{
	TRY(dispatch_sides(c, r, sides));
	if (!*sides)
		return ERR_NOTFOUND;
	if (!act_as || c->actor.system)
		return OK;
	return (*sides & act_as) && (c->may_own[ACTION_WRITE] & CLASS_STATISTICS) ? OK : ERR_DENIED;
}

err dispatch_open(struct ctx *c, const char *pid, int act_as, struct t_dispatch *out, int *sides)
{
	int seen;
	TRY(row_find(c, &T_dispatch, pid, out));
	TRY(dispatch_gate(c, out, act_as, sides ? sides : &seen));
	return out->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

/* ---- read -------------------------------------------------------------------------------------------------------- */

static err view_of(struct ctx *c, struct dispatch_view *v)
{
	struct q_dispatch_names_row n;
	TRY(q_dispatch_names(c, &(struct q_dispatch_names_in){.id = v->row.id}, &n));
	v->org_pid = n.org_pid;
	v->org_name = n.org_name;
	v->insurer_name = n.insurer_name;
	v->staff_name = str_or(n.staff_name, "");
	v->area_name = str_or(n.area_name, "");
	v->therapist_name = str_or(n.therapist_name, "");
	v->rehab_org_name = str_or(n.rehab_org_name, "");
	v->updated_by = str_or(n.updated_by, "");
	v->person_pid = v->person_name = "";
	v->may_write = (v->sides & DISPATCH_CENTRE) && (c->actor.system || c->may_own[ACTION_WRITE] & CLASS_STATISTICS);
	return OK;
}

static err case_of(struct ctx *c, struct dispatch_view *v)
{
	struct q_dispatch_case_seen_row k;
	bool found;
	/* masked for the coordinator, also for an officer who may open the person's record by another right */
	if (!(v->sides & (DISPATCH_CENTRE | DISPATCH_REHAB)))
		return OK;
	TRY(q_dispatch_case_seen(c, &(struct q_dispatch_case_seen_in){.dispatch_id = v->row.id}, &k, &found));
	if (!found)
		return OK;
	v->case_id = k.id;
	v->person_id = k.person_id;
	v->person_pid = k.person_pid;
	v->person_name = k.person_name;
	return OK;
}

err dispatch_get(struct ctx *c, const char *pid, struct dispatch_view *out)
{
	*out = (struct dispatch_view){0};
	TRY(dispatch_open(c, pid, 0, &out->row, &out->sides));
	TRY(view_of(c, out));
	return case_of(c, out);
}

err dispatch_list(struct ctx *c, const struct dispatch_filter *f, struct dispatch_view **v, size_t *n)
{
	struct q_dispatch_list_row *r;
	bool over = str_eq(f->which, "over");
	TRY(q_dispatch_list(c, &(struct q_dispatch_list_in){.state = f->state, .open = str_eq(f->which, "open"), .over = over, .inquiry = str_eq(f->which, "inquiry"),
		.org_id = f->org_id, .from_on = f->from, .to_on = f->to, .limit = f->limit ? f->limit : 50, .offset = f->offset,
		.sort = over ? Q_DISPATCH_LIST_SORT_NEWEST : Q_DISPATCH_LIST_SORT_URGENT}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_view);
	for (size_t i = 0; i < *n; i++) {
		struct dispatch_view *x = &(*v)[i];
		*x = (struct dispatch_view){0};
		TRY(row_load(c, &T_dispatch, r[i].id, &x->row));
		TRY(dispatch_sides(c, &x->row, &x->sides));
		TRY(view_of(c, x));
	}
	return OK;
}

err dispatch_count(struct ctx *c, const struct dispatch_filter *f, int64_t *n)
{
	struct q_dispatch_count_row r;
	TRY(q_dispatch_count(c, &(struct q_dispatch_count_in){.state = f->state, .open = str_eq(f->which, "open"), .over = str_eq(f->which, "over"),
		.inquiry = str_eq(f->which, "inquiry"), .org_id = f->org_id, .from_on = f->from, .to_on = f->to}, &r));
	*n = r.n;
	return OK;
}
