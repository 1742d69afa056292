/* Pages of administration, struct in → HTML out: marks of accounts, where drafts lead, words of the log, escaping. */
#include "access/policy.h"
#include "base/pid.h"
#include "tmpl/admin_accounts.h"
#include "tmpl/admin_audit.h"
#include "unit.h"
#include "web/pages/accounts.h"
#include "web/pages/audit.h"
#include "web/pages/drafts.h"

#include <string.h>

static void marks(void **state)
{
	(void)state;
	civil today = civil_from(2026, 11, 20);
	static const struct {
		const char *what, *acc_state;
		int used_before, until_in, reviewed_before; /* days; -1: none */
		bool unused, expiring, review, stopped;
		int stops_in; /* -1: none */
	} t[] = {
		{"fresh", "active", 0, -1, 0, false, false, false, false, 90},
		{"a month before the 90 days", "active", 60, -1, 0, true, false, false, false, 30},
		{"the day before", "active", 59, -1, 0, false, false, false, false, 31},
		{"guest near the end", "active", 0, 30, 0, false, true, false, false, 30},
		{"guest far from it", "active", 0, 31, 0, false, false, false, false, 31},
		{"never reviewed", "active", 0, -1, -1, false, false, true, false, 90},
		{"reviewed 364 days ago", "active", 0, -1, 364, false, false, false, false, 90},
		{"reviewed a year ago", "active", 0, -1, 365, false, false, true, false, 90},
		{"stopped needs nothing", "stopped", 400, 1, -1, false, false, false, true, -1},
		{"invited counts too", "invited", 70, -1, 0, true, false, false, false, 20},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct account a = {.state = t[i].acc_state, .role = ROLE_CENTRE_NURSE, .stopped_reason = "unused", .used_on = today - t[i].used_before,
			.until_on = t[i].until_in < 0 ? CIVIL_NONE : today + t[i].until_in,
			.reviewed_on = t[i].reviewed_before < 0 ? CIVIL_NONE : today - t[i].reviewed_before};
		struct account_shown x = account_marks(&a, today);
		if (x.unused != t[i].unused || x.expiring != t[i].expiring || x.review != t[i].review || x.stopped != t[i].stopped ||
			x.stops_on != (t[i].stops_in < 0 ? CIVIL_NONE : today + t[i].stops_in))
			fail_msg("%s", t[i].what);
		assert_string_equal(x.role, "保健師・看護師");
	}
}

#define PID "0123456789abcdefghjkmnpqrs"

static void paths(void **state)
{
	struct arena *a = *state;
	static const char *const t[][2] = {
		{"consult:new", "/consults/new"}, {"consult:" PID, "/consults/" PID "/edit"}, {"consult-entry:" PID, "/consults/" PID},
		{"person/new", "/persons/new"}, {"person/" PID "/basic", "/persons/" PID "/edit"}, {"checklist:" PID, "/persons/" PID "/checklists/new"},
		{"response:" PID, "/responses/" PID "/edit"}, {"routing:" PID, "/persons/" PID "/routings/new"},
		{"consult:new#2", ""}, {"consult:" PID "#2", ""}, {"consult:", ""}, {"consult:short", ""}, {"person/" PID, ""}, {"person/" PID "/other", ""},
		{"consult:0123456789ABCDEFGHJKMNPQRS", ""}, {"consult:0123456789abcdefghjkmnpq/.", ""}, {"", ""}, {"https://evil.example/", ""},
	};
	assert_true(pid_valid(PID));
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++)
		assert_string_equal(draft_path(a, t[i][0]), t[i][1]);
}

static void words(void **state)
{
	(void)state;
	assert_string_equal(audit_action_ja("print"), "印刷");
	assert_string_equal(audit_action_ja("other"), "other");
	assert_string_equal(audit_what_ja("consult.list"), "相談の一覧");
	assert_string_equal(audit_what_ja("gone.page"), "gone.page");
	assert_string_equal(account_stopped_ja("left"), "退職");
	assert_string_equal(account_stopped_ja("?"), "停止");
}

static struct page_view page_of(struct arena *a, const char *title)
{
	static struct who nobody = {.user_name = "", .login = "", .org_name = "", .role_label = "", .account_pid = "", .csrf = "c"};
	static struct req r;
	static struct ctx c;
	ctx_init(&c, a, 1795136400000);
	r.c = &c;
	r.arena = a;
	r.who = nobody;
	return (struct page_view){.r = &r, .title = title, .org_name = "", .user_name = "", .role_label = "", .csrf = "c", .once = "o",
		.account_pid = "", .path = "/", .flash = "", .flash_undo = "", .problem = "", .problem_mend = "", .state_note = "", .draft_key = "",
		.draft_class = "", .back_path = "", .back_label = "", .css = "/a", .js = "/b", .tokens_css = "/c"};
}

static void code_page(void **state)
{
	struct buf b = buf_new(*state);
	struct page_view p = page_of(*state, "登録コードのお知らせ");
	struct account a = {.pid = PID, .login = "hana", .name = "<b>花子</b>", .until_on = civil_from(2027, 3, 31)};
	tmpl_admin_account_code(&b, &(struct account_code_view){.page = &p, .a = &a, .code = "ABCD-EFGH", .host = "https://x/setup"});
	assert_non_null(strstr(b.p, "ABCD-EFGH"));
	assert_non_null(strstr(b.p, "&lt;b&gt;花子&lt;/b&gt;"));
	assert_null(strstr(b.p, "<b>花子"));
	assert_non_null(strstr(b.p, "令和9年3月31日"));
	assert_non_null(strstr(b.p, "7日間"));
}

static void looks_page(void **state)
{
	struct buf b = buf_new(*state);
	struct page_view p = page_of(*state, "閲覧の記録");
	struct audit_look_row x[] = {{.at_ms = 1795136400000, .name = "試験 \"花子\"", .n_persons = 20}, {.at_ms = 1795136400000, .name = "", .n_persons = 1}};
	struct look_shown rows[] = {{.x = &x[0], .what = "利用者の一覧", .action = "一覧での表示", .org = "北センター"},
		{.x = &x[1], .what = "基本情報", .action = "閲覧", .org = ""}};
	struct looks_view v = {.page = &p, .pid = PID, .from = civil_from(2026, 1, 1), .to = civil_from(2026, 11, 20), .made_on = civil_from(2026, 11, 20),
		.rows = rows, .n_rows = 2};
	tmpl_admin_looks(&b, &v);
	assert_non_null(strstr(b.p, "20人の一覧の中"));
	assert_non_null(strstr(b.p, "サーバーの管理者"));
	assert_non_null(strstr(b.p, "<td>試験 \"花子\"</td>"));
	assert_null(strstr(b.p, "1人の一覧の中"));
	v.n_rows = 0;
	b = buf_new(*state);
	tmpl_admin_looks(&b, &v);
	assert_non_null(strstr(b.p, "見た人はいません"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(marks), UNIT(paths), UNIT(words), UNIT(code_page), UNIT(looks_page)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
