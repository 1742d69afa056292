/* ごみ箱: what was retired in the last 30 days and the reader may see, with 「元に戻す」 (F144; U24). */
#include "web/pages/person.h"

#include "base/str.h"
#include "register/gen.h"
#include "tmpl/person_bin.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/route.h"

static const char *kind_of(const char *table)
{
	static const char *const words[][2] = {{"person", "利用者の登録"}, {"person_name", "別の名前"}, {"relation", "家族・関係者"}, {"attachment", "添付ファイル"}, {"consult", "相談"},
		{"illness", "現病歴・既往歴"}, {"basic_info", "利用者基本情報"}, {"care_case", "ケース"}, {"plan", "計画"}, {"assessment", "アセスメント"}, {"routing", "振り分け"}, {"monitoring", "モニタリング"}, {"visit_plan", "訪問の予定"}, {"evaluation", "評価"}, {"response", "チェックリスト"}, {"issued_doc", "文書"}, {"care_meeting", "会議"}, {"rehab_goal", "リハビリの目標"}, {"rehab_meeting", "リハビリテーション会議"}, {"rehab_info", "リハビリの情報提供"}, {"case_prospect", "改善の見込み"}, {"care_inquiry", "照会"}, {"org", "機関"}, {"staff", "職員"}};
	const struct gen_kind *k = gen_kind_of(table);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i][0], table))
			return words[i][1];
	return k ? k->label : "記録";
}

err page_bin(struct req *r)
{
	static const struct formin_field query[] = {{.name = "person", .label = "利用者", .kind = FORMIN_PID},
	                                            {.name = "from", .label = "何件目から", .kind = FORMIN_INT, .lo = 0, .hi = 1000000}};
	struct page_view *page = page_view(r, "ごみ箱");
	struct bin_row *rows;
	int64_t id = 0;
	formin_read_query(r, query, FORMIN_N(query));
	if (*req_query(r, "person")) {
		TRY(person_id(r->c, req_query(r, "person"), &id));
		TRY(person_page_head(r, page, req_query(r, "person")));
	}
	int limit = r->who.list_rows, from = (int)req_query_int(r, "from", 0, 0, 1000000);
	struct bin_view v = {.page = page, .limit = limit, .next_path = "", .first_path = ""};
	TRY(bin_list(r->c, id, limit + 1, from, &rows, &v.n_rows));
	const char *person = *req_query(r, "person") ? arena_fmt(r->arena, "person=%s&", req_query(r, "person")) : "";
	if (v.n_rows > (size_t)limit) {
		v.n_rows = (size_t)limit;
		v.next_path = arena_fmt(r->arena, "/bin?%sfrom=%d", person, from + limit);
	}
	if (from > 0)
		v.first_path = arena_fmt(r->arena, "/bin?%sfrom=0", person);
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct bin_shown);
	for (size_t i = 0; i < v.n_rows; i++) {
		v.rows[i] = (struct bin_shown){&rows[i], kind_of(rows[i].table_name), org_word(r, rows[i].org_id)};
		if (rows[i].person_id)
			look_person(r, rows[i].person_id);
	}
	tmpl_person_bin(res_page(r), &v);
	return OK;
}

err page_bin_restore(struct req *r)
{
	TRY(bin_restore(r->c, req_param(r, "pid")));
	return res_done(r, "restored", "/bin");
}

/* 「元に戻す」 of the line shown after a person went to the bin. */
err page_undo_bin_person(struct req *r)
{
	TRY(person_restore(r->c, req_param(r, "pid")));
	return res_done(r, "restored", "/persons/%s", req_param(r, "pid"));
}
