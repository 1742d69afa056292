/* Cases of the demo: they begin where a person comes into the care of an office or a centre, and end where that ends. Some wait
 * for their contract, so that every state is there. */
#include "access/policy.h"
#include "base/str.h"
#include "care/case.h"
#include "main/demo_acts.h"

#include <stdio.h>

static const char *const ASKED[] = {"退院後の生活を続けられるか心配とのこと。入浴と買い物に手助けがほしい。",
	"もの忘れが進み、薬の飲み忘れが増えた。日中ひとりになる時間を減らしたい。",
	"膝の痛みで外に出なくなった。人と話す機会をつくりたい。",
	"介護している長女の負担が大きい。休める日をつくりたい。",
	"認定が出たので、これからのサービスを一緒に考えてほしい。"};

err demo_case_begin(struct demo *d, struct ctx *c, struct demo_person *p, int login, const char *kind)
{
	struct t_care_case r;
	const struct demo_login *l = &d->login[login];
	demo_as(d, c, login);
	case_init(c, &r);
	int pick = (int)(((uint64_t)(uint32_t)p->birth_on * 2654435761u >> 7) % 100003);
	bool waits = pick % 17 == 0 && c->today > d->today - 30; /* a request of the last weeks whose contract is still to come */
	r.kind = kind;
	r.referred_by = pick % 3 ? "centre" : "family";
	r.referred_note = ASKED[pick % 5];
	if (!waits) {
		r.expl_on = r.contract_on = r.notice_on = r.start_on = c->today;
		r.expl_by_staff_id = l->actor.staff_id;
		r.expl_to = pick % 4 ? "本人" : "本人・長女";
		r.expl_items = "important|choice|reason|hospital|fee|privacy_self|privacy_family";
		r.expl_doc_version = "令和6年4月版";
		if (c->today < d->today - 45 && pick % 23)
			r.first_plan_on = c->today; /* the first plan was written on paper; the next ones come here */
	}
	TRY(case_save(c, p->pid, &r, "", l->staff_pid, NULL));
	snprintf(p->case_pid, PID_TEXT, "%s", r.pid);
	p->case_login = login;
	return demo_commission_out(d, c, p, r.pid, r.kind, r.referred_note, pick);
}

err demo_case_end(struct demo *d, struct ctx *c, struct demo_person *p, civil last_day, const char *reason)
{
	if (!*p->case_pid)
		return OK;
	struct case_view v;
	demo_as(d, c, p->case_login);
	TRY(case_get(c, p->case_pid, &v));
	if (v.row.start_on != CIVIL_NONE && last_day < v.row.start_on)
		last_day = v.row.start_on;
	TRY(case_close(c, p->case_pid, last_day, reason, ""));
	*p->case_pid = *p->commission_pid = *p->plan_pid = *p->meeting_pid = *p->stay_pid = '\0';
	return OK;
}
