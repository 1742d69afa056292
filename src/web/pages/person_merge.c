/* Two records of one person are joined and parted again (F009): find the other record, say why, done; nothing moves. */
#include "web/pages/person.h"

#include "base/str.h"
#include "tmpl/person_merge.h"
#include "tmpl/person_reason.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

static const struct formin_field FIELDS[] = {
	{.name = "text", .label = "さがす言葉", .kind = FORMIN_TEXT, .max = 100},
	{.name = "other", .label = "まとめる記録", .kind = FORMIN_PID},
	{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 500},
};

static err show(struct req *r, const char *text, err e)
{
	struct page_view *page = page_view(r, "同じ方の記録をまとめる");
	struct person_card card;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	TRY(policy_check(r->c, card.p.id, CLASS_NAMECARD, ACTION_WRITE));
	struct person_merge_view v = {.page = page, .pid = card.p.pid, .text = text};
	if (!str_blank(text)) {
		struct person_hit *hits;
		size_t n;
		TRY(person_find(r->c, text, 20, &hits, &n, &v.more));
		for (size_t i = 0; i < n; i++) {
			if (hits[i].id == card.p.id)
				continue;
			look_person(r, hits[i].id);
			hits[v.n_hits++] = hits[i];
		}
		v.hits = hits;
		v.searched = true;
	}
	tmpl_person_merge(res_page_of(r, e), &v);
	return OK;
}

err page_person_merge(struct req *r) { return show(r, "", OK); }

err page_person_merge_find(struct req *r)
{
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	return show(r, req_field(r, "text"), e);
}

err page_person_merge_save(struct req *r)
{
	const char *pid = req_param(r, "pid"), *event;
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK && !*req_field(r, "other"))
		e = fault_add(r->c, "other", ERR_REQUIRED, "まとめる記録を選んでください。");
	if (e == OK && str_blank(req_field(r, "reason")))
		e = fault_add(r->c, "reason", ERR_REQUIRED, "同じ方だと分かった理由を入力してください。");
	if (e == OK)
		e = cluster_merge(r->c, pid, req_field(r, "other"), req_field(r, "reason"), &event);
	if (page_is_input(e))
		return show(r, req_field(r, "text"), e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s", pid);
}

static err show_undo(struct req *r, err e)
{
	const char *pid = req_param(r, "pid");
	struct page_view *page = page_view(r, "まとめた記録を分ける");
	TRY(person_page_head(r, page, pid));
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "/persons/%s/merge/%s/undo", pid, req_param(r, "mpid")),
	                        .sentence = "まとめた二つの記録を、もとのように分けます。", .more = "どちらの記録もなくなりません。見られる人も、まとめる前に戻ります。",
	                        .label = "分ける理由", .button = "分ける", .cancel_path = arena_fmt(r->arena, "/persons/%s", pid)};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_person_unmerge_ask(struct req *r) { return show_undo(r, OK); }

err page_person_unmerge(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "分ける理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};
	err e = formin_read(r, fields, 1);
	if (e == OK)
		e = cluster_unmerge(r->c, req_param(r, "mpid"), req_field(r, "reason"));
	if (page_is_input(e))
		return show_undo(r, e);
	TRY(e);
	return res_done(r, "restored", "/persons/%s", req_param(r, "pid"));
}
