#include "web/pages/outside.h"

#include "access/policy.h"
#include "base/log.h"
#include "base/str.h"
#include "region/survey_round.h"
#include "tmpl/survey_outside.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

/* ---- the page ------------------------------------------------------------------------------------------------------------------------ */

static err rounds(struct req *r, struct outside_view *v)
{
	struct front_carry_round *x;
	TRY(front_carry_rounds(r->c, &x, &v->n_rounds));
	v->rounds = ARENA_ARRAY(r->arena, v->n_rounds + 1, struct outside_round);
	for (size_t i = 0; i < v->n_rounds; i++) {
		bool over = x[i].closed_on != CIVIL_NONE || x[i].closes_on < r->c->today, early = x[i].opens_on > r->c->today;
		v->rounds[i] = (struct outside_round){.r = &x[i], .state = !x[i].is_asked ? "依頼する回答者がまだいません" : over ? "締切" : early ? "予定" : "回答受付中",
			.kind = !x[i].is_asked ? "warn" : over || early ? "note" : "ok"};
	}
	return OK;
}

static void word(struct buf *b, const char *label, int64_t n)
{
	if (n > 0)
		buf_fmt(b, "%s%s %lld", b->n ? "、" : "", label, (long long)n);
}

/* Made here: everything the file holds. Brought here: what was new. */
static const char *what_of(struct req *r, const struct front_carry_line *l, const struct front_carry_part *p)
{
	struct buf b = buf_new(r->arena);
	bool came = str_eq(l->way, "in");
	word(&b, "回答者", p->seats);
	word(&b, came ? "新しいリンク" : "リンク", p->links);
	word(&b, came ? "新しい開封" : "開封", p->opened);
	word(&b, came ? "新しい回答" : "回答", p->given);
	word(&b, came ? "新しい「使用済み」" : "「使用済み」", p->spent);
	word(&b, "無記名の回答", p->pot);
	return b.n ? b.p : came ? "新しいものはありません" : "回の内容だけ";
}

static err lines(struct req *r, struct outside_view *v)
{
	static const char *const states[][3] = {{"made", "作りました", "ok"}, {"taken", "取り込みました", "ok"}, {"old", "何も変えていません", "note"}, {"refused", "取り込みませんでした", "bad"}};
	struct front_carry_line *x;
	TRY(front_carry_list(r->c, &x, &v->n_lines));
	v->lines = ARENA_ARRAY(r->arena, v->n_lines + 1, struct outside_line);
	for (size_t i = 0; i < v->n_lines; i++) {
		struct outside_line *l = &v->lines[i];
		*l = (struct outside_line){.l = &x[i], .way = str_eq(x[i].way, "out") ? "渡すファイル" : "届いたファイル", .state = "", .kind = "note",
			.parts = ARENA_ARRAY(r->arena, x[i].n_parts + 1, struct outside_part)};
		for (size_t k = 0; k < FORMIN_N(states); k++)
			if (str_eq(states[k][0], x[i].state))
				l->state = states[k][1], l->kind = states[k][2];
		for (size_t k = 0; k < x[i].n_parts; k++)
			l->parts[l->n_parts++] = (struct outside_part){&x[i].parts[k], what_of(r, &x[i], &x[i].parts[k])};
	}
	return OK;
}

static err show(struct req *r, err e)
{
	struct front_peer_view peer;
	struct page_view *page = page_view(r, "外の回答用サーバーとの受け渡し");
	struct outside_view v = {.page = page, .peer = &peer, .may_key = policy_may_administer(r->c), .may_round = (r->who.rights & RIGHT_CASE) != 0};
	TRY(front_peer_see(r->c, &peer));
	TRY(rounds(r, &v));
	TRY(lines(r, &v));
	page->back_path = v.may_round ? "/surveys" : "/settings/account";
	page->back_label = v.may_round ? "調査の一覧" : "自分の設定";
	page->wide = true;
	tmpl_survey_outside(res_page_of(r, e), &v);
	return OK;
}

err page_outside(struct req *r) { return show(r, OK); }

/* ---- keys ---------------------------------------------------------------------------------------------------------------------------------- */

err page_outside_own_key(struct req *r)
{
	struct front_peer_view peer;
	TRY(formin_read(r, NULL, 0));
	TRY(front_peer_of(r->c, &peer));
	return res_done(r, "outside_own", "/outside");
}

err page_outside_key(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "key", .label = "相手の公開鍵", .kind = FORMIN_LINES, .max = 400, .required = true}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = front_peer_set(r->c, req_field(r, "key"));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "outside_key", "/outside");
}

/* ---- files ---------------------------------------------------------------------------------------------------------------------------------- */

err page_outside_out(struct req *r)
{
	struct front_file_report said = {0};
	const char *bytes;
	size_t n;
	TRY(formin_read(r, NULL, 0));
	err e = front_file_write(r->c, &bytes, &n, &said);
	if (e == ERR_FRONT_PEER)
		return show(r, e);
	TRY(e);
	return res_file(r, "application/octet-stream", bytes, n, arena_fmt(r->arena, "受け渡し_%lld.tsunagi", (long long)said.no));
}

/* Answers of the own rounds go on to where the owner reads them. The file has been taken already, so a round that cannot be collected now
 * waits for its own button, and the page says so. */
static err collect(struct req *r, bool *waits)
{
	struct front_carry_round *x;
	size_t n;
	TRY(front_carry_rounds(r->c, &x, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t got;
		err e = x[i].is_own && x[i].is_asked ? survey_collect(r->c, x[i].pid, true, &got) : OK;
		if (e == OK)
			continue;
		log_event(LOG_WARN, "outside_collect", "error", err_name(e), NULL);
		fault_clear(r->c);
		*waits = true;
	}
	return OK;
}

err page_outside_in(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "file", .label = "届いたファイル"}};
	struct front_file_report said = {0};
	const struct upload *f = NULL;
	TRY(front_carry_gate(r->c));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK) {
		f = req_file(r, "file");
		e = f && f->n ? front_file_read(r->c, f->bytes, f->n, &said) : fault_add(r->c, "file", ERR_REQUIRED, "届いた受け渡しファイルを選んでください。");
	}
	if (page_is_input(e) || e == ERR_FRONT_PEER)
		return show(r, e);
	TRY(e);
	bool waits = false;
	if (!said.is_old)
		TRY(collect(r, &waits));
	return res_done(r, said.is_old ? "outside_old" : waits ? "outside_waits" : "outside_in", "/outside");
}
