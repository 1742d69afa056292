/* The agreement a テレビ電話 rests on: a closed サービス担当者会議 (or the inquiry that stands for it) whose 第4表 records the three things. */
#include "access/policy.h"
#include "base/str.h"
#include "care/meeting.h"
#include "care/monitor_own.h"
#include "jp/era.h"

static bool agreed(const struct t_care_meeting *m) { return m->tv_stable && m->tv_able && m->tv_informed; }

static const char *words(struct ctx *c, const struct t_care_meeting *m)
{
	const char *what = m->is_unheld ? "担当者への照会" : m->held_no == INT_NULL ? "サービス担当者会議" : arena_fmt(c->arena, "サービス担当者会議 第%lld回", (long long)m->held_no);
	return *m->tv_doctor ? arena_fmt(c->arena, "%s（主治医: %s）", what, m->tv_doctor) : what;
}

err monitor_agreements(struct ctx *c, const char *person_pid, struct monitor_agreement **v, size_t *n)
{
	struct meeting_view *m;
	size_t all;
	*n = 0;
	*v = NULL;
	err e = meeting_list(c, person_pid, &m, &all);
	if (e == ERR_DENIED)
		return OK; /* whoever may not see the meetings chooses none */
	TRY(e);
	*v = ARENA_ARRAY(c->arena, all + 1, struct monitor_agreement);
	for (size_t i = 0; i < all; i++)
		if (m[i].is_closed && m[i].row.held_on != CIVIL_NONE)
			(*v)[(*n)++] = (struct monitor_agreement){.meeting_id = m[i].row.id, .pid = m[i].row.pid, .on = m[i].row.held_on, .is_recorded = agreed(&m[i].row),
				.label = arena_fmt(c->arena, "%s %s%s", era_text(c->arena, m[i].row.held_on), words(c, &m[i].row),
					agreed(&m[i].row) ? "" : "　※テレビ電話の合意の記録なし")};
	return OK;
}

err monitor_agree(struct ctx *c, struct monitor_tree *t, const char *meeting_pid)
{
	struct monitor_agreement *v;
	struct t_care_meeting m;
	struct t_monitoring *r = &t->row;
	size_t n;
	r->agree_meeting_id = INT_NULL;
	r->agree_on = CIVIL_NONE;
	r->agree_text = "";
	if (str_blank(meeting_pid)) {
		r->is_stable = r->is_able = r->is_informed = false;
		return OK;
	}
	TRY(monitor_agreements(c, t->person_pid, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(v[i].pid, meeting_pid))
			continue;
		TRY(row_load(c, &T_care_meeting, v[i].meeting_id, &m));
		r->agree_meeting_id = m.id;
		r->agree_on = m.held_on;
		r->agree_text = words(c, &m);
		r->is_stable = m.tv_stable;
		r->is_able = m.tv_able;
		r->is_informed = m.tv_informed;
		return OK;
	}
	return fault_add(c, "agree_meeting", ERR_NOT_CHOICE, "「合意した会議」は、一覧から選んでください。確定した会議だけを選べます。");
}

/* R-CM-13-14-tvcond (2). A record from before meetings were chosen keeps its typed day. */
err monitor_check_agreement(struct ctx *c, const struct t_monitoring *r, bool had_typed)
{
	struct t_care_meeting m;
	const char *mend = "会議の要点の「テレビ電話によるモニタリングの合意」に記録して確定するか、居宅を訪問してください。";
	if (r->agree_meeting_id == INT_NULL && !(had_typed && r->agree_on != CIVIL_NONE && !str_blank(r->agree_text)))
		return fault_add(c, "agree_meeting", ERR_REQUIRED, "テレビ電話には、サービス担当者会議などでの合意が必要です。「合意した会議」を選ぶか、居宅を訪問してください。");
	if (r->agree_on > r->mon_on)
		return fault_add(c, "agree_meeting", ERR_INPUT, "会議などの合意（%s）が面接の後になっています。合意の前のテレビ電話は認められません。", era_text(c->arena, r->agree_on));
	if (r->agree_meeting_id != INT_NULL) {
		TRY(row_load(c, &T_care_meeting, r->agree_meeting_id, &m));
		if (m.retired_ms != INT_NULL || !str_eq(m.status, "closed"))
			return fault_add(c, "agree_meeting", ERR_INPUT, "選んだ会議の記録が確定していません。%s", mend);
		if (!agreed(&m))
			return fault_add(c, "agree_meeting", ERR_INPUT,
				"選んだ会議の記録に、三つのこと（状態の安定・意思疎通・担当者からの情報）すべての合意がありません。%s", mend);
	} else if (!r->is_stable || !r->is_able || !r->is_informed) {
		return fault_add(c, "agree_meeting", ERR_REQUIRED,
			"テレビ電話には、三つのことすべての合意が必要です（状態の安定・意思疎通・担当者からの情報）。そろわないときは居宅を訪問してください。");
	}
	return OK;
}

err monitor_had_typed(struct ctx *c, const struct monitor_tree *t, bool *had)
{
	struct monitor_tree *v;
	size_t n;
	*had = false;
	TRY(monitor_list(c, t->person_pid, &v, &n));
	for (size_t i = 0; i < n; i++)
		*had = *had || (v[i].row.agree_meeting_id == INT_NULL && v[i].row.agree_on != CIVIL_NONE && v[i].row.agree_on == t->row.agree_on);
	return OK;
}
