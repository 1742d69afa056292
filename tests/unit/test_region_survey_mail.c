/* What the mails of a survey say, on which days reminders go out, and how a link travels (C-170, C-172). */
#include "front_world.h"

#include "base/str.h"
#include "region/survey_mail.h"
#include "region/survey_mail_own.h"

#include <string.h>

/* Of a care manager the office stands in a line of its own above the name. */
static void addressees(void **state)
{
	struct world *w = *state;
	struct t_survey s;
	row_init(&T_survey, &s);
	s.unit = "care_manager";
	assert_string_equal(survey_addressee(w->arena, &s, "森本 明美（えのき居宅介護支援事業所）"), "えのき居宅介護支援事業所\n森本 明美　様");
	assert_string_equal(survey_addressee(w->arena, &s, "森本 明美"), "森本 明美　様");
	assert_string_equal(survey_addressee(w->arena, &s, "（えのき）"), "（えのき）　様");
	s.unit = "centre";
	assert_string_equal(survey_addressee(w->arena, &s, "北部包括（本所）"), "北部包括（本所）　御中");
}

static void remind_days(void **state)
{
	static const struct {
		const char *days;
		int before;
		bool yes;
	} t[] = {{"7,2", 7, true}, {"7,2", 2, true}, {"7,2", 3, false}, {"7, 2", 2, true}, {" 10 ", 10, true}, {"", 0, false}, {"0", 0, true}, {"12", 2, false}, {"12", 1, false}, {"2,,7", 7, true}};
	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		struct t_survey_round r = {.closes_on = D(2026, 11, 30), .remind_days = t[i].days};
		if (survey_is_remind_day(&r, D(2026, 11, 30) - t[i].before) != t[i].yes)
			fail_msg("%s: %d days before", t[i].days, t[i].before);
	}
}

static struct survey_words words(struct world *w, enum survey_post what, bool anonymous, const char *link)
{
	struct t_survey s;
	struct t_survey_round r;
	struct survey_words out;
	row_init(&T_survey, &s);
	row_init(&T_survey_round, &r);
	s.title = "研修の調査";
	s.unit = "care_manager";
	s.greeting = "毎年の調査です。";
	s.contact = "青葉市 介護課";
	s.is_anonymous = anonymous;
	r.name = "第3四半期";
	r.period_from = D(2026, 10, 1);
	r.period_to = D(2026, 12, 31);
	r.opens_on = D(2026, 11, 10);
	r.closes_on = D(2026, 11, 30);
	ok(survey_mail_words(&w->c, &(struct survey_words_in){.what = what, .survey = &s, .round = &r, .sender = "青葉市", .label = "山田 花子", .link = link, .results = "・研修を年3回にする\n"}, &out));
	return out;
}

#define SAYS(text, word) assert_non_null(strstr(text, word))
#define SAYS_NOT(text, word) assert_null(strstr(text, word))

static void say(void **state)
{
	struct world *w = *state;
	w->c.today = D(2026, 11, 20);
	struct survey_words m = words(w, SURVEY_REQUEST, false, "https://chosa.example.jp/a/x");
	assert_string_equal(m.subject, "【ご回答のお願い】研修の調査（第3四半期）");
	SAYS(m.body, "山田 花子　様");
	SAYS(m.body, "https://chosa.example.jp/a/x\n");
	SAYS(m.body, "令和8年11月30日（月）");
	SAYS(m.body, "期間の終わる前に"); /* C-173 */
	SAYS(m.body, "このメールに返信しても届きません");
	SAYS_NOT(m.body, "無記名");
	m = words(w, SURVEY_REMINDER, true, "https://chosa.example.jp/a/x");
	SAYS(m.body, "無記名");
	SAYS(m.body, "引きつげません");
	SAYS(m.body, "ご容赦ください");
	m = words(w, SURVEY_RESULTS, false, "");
	SAYS(m.body, "・研修を年3回にする");
	SAYS_NOT(m.body, "/a/");
	SAYS_NOT(m.body, "締切");
	m = words(w, SURVEY_REQUEST, false, ""); /* the preview knows no link */
	SAYS(m.body, "ここに、宛先ごとに違うリンクが入ります");
	assert_string_equal(survey_link_url(w->arena, "https://chosa.example.jp", "abc"), "https://chosa.example.jp/a/abc");
}

/* On its way beside the older one; arrived: the older one is replaced; not arrived: it never was. */
static void link_travels(void **state)
{
	struct world *w = *state;
	const char *seat = front_seat_key(w, "named", 1), *old = front_link(w, "named", 1), *lost, *new_one;
	struct front_view v;
	w->c.today = D(2026, 11, 20);
	ok(front_link_offer(&w->c, seat, &lost));
	assert_int_equal(front_see(w, old).state, FRONT_OPEN);
	assert_int_equal(front_see(w, lost).state, FRONT_OPEN);
	ok(front_link_settle(&w->c, seat, lost, false));
	assert_int_equal(front_see(w, old).state, FRONT_OPEN);
	is_err(front_open(&w->c, lost, &v), ERR_NOTFOUND);
	ok(front_link_offer(&w->c, seat, &new_one));
	ok(front_link_settle(&w->c, seat, new_one, true));
	assert_int_equal(front_see(w, old).state, FRONT_REPLACED);
	assert_int_equal(front_see(w, new_one).state, FRONT_OPEN);
	/* another seat's links are not touched */
	const char *other = front_link(w, "named", 2);
	ok(front_link_offer(&w->c, seat, &lost));
	ok(front_link_settle(&w->c, seat, lost, true));
	assert_int_equal(front_see(w, other).state, FRONT_OPEN);
}

static void done(void **state)
{
	struct world *w = *state;
	bool yes = true;
	w->c.today = D(2026, 11, 20);
	const char *named = front_link(w, "named", 1), *anon = front_link(w, "anon", 1);
	ok(front_seat_done(&w->c, front_seat_key(w, "named", 1), &yes));
	assert_false(yes);
	ok(front_save(&w->c, named, front_say(w, front_see(w, named).def, "q1", "2", NULL), false, 0)); /* half way is not done */
	ok(front_seat_done(&w->c, front_seat_key(w, "named", 1), &yes));
	assert_false(yes);
	ok(front_save(&w->c, named, front_say(w, front_see(w, named).def, "q1", "2", NULL), true, 1));
	ok(front_seat_done(&w->c, front_seat_key(w, "named", 1), &yes));
	assert_true(yes);
	ok(front_save(&w->c, anon, front_say(w, front_see(w, anon).def, "q1", "2", NULL), true, 0));
	ok(front_seat_done(&w->c, front_seat_key(w, "anon", 1), &yes));
	assert_true(yes);
	ok(front_seat_done(&w->c, front_seat_key(w, "anon", 2), &yes));
	assert_false(yes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(remind_days), FRONT(addressees), FRONT(say), FRONT(link_travels), FRONT(done)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
