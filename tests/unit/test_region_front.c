#include "front_world.h"

#include <stdarg.h>

static const char *answer(const struct front_view *v, const char *path) { return answers_text(v->answers, path); }

/* ---- links -------------------------------------------------------------------------------------------------------------- */

static void links(void **state)
{
	struct world *w = *state;
	struct front_view v;
	const char *first = front_link(w, "named", 1), *hash = NULL;
	v = front_see(w, first);
	assert_int_equal(v.state, FRONT_OPEN);
	assert_string_equal(v.label, "第1包括");
	assert_true(v.is_early);
	assert_false(v.is_given);
	assert_int_equal(v.version, 0);
	/* the link is stored nowhere; its hash is, and another host with the round's key alone comes to the same */
	ok(front_link_hash(&w->c, v.seat_key, first, &hash));
	assert_int_equal(count_of(w, "front_token", arena_fmt(w->arena, "hash = '%s'", hash)), 1);
	assert_int_equal(count_of(w, "front_token", arena_fmt(w->arena, "hash = '%s'", first)), 0);
	/* a newer one kills it */
	const char *second = front_link(w, "named", 1);
	v = front_see(w, first);
	assert_int_equal(v.state, FRONT_REPLACED);
	is_err(front_save(&w->c, first, v.answers, false, 0), ERR_SURVEY_REPLACED);
	assert_int_equal(front_see(w, second).state, FRONT_OPEN);
	/* told again (an exchange file read twice) it changes nothing */
	ok(front_link_put(&w->c, v.seat_key, hash));
	assert_int_equal(front_see(w, second).state, FRONT_OPEN);
	is_err(front_link_put(&w->c, v.seat_key, "zz"), ERR_INPUT);
	is_err(front_link_put(&w->c, front_seat_key(w, "named", 2), hash), ERR_SURVEY_OTHER);
	/* no such link */
	char other[PID_TEXT];
	pid_make(other);
	is_err(front_open(&w->c, other, &v), ERR_NOTFOUND);
	is_err(front_open(&w->c, "x", &v), ERR_NOTFOUND);
	is_err(front_save(&w->c, other, answers_new(w->arena, v.def), true, 0), ERR_NOTFOUND);
}

static void days(void **state)
{
	struct world *w = *state;
	const char *link = front_link(w, "named", 1);
	struct front_view v = front_see(w, link);
	struct answers *as = front_say(w, v.def, "q1", "2", NULL);
	w->c.today = D(2026, 11, 9);
	assert_int_equal(front_see(w, link).state, FRONT_NOT_YET);
	is_err(front_save(&w->c, link, as, true, 0), ERR_SURVEY_EARLY);
	w->c.today = D(2026, 11, 30);
	ok(front_save(&w->c, link, as, true, 0));
	w->c.today = D(2026, 12, 1);
	v = front_see(w, link);
	assert_int_equal(v.state, FRONT_CLOSED);
	assert_string_equal(answer(&v, "q1"), "いいえ"); /* still shown */
	is_err(front_save(&w->c, link, as, true, v.version), ERR_SURVEY_CLOSED);
	/* closed before its time, and opened again */
	struct t_front_round r = front_round("named", false);
	r.is_closed = true;
	w->c.today = D(2026, 11, 20);
	front_put(w, &r);
	assert_int_equal(front_see(w, link).state, FRONT_CLOSED);
	r = front_round("named", false);
	front_put(w, &r);
	assert_int_equal(front_see(w, link).state, FRONT_OPEN);
	/* what a round is cannot change */
	r = front_round("named", true);
	is_err(tx_run(&w->c, front_put_tx, &r), ERR_SURVEY_FIXED);
	/* taken back */
	struct front_seat_in in = {"named", {.key = front_seat_key(w, "named", 1), .serial = 1, .label = "第1包括", .is_revoked = true}};
	ok(tx_run(&w->c, front_seat_tx, &in));
	v = front_see(w, link);
	assert_int_equal(v.state, FRONT_REVOKED);
	assert_string_equal(answer(&v, "q1"), "");
}

/* ---- named --------------------------------------------------------------------------------------------------------------- */

static void named(void **state)
{
	struct world *w = *state;
	const char *link = front_link(w, "named", 1);
	struct front_view v = front_see(w, link);
	struct front_given *g;
	size_t n;
	ok(front_mark_opened(&w->c, link));
	ok(front_given_list(&w->c, "named", NULL, &g, &n));
	assert_int_equal(n, 1);
	assert_true(g[0].is_opened);
	assert_string_equal(g[0].state, "");
	/* unfinished: what is missing is no fault */
	ok(front_save(&w->c, link, front_say(w, v.def, "q6", "途中です", NULL), false, 0));
	v = front_see(w, link);
	assert_true(v.is_given && !v.is_submitted);
	assert_string_equal(answer(&v, "q6"), "途中です");
	/* handing in: q1 is missing, and the sentence says so */
	is_err(front_save(&w->c, link, v.answers, true, v.version), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "q1"));
	fault_clear(&w->c);
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "1", "q2", "1,9", "q2_other", "家族", "q6", "途中です", NULL), true, v.version));
	v = front_see(w, link);
	assert_true(v.is_submitted);
	/* changed until closing; a save that is not complete is not taken in the place of what was handed in */
	is_err(front_save(&w->c, link, front_say(w, v.def, "q6", "だけ", NULL), false, v.version), ERR_INPUT);
	fault_clear(&w->c);
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "2", "q3", "2", NULL), true, v.version));
	ok(front_given_list(&w->c, "named", NULL, &g, &n));
	assert_string_equal(g[0].state, "submitted");
	assert_int_equal(g[0].submitted_on, w->c.today);
	assert_int_equal(g[0].version, 3);
	/* with its history, and by nobody's account */
	assert_int_equal(count_of(w, "revision", "table_name = 'front_answer'"), 3);
	assert_int_equal(count_of(w, "front_answer", "updated_by = 0"), 1);
	assert_int_equal(w->c.actor.account_id, 11);
	/* nothing at all is no answer */
	const char *other = front_link(w, "named", 2);
	is_err(front_save(&w->c, other, answers_new(w->arena, v.def), true, 0), ERR_INPUT);
}

static void two_tabs(void **state)
{
	struct world *w = *state;
	const char *link = front_link(w, "named", 1);
	struct front_view v = front_see(w, link);
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "2", "q5", "3", NULL), true, 0));
	/* the second tab was opened before: another question merges, the same one is a conflict */
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "2", "q6", "二つめの画面", NULL), true, 0));
	v = front_see(w, link);
	assert_string_equal(answer(&v, "q5"), "3");
	assert_string_equal(answer(&v, "q6"), "二つめの画面");
	is_err(front_save(&w->c, link, front_say(w, v.def, "q1", "1", "q2", "1", NULL), true, 0), ERR_CONFLICT);
	v = front_see(w, link);
	assert_string_equal(answer(&v, "q1"), "いいえ");
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "1", "q2", "1", NULL), true, v.version));
	is_err(front_save(&w->c, link, v.answers, true, 99), ERR_CONFLICT);
	is_err(front_save(&w->c, link, v.answers, true, -1), ERR_CONFLICT);
}

static void filled_in_advance(void **state)
{
	struct world *w = *state;
	const char *link = front_link(w, "named", 2);
	struct front_view v = front_see(w, link);
	struct answers *known = front_say(w, v.def, "q5", "7", NULL);
	const char *json = json_to_text(w->arena, answers_to_json(w->arena, known), true);
	front_seat(w, "named", 2, "第2包括", json);
	v = front_see(w, link);
	assert_non_null(v.prefill);
	assert_string_equal(answer(&v, "q5"), "7");
	assert_false(v.is_given);
	/* corrected */
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "2", "q5", "8", NULL), true, 0));
	v = front_see(w, link);
	assert_string_equal(answer(&v, "q5"), "8");
	assert_string_equal(answers_text(v.prefill, "q5"), "7");
	/* told again without it, it stays */
	front_seat(w, "named", 2, "第2包括（新しい名）", NULL);
	v = front_see(w, link);
	assert_string_equal(v.label, "第2包括（新しい名）");
	assert_string_equal(answers_text(v.prefill, "q5"), "7");
	/* nothing in advance, and no name, in an anonymous round */
	front_seat(w, "anon", 1, "漏れてはならない名", json);
	assert_int_equal(count_of(w, "front_seat", "label LIKE '%漏れ%' OR (prefill <> '' AND serial = 1)"), 0);
}

/* ---- branches -------------------------------------------------------------------------------------------------------------- */

static void branches(void **state)
{
	struct world *w = *state;
	struct front_view v = front_see(w, front_link(w, "named", 1));
	struct answers *as = front_say(w, v.def, "q1", "1", "q2", "1", "q2_other", "消える", "q3", "1", "q4", "消える", "q6", "残る", NULL);
	struct answers *seen = front_visible(&w->c, as);
	assert_string_equal(answers_text(seen, "q2_other"), "");
	assert_string_equal(answers_text(seen, "q3"), "");
	assert_string_equal(answers_text(seen, "q4"), ""); /* it hangs on a question that is hidden itself */
	assert_string_equal(answers_text(seen, "q6"), "残る");
	assert_string_equal(answers_text(as, "q4"), "消える"); /* a copy */
	/* what depends on a blank is kept until it is handed in, and then asked after */
	const char *link = front_link(w, "named", 2);
	as = front_say(w, v.def, "q1", "2", "q4", "理由", NULL);
	ok(front_save(&w->c, link, as, false, 0));
	v = front_see(w, link);
	assert_string_equal(answer(&v, "q4"), "理由");
	is_err(front_save(&w->c, link, as, true, v.version), ERR_INPUT);
	assert_non_null(strstr(fault_of(&w->c, "q3")->message, "問4"));
	fault_clear(&w->c);
	/* a required question is not asked for before its branch is sure */
	is_err(front_save(&w->c, link, front_say(w, v.def, "q6", "x", NULL), true, v.version), ERR_INPUT);
	assert_null(fault_of(&w->c, "q2"));
	fault_clear(&w->c);
	is_err(front_save(&w->c, link, front_say(w, v.def, "q1", "1", NULL), true, v.version), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "q2"));
}

/* ---- anonymous --------------------------------------------------------------------------------------------------------------- */

static err take_tx(struct ctx *c, void *arg)
{
	struct { struct front_cast *v; size_t n; } *out = arg;
	return front_pot_take(c, "anon", &out->v, &out->n);
}

static void anonymous(void **state)
{
	struct world *w = *state;
	int64_t in_pot, spent, seats;
	struct { struct front_cast *v; size_t n; } pot;
	const char *link = front_link(w, "anon", 1), *replaced = link;
	struct front_view v = front_see(w, link);
	assert_string_equal(v.label, "");
	ok(front_mark_opened(&w->c, link));
	assert_int_equal(count_of(w, "front_seat", "is_opened = 1"), 0);
	int64_t revisions = count_of(w, "revision", "1 = 1"), audit = count_of(w, "audit_entry", "1 = 1");
	/* unfinished, and found again only with the link */
	ok(front_save(&w->c, link, front_say(w, v.def, "q6", "下書きの言葉", NULL), false, 0));
	assert_int_equal(count_of(w, "front_draft", "1 = 1"), 1);
	assert_int_equal(count_of(w, "front_draft", "CAST(body AS TEXT) LIKE '%下書き%'"), 0);
	v = front_see(w, link);
	assert_true(v.is_given && !v.is_submitted);
	assert_string_equal(answer(&v, "q6"), "下書きの言葉");
	assert_false(front_see(w, front_link(w, "anon", 2)).is_given);
	/* a tab that has not seen it */
	is_err(front_save(&w->c, link, front_say(w, v.def, "q6", "別の画面", NULL), false, 0), ERR_CONFLICT);
	is_err(front_save(&w->c, link, front_say(w, v.def, "q1", "2", NULL), true, 0), ERR_CONFLICT);
	is_err(front_save(&w->c, link, v.answers, true, v.version), ERR_INPUT);
	fault_clear(&w->c);
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "2", "q6", "無記名の意見", NULL), true, v.version));
	assert_int_equal(count_of(w, "front_draft", "1 = 1"), 0);
	v = front_see(w, link);
	assert_int_equal(v.state, FRONT_SPENT);
	assert_string_equal(answer(&v, "q6"), ""); /* nobody sees it again by the link */
	is_err(front_save(&w->c, link, front_say(w, v.def, "q1", "2", NULL), true, 0), ERR_SURVEY_SPENT);
	/* a fresh link gives no second vote */
	link = front_link(w, "anon", 1);
	is_err(front_save(&w->c, link, front_say(w, v.def, "q1", "2", NULL), true, 0), ERR_SURVEY_SPENT);
	is_err(front_save(&w->c, replaced, front_say(w, v.def, "q1", "2", NULL), true, 0), ERR_SURVEY_SPENT);
	ok(front_pot_count(&w->c, "anon", &in_pot, &spent, &seats));
	assert_int_equal(in_pot, 1);
	assert_int_equal(spent, 1);
	assert_int_equal(seats, 3);
	assert_int_equal(count_of(w, "revision", "1 = 1"), revisions);
	assert_int_equal(count_of(w, "audit_entry", "1 = 1"), audit);
	const char **keys;
	size_t n;
	ok(front_unspent(&w->c, "anon", &keys, &n));
	assert_int_equal(n, 2);
	/* one alone does not leave the pot while others may still come */
	ok(tx_run(&w->c, take_tx, &pot));
	assert_int_equal(pot.n, 0);
	w->c.today = D(2026, 12, 1);
	ok(tx_run(&w->c, take_tx, &pot));
	assert_int_equal(pot.n, 1);
	assert_non_null(strstr(pot.v[0].answers, "無記名の意見"));
	assert_string_equal(pot.v[0].mode, "web");
	ok(tx_run(&w->c, take_tx, &pot));
	assert_int_equal(pot.n, 0);
}

static err paper_tx(struct ctx *c, void *arg) { return front_pot_add(c, "anon", "paper", arg); }

static void unfinished_ends_with_the_round(void **state)
{
	struct world *w = *state;
	const char *link = front_link(w, "anon", 1);
	struct front_view v = front_see(w, link);
	struct { struct front_cast *v; size_t n; } pot;
	ok(front_save(&w->c, link, front_say(w, v.def, "q6", "途中", NULL), false, 0));
	struct t_front_round r = front_round("anon", true);
	r.is_closed = true;
	front_put(w, &r);
	assert_int_equal(count_of(w, "front_draft", "1 = 1"), 0);
	/* paper that comes late */
	ok(tx_run(&w->c, paper_tx, front_say(w, v.def, "q1", "1", NULL)));
	ok(tx_run(&w->c, take_tx, &pot));
	assert_int_equal(pot.n, 1);
	assert_string_equal(pot.v[0].mode, "paper");
}

/* A round answered on the other host shows nothing here. */
static void elsewhere(void **state)
{
	struct world *w = *state;
	struct front_view v;
	const char *link = front_link(w, "named", 1);
	struct t_front_round r = front_round("named", false);
	r.is_outside = true;
	front_put(w, &r);
	is_err(front_open(&w->c, link, &v), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {FRONT(links), FRONT(days), FRONT(named), FRONT(two_tabs), FRONT(filled_in_advance), FRONT(branches),
		FRONT(anonymous), FRONT(unfinished_ends_with_the_round), FRONT(elsewhere)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
