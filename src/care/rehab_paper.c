#include "care/rehab_paper.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/rehab_info.h"
#include "care/rehab_meeting.h"
#include "codec/pdf_table.h"
#include "jp/era.h"
#include "law/codes.h"

enum { MOST = REHAB_MEMBERS + 12 };

struct sheet {
	const char *cells[MOST * 2];
	size_t n;
};

static void item(struct sheet *s, const char *label, const char *text)
{
	if (s->n == MOST)
		return;
	s->cells[s->n * 2] = label;
	s->cells[s->n * 2 + 1] = str_blank(text) ? "（記載なし）" : text;
	s->n++;
}

static err draw(struct ctx *c, const struct sheet *s, const char *title, const char *note, const char *const *facts, size_t n_facts, const char **bytes, size_t *n)
{
	static const struct pdf_table_col cols[] = {{"項目", 520}, {"内容", 1280}};
	struct pdf_table t = {.title = title, .facts = facts, .n_facts = n_facts, .note = note, .cols = cols, .n_cols = 2, .cells = s->cells, .n_rows = s->n, .empty = "記載はありません。",
		.foot = title, .now_ms = c->now_ms};
	return pdf_table_write(c->arena, c->house->fonts, &t, bytes, n);
}

static const char *labels(struct ctx *c, const char *list, const char *codes)
{
	size_t n;
	char **v = str_split(c->arena, codes, '|', &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			buf_fmt(&b, "%s%s", b.n ? "、" : "", law_code_label(c->house->law, list, v[i]));
	return b.n ? b.p : "";
}

static const char *member_text(struct ctx *c, const struct t_rehab_meeting_member *m)
{
	const char *attend = str_blank(m->attend) ? "出欠は未記入" : law_code_label(c->house->law, "meeting_attend", m->attend);
	return arena_fmt(c->arena, "%s%s%s　%s%s%s", m->org_name, *m->org_name && *m->name ? " " : "", m->name, attend, *m->absent_reason ? "　理由: " : "", m->absent_reason);
}

err rehab_paper_meeting(struct ctx *c, const char *pid, const char **bytes, size_t *n)
{
	struct rehab_meeting_view v;
	struct sheet s = {.n = 0};
	TRY(rehab_meeting_get(c, pid, &v));
	TRY(policy_check_record(c, v.row.person_id, CLASS_CARE, ACTION_PRINT));
	const struct t_rehab_meeting *m = &v.row;
	const char *facts[] = {"利用者", v.person_name, "開催日", m->held_on == CIVIL_NONE ? "—" : era_text_both(c->arena, m->held_on),
		"時間", str_blank(m->held_from) ? "—" : arena_fmt(c->arena, "%s〜%s", m->held_from, m->held_to), "場所", m->is_online ? arena_fmt(c->arena, "%s（テレビ電話等）", m->place) : m->place,
		"回数", m->held_no == INT_NULL ? "（記録中）" : arena_fmt(c->arena, "第%lld回", (long long)m->held_no), "記録した機関", v.org_name};
	item(&s, "会議の種類", law_code_label(c->house->law, "rehab_meeting_kind", m->kind));
	for (size_t i = 0; i < v.n_members && i < REHAB_MEMBERS; i++)
		item(&s, arena_fmt(c->arena, "構成員%zu（%s）", i + 1, law_code_label(c->house->law, "rehab_member", v.members[i].role)), member_text(c, &v.members[i]));
	item(&s, "リハビリテーションの支援方針（サービス提供終了後の生活を含む）", m->policy);
	item(&s, "リハビリテーションの内容", m->content);
	item(&s, "各サービス間の協働の内容", m->coordination);
	item(&s, "次回の開催予定と検討事項", m->next_plan);
	if (str_eq(m->kind, "end")) {
		item(&s, "次の場", str_blank(m->next_note) ? labels(c, "rehab_next_place", m->next_places) : arena_fmt(c->arena, "%s（%s）", labels(c, "rehab_next_place", m->next_places), m->next_note));
		item(&s, "ケアプランへの引き継ぎ", m->handover);
	}
	if (m->taken_on != CIVIL_NONE)
		item(&s, "介護支援専門員が受け取った日", arena_fmt(c->arena, "%s　%s", era_text_both(c->arena, m->taken_on), m->taken_note));
	return draw(c, &s, "リハビリテーション会議録", v.is_closed ? "" : "記録中のもので、まだ確定していません。", facts, sizeof facts / sizeof facts[0] / 2, bytes, n);
}

err rehab_paper_info(struct ctx *c, const char *pid, const char **bytes, size_t *n)
{
	struct rehab_info_view v;
	struct sheet s = {.n = 0};
	TRY(rehab_info_get(c, pid, &v));
	TRY(policy_check_record(c, v.row.person_id, CLASS_CARE, ACTION_PRINT));
	const char *to = v.is_sent ? arena_fmt(c->arena, "%s %s", v.to_org_name, v.to_staff_name) : v.manager.found ? arena_fmt(c->arena, "%s %s", v.manager.org_name, v.manager.staff_name) : "—";
	const char *facts[] = {"利用者", v.person_name, "宛先", to, "差出", arena_fmt(c->arena, "%s　%s", v.org_name, v.row.author), "作成日", era_text_both(c->arena, v.row.made_on),
		"送った日", v.is_sent ? era_text_both(c->arena, v.row.sent_on) : "（まだ送っていません）", "サービス", *v.goal_label ? v.goal_label : "—"};
	for (size_t i = 0; i < REHAB_INFO_ITEMS; i++)
		item(&s, v.items[i].label, v.items[i].text);
	return draw(c, &s, "介護支援専門員への情報提供（リハビリ）", v.n_empty && v.is_sent ? "「（記載なし）」の項目は、空のまま送ったものです。" : "", facts, sizeof facts / sizeof facts[0] / 2, bytes, n);
}
