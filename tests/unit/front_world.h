/* A survey of two kinds for the tests of the outside front: a named round "named" and an anonymous one "anon", open from 2026-11-10 to
 * 2026-11-30, with three questions and a branch. Actor: whoever the world has; the front asks for nobody. */
#ifndef TSU_TESTS_FRONT_WORLD_H
#define TSU_TESTS_FRONT_WORLD_H

#include "record_world.h"

#include "region/front.h"

#define FSC "\"source\":\"test\",\"confidence\":\"A\""

static const char FRONT_FORM[] = "{\"sections\":[{\"id\":\"s1\",\"label\":\"体制\",\"items\":["
	"{\"id\":\"q1\",\"no\":\"1\",\"type\":\"code\",\"label\":\"研修をしましたか\",\"required\":\"form\",\"options\":[{\"code\":\"1\",\"label\":\"はい\"},{\"code\":\"2\",\"label\":\"いいえ\"}]," FSC "},"
	"{\"id\":\"q2\",\"no\":\"2\",\"type\":\"codes\",\"label\":\"相手\",\"shown_when\":\"q1 = '1'\",\"required\":\"form\",\"options\":[{\"code\":\"1\",\"label\":\"職員\"},{\"code\":\"2\",\"label\":\"住民\"},{\"code\":\"9\",\"label\":\"その他\"}]," FSC "},"
	"{\"id\":\"q2_other\",\"type\":\"text\",\"label\":\"その他の内容\",\"shown_when\":\"has(q2, '9')\"," FSC "},"
	"{\"id\":\"q3\",\"no\":\"3\",\"type\":\"code\",\"label\":\"理由はありますか\",\"shown_when\":\"q1 = '2'\",\"options\":[{\"code\":\"1\",\"label\":\"ある\"},{\"code\":\"2\",\"label\":\"ない\"}]," FSC "},"
	"{\"id\":\"q4\",\"no\":\"4\",\"type\":\"memo\",\"label\":\"その理由\",\"shown_when\":\"q3 = '1'\"," FSC "}]},"
	"{\"id\":\"s2\",\"label\":\"数\",\"items\":["
	"{\"id\":\"q5\",\"no\":\"5\",\"type\":\"int\",\"label\":\"回数\",\"min\":0,\"max\":999,\"unit\":\"回\"," FSC "},"
	"{\"id\":\"q6\",\"no\":\"6\",\"type\":\"memo\",\"label\":\"ご意見\"," FSC "}]}]}";
static const char FRONT_RULES[] = "{\"rules\":[]}";
static const char FRONT_META[] = "{\"name\":\"研修の調査\",\"short_name\":\"研修\",\"notice\":\"なし\",\"source\":\"test\",\"confidence\":\"A\",\"kind\":\"answers\",\"class\":\"statistics\",\"retention_years\":5,\"retention_source\":\"test\"}";

static inline struct t_front_round front_round(const char *key, bool anonymous)
{
	struct t_front_round r;
	row_init(&T_front_round, &r);
	r.key = key;
	r.title = "研修の調査";
	r.round_name = "第3四半期";
	r.sender = "青葉市";
	r.greeting = "ご協力をお願いします。";
	r.contact = "青葉市 高齢福祉課 00-0000-0000";
	r.is_anonymous = anonymous;
	r.period_from = D(2026, 10, 1);
	r.period_to = D(2026, 12, 31);
	r.opens_on = D(2026, 11, 10);
	r.closes_on = D(2026, 11, 30);
	r.form_id = "survey-test";
	r.form_version = "2026-11-01";
	r.form = FRONT_FORM;
	r.rules = FRONT_RULES;
	r.meta = FRONT_META;
	r.sha256 = "";
	return r;
}

static inline err front_put_tx(struct ctx *c, void *arg) { return front_round_put(c, arg); }

static inline void front_put(struct world *w, struct t_front_round *r) { ok(tx_run(&w->c, front_put_tx, r)); }

static inline const char *front_seat_key(struct world *w, const char *round, int i) { return arena_fmt(w->arena, "%s-seat%04d", round, i); }

struct front_seat_in {
	const char *round;
	struct front_seat_new seat;
};
static inline err front_seat_tx(struct ctx *c, void *arg)
{
	struct front_seat_in *in = arg;
	return front_seat_put(c, in->round, &in->seat);
}
static inline void front_seat(struct world *w, const char *round, int i, const char *label, const char *prefill)
{
	struct front_seat_in in = {round, {.key = front_seat_key(w, round, i), .serial = i, .label = label, .prefill = prefill}};
	ok(tx_run(&w->c, front_seat_tx, &in));
}
static inline const char *front_link(struct world *w, const char *round, int i)
{
	const char *link = NULL;
	ok(front_link_make(&w->c, front_seat_key(w, round, i), &link));
	return link;
}

static inline int front_world_open(void **state)
{
	if (record_open(state) != 0)
		return -1;
	struct world *w = *state;
	struct t_front_round named = front_round("named", false), anon = front_round("anon", true);
	front_put(w, &named);
	front_put(w, &anon);
	for (int i = 1; i <= 3; i++) {
		front_seat(w, "named", i, arena_fmt(w->arena, "第%d包括", i), "");
		front_seat(w, "anon", i, "漏れてはならない名", "");
	}
	return 0;
}

static inline struct front_view front_see(struct world *w, const char *link)
{
	struct front_view v;
	ok(front_open(&w->c, link, &v));
	return v;
}

/* Answers as pairs path, text; NULL ends. */
static inline struct answers *front_say(struct world *w, const struct form_def *def, ...)
{
	struct answers *as = answers_new(w->arena, def);
	va_list ap;
	va_start(ap, def);
	for (const char *path = va_arg(ap, const char *); path; path = va_arg(ap, const char *))
		ok(answers_set(as, path, va_arg(ap, const char *)));
	va_end(ap);
	return as;
}

#define FRONT(f) cmocka_unit_test_setup_teardown(f, front_world_open, world_close)

#endif
