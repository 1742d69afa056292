/* Two houses and the files that go between them. */
#include "front_world.h"

#include "exchange/front_body.h"
#include "exchange/front_file.h"
#include "exchange/front_seal.h"

#include <stdarg.h>
#include <sys/stat.h>

struct pair {
	struct world *in, *out;
};

static int pair_open(void **state)
{
	struct pair *p = test_calloc(1, sizeof *p);
	void *w = NULL;
	struct front_peer_view a, b;
	if (record_open(&w) != 0)
		return -1;
	p->in = w;
	if (world_open(&w) != 0)
		return -1;
	p->out = w;
	p->out->house.outside = true;
	world_console(p->in);
	ok(front_peer_of(&p->in->c, &a));
	ok(front_peer_of(&p->out->c, &b));
	ok(front_peer_set(&p->in->c, b.own_line));
	ok(front_peer_set(&p->out->c, a.own_line));
	for (int anonymous = 0; anonymous < 2; anonymous++) {
		struct t_front_round r = front_round(anonymous ? "anon" : "named", anonymous);
		r.is_outside = true;
		front_put(p->in, &r);
		for (int i = 1; i <= 8; i++)
			front_seat(p->in, r.key, i, arena_fmt(p->in->arena, "第%d包括", i), "");
	}
	*state = p;
	return 0;
}

static int pair_close(void **state)
{
	struct pair *p = *state;
	void *in = p->in, *out = p->out;
	test_free(p);
	return world_close(&in) || world_close(&out);
}

#define PAIR(f) cmocka_unit_test_setup_teardown(f, pair_open, pair_close)

struct bytes {
	const char *p;
	size_t n;
	struct front_file_report r;
};

static struct bytes written(struct world *w)
{
	struct bytes b = {0};
	ok(front_file_write(&w->c, &b.p, &b.n, &b.r));
	return b;
}

static struct front_file_report taken(struct world *w, const struct bytes *b)
{
	struct front_file_report r;
	err e = front_file_read(&w->c, b->p, b->n, &r);
	if (e != OK)
		print_error("%s: %s\n", err_name(e), w->c.n_faults ? w->c.faults[0].message : "");
	assert_int_equal(e, OK);
	return r;
}

static void carry(struct world *from, struct world *to, struct front_file_report *r)
{
	struct bytes b = written(from);
	*r = taken(to, &b);
}

static void vote(struct world *w, const char *link, const char *words)
{
	struct front_view v = front_see(w, link);
	ok(front_save(&w->c, link, front_say(w, v.def, "q1", "2", "q6", words, NULL), true, v.version));
}

/* Everything a read could have changed. */
/* Everything but the notes of the files themselves. */
static int64_t fingerprint(struct world *w)
{
	return count_of(w, "revision", "table_name <> 'front_carry'") * 1000000 + count_of(w, "front_pot", "1 = 1") * 10000 + count_of(w, "front_token", "1 = 1") * 100 +
	       count_of(w, "front_seat", "is_spent = 1 OR is_opened = 1");
}

/* ---- the round trip -------------------------------------------------------------------------------------------------------- */

static void there_and_back(void **state)
{
	struct pair *p = *state;
	struct front_file_report r;
	const char *named = front_link(p->in, "named", 1), *old = front_link(p->in, "named", 2), *fresh = front_link(p->in, "named", 2);
	struct front_view v;
	is_err(front_open(&p->in->c, named, &v), ERR_NOTFOUND); /* answered outside alone */
	carry(p->in, p->out, &r);
	assert_int_equal(r.rounds, 2);
	assert_int_equal(r.seats, 16);
	assert_int_equal(r.links, 3);
	/* a link of the inside works outside, without the key of the inside's house */
	v = front_see(p->out, named);
	assert_string_equal(v.label, "第1包括");
	assert_int_equal(front_see(p->out, old).state, FRONT_REPLACED);
	ok(front_mark_opened(&p->out->c, fresh));
	vote(p->out, named, "外で答えた");
	struct bytes back = written(p->out);
	r = taken(p->in, &back);
	assert_int_equal(r.given, 1);
	assert_int_equal(r.opened, 1);
	struct front_given *g;
	size_t n;
	ok(front_given_list(&p->in->c, "named", NULL, &g, &n));
	assert_int_equal(n, 2);
	assert_int_equal(g[0].version, 1);
	assert_string_equal(g[0].state, "submitted");
	assert_non_null(strstr(g[0].answers, "外で答えた"));
	/* the same file again, and an older one after a newer */
	int64_t before = fingerprint(p->in);
	struct front_file_report again = taken(p->in, &back);
	assert_true(again.is_old);
	assert_non_null(strstr(again.why_old, "もう取り込んであります"));
	assert_int_equal(fingerprint(p->in), before);
	v = front_see(p->out, named);
	ok(front_save(&p->out->c, named, front_say(p->out, v.def, "q1", "2", "q6", "直した", NULL), true, v.version));
	struct bytes second = written(p->out);
	r = taken(p->in, &second);
	assert_int_equal(r.given, 1);
	again = taken(p->in, &back);
	assert_true(again.is_old);
	assert_non_null(strstr(again.why_old, "より新しいファイル"));
	assert_int_equal(count_of(p->in, "front_carry", "way = 'in' AND state = 'taken'"), 2);
	assert_int_equal(count_of(p->in, "front_carry", "way = 'in' AND state = 'old' AND no IS NOT NULL"), 2);
	assert_int_equal(count_of(p->in, "front_carry_round", "given = 1 AND opened = 1 AND round_key = 'named'"), 1);
	ok(front_given_list(&p->in->c, "named", NULL, &g, &n));
	assert_non_null(strstr(g[0].answers, "直した"));
	/* a link whose mail came back is as if it had never been made, outside too */
	const char *offered;
	ok(front_link_offer(&p->in->c, front_seat_key(p->in, "named", 3), &offered));
	carry(p->in, p->out, &r);
	assert_int_equal(front_see(p->out, offered).state, FRONT_OPEN);
	ok(front_link_settle(&p->in->c, front_seat_key(p->in, "named", 3), offered, false));
	carry(p->in, p->out, &r);
	assert_int_equal(front_see(p->out, offered).state, FRONT_REPLACED);
	/* closed inside: closed outside, with the results */
	struct t_front_round round = front_round("named", false);
	round.is_outside = true;
	round.is_closed = true;
	round.results = "ありがとうございました。";
	front_put(p->in, &round);
	carry(p->in, p->out, &r);
	v = front_see(p->out, named);
	assert_int_equal(v.state, FRONT_CLOSED);
	assert_string_equal(v.round.results, "ありがとうございました。");
	/* nothing newly replaced works again by an old file; what the outside does not know is not made up */
	assert_int_equal(front_see(p->out, old).state, FRONT_REPLACED);
}

/* Each anonymous answer arrives once, whatever is lost or read twice, and leaves the outside when it has arrived. */
static void pot_once(void **state)
{
	struct pair *p = *state;
	struct front_file_report r;
	const char *links[8];
	for (int i = 0; i < 8; i++)
		links[i] = front_link(p->in, "anon", i + 1);
	carry(p->in, p->out, &r);
	for (int i = 0; i < 4; i++)
		vote(p->out, links[i], arena_fmt(p->out->arena, "意見%d", i));
	struct bytes early = written(p->out);
	assert_int_equal(early.r.pot, 0); /* four alone would be seen to arrive */
	assert_int_equal(early.r.spent, 4);
	assert_int_equal(taken(p->in, &early).spent, 4);
	vote(p->out, links[4], "意見4");
	struct bytes lost = written(p->out), first = written(p->out);
	assert_int_equal(lost.r.pot, 5);
	assert_int_equal(taken(p->in, &first).pot, 5); /* the first file never arrived: its answers are in the second */
	assert_true(taken(p->in, &lost).is_old);
	assert_int_equal(count_of(p->out, "front_pot", "1 = 1"), 5); /* not yet told that they have arrived */
	for (int i = 5; i < 8; i++)
		vote(p->out, links[i], arena_fmt(p->out->arena, "意見%d", i));
	p->out->c.today = p->in->c.today = D(2026, 12, 1);
	struct bytes last = written(p->out);
	assert_int_equal(last.r.pot, 8);
	assert_int_equal(taken(p->in, &last).pot, 3);
	assert_int_equal(count_of(p->in, "front_pot", "1 = 1"), 8);
	carry(p->in, p->out, &r);
	assert_int_equal(count_of(p->out, "front_pot", "1 = 1"), 0);
	struct bytes empty = written(p->out);
	r = taken(p->in, &empty);
	assert_int_equal(r.pot, 0);
	for (int i = 0; i < 8; i++)
		assert_int_equal(count_of(p->in, "front_pot", arena_fmt(p->in->arena, "answers LIKE '%%意見%d%%'", i)), 1);
	int64_t in_pot, spent, seats;
	ok(front_pot_count(&p->in->c, "anon", &in_pot, &spent, &seats));
	assert_int_equal(spent, 8);
	/* no mark of a file on the answers of the inside */
	assert_int_equal(count_of(p->in, "front_pot", "batch <> 0"), 0);
}

/* Any order of writing, losing, repeating and reading: nothing twice, nothing gone. */
static void any_order(void **state)
{
	struct pair *p = *state;
	struct front_file_report r;
	const char *links[8];
	struct bytes kept[40];
	size_t n_kept = 0, voted = 0;
	uint64_t s = 20261126;
	for (int i = 0; i < 8; i++)
		links[i] = front_link(p->in, "anon", i + 1);
	carry(p->in, p->out, &r);
	for (int step = 0; step < 60; step++) {
		s = s * 6364136223846793005ULL + 1442695040888963407ULL;
		switch (s >> 61) {
		case 0: case 1:
			if (voted < 8)
				vote(p->out, links[voted], arena_fmt(p->out->arena, "声%zu", voted));
			voted += voted < 8;
			break;
		case 2: case 3:
			if (n_kept < 40)
				kept[n_kept++] = written(p->out);
			break;
		case 4: case 5: case 6:
			if (n_kept > 0)
				(void)taken(p->in, &kept[(s >> 20) % n_kept]);
			break;
		default:
			carry(p->in, p->out, &r);
		}
	}
	while (voted < 8)
		vote(p->out, links[voted], arena_fmt(p->out->arena, "声%zu", voted)), voted++;
	p->out->c.today = p->in->c.today = D(2026, 12, 1);
	carry(p->out, p->in, &r);
	carry(p->in, p->out, &r);
	carry(p->out, p->in, &r);
	assert_int_equal(count_of(p->out, "front_pot", "1 = 1"), 0);
	assert_int_equal(count_of(p->in, "front_pot", "1 = 1"), 8);
	for (int i = 0; i < 8; i++)
		assert_int_equal(count_of(p->in, "front_pot", arena_fmt(p->in->arena, "answers LIKE '%%声%d%%'", i)), 1);
}

/* ---- what is refused --------------------------------------------------------------------------------------------------------- */

static void one_byte(void **state)
{
	struct pair *p = *state;
	struct front_file_report r;
	front_link(p->in, "named", 1);
	struct bytes good = written(p->in);
	char *bad = arena_alloc(p->out->arena, good.n);
	int64_t before = fingerprint(p->out);
	/* each byte of the head and of the envelope, and every 101st of the rest */
	for (size_t i = 0; i < good.n; i += i < 200 ? 1 : 101)
		for (int bit = 0; bit < 8; bit += i < 200 ? 1 : 7) {
			memcpy(bad, good.p, good.n);
			bad[i] = (char)(bad[i] ^ (1 << bit));
			is_err(front_file_read(&p->out->c, bad, good.n, &r), ERR_FRONT_FILE);
			assert_non_null(fault_of(&p->out->c, ""));
			fault_clear(&p->out->c);
		}
	for (size_t n = 0; n < good.n; n += n < 150 ? 1 : 997)
		is_err(front_file_read(&p->out->c, good.p, n, &r), ERR_FRONT_FILE);
	fault_clear(&p->out->c);
	assert_int_equal(fingerprint(p->out), before);
	assert_int_equal(count_of(p->out, "front_round", "1 = 1"), 0);
	/* one's own file, and a file for somebody else */
	is_err(front_file_read(&p->in->c, good.p, good.n, &r), ERR_FRONT_FILE);
	assert_non_null(strstr(fault_of(&p->in->c, "")->message, "こちらで作った"));
	fault_clear(&p->in->c);
	/* each refusal has left its note, and nothing else */
	assert_int_equal(count_of(p->in, "front_carry", "state = 'refused' AND why LIKE '%こちらで作った%'"), 1);
	assert_int_equal(count_of(p->out, "front_carry", "state <> 'refused' OR no IS NOT NULL"), 0);
	(void)taken(p->out, &good);
}

static void keys(void **state)
{
	struct pair *p = *state;
	struct front_peer_view v;
	struct front_file_report r;
	const char *bytes;
	size_t n;
	struct stat st;
	ok(front_peer_of(&p->in->c, &v));
	assert_true(v.is_known);
	assert_int_equal(stat(arena_fmt(p->in->arena, "%s/outside.key", p->in->dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	is_err(front_peer_set(&p->in->c, v.own_line), ERR_INPUT);
	fault_clear(&p->in->c);
	char *wrong = arena_str(p->in->arena, v.own_line);
	wrong[20] = wrong[20] == 'a' ? 'b' : 'a';
	is_err(front_peer_set(&p->in->c, wrong), ERR_INPUT);
	is_err(front_peer_set(&p->in->c, ""), ERR_INPUT);
	fault_clear(&p->in->c);
	/* a stranger's file for this house: sealed well, signed by another */
	struct bytes good = written(p->out);
	const struct front_keys *stranger;
	const char *dir = arena_fmt(p->in->arena, "%s/stranger", p->in->dir), *mine;
	assert_int_equal(mkdir(dir, 0700), 0);
	ok(front_keys_of(p->in->arena, dir, &stranger));
	ok(front_key_parse(p->in->arena, v.own_line, &mine));
	ok(front_seal(p->in->arena, stranger, mine, "{}", 2, &bytes, &n));
	is_err(front_file_read(&p->in->c, bytes, n, &r), ERR_FRONT_FILE);
	fault_clear(&p->in->c);
	(void)taken(p->in, &good);
	/* whoever may not administer */
	nurse(p->in);
	is_err(front_peer_of(&p->in->c, &v), ERR_DENIED);
	is_err(front_file_write(&p->in->c, &bytes, &n, &r), ERR_DENIED);
	is_err(front_file_read(&p->in->c, good.p, good.n, &r), ERR_DENIED);
	/* a key that others can read is no key */
	world_console(p->in);
	assert_int_equal(chmod(arena_fmt(p->in->arena, "%s/outside.key", p->in->dir), 0644), 0);
	is_err(front_file_write(&p->in->c, &bytes, &n, &r), ERR_KEY);
}

static void not_exchanged_yet(void **state)
{
	struct world *w = *state;
	struct front_file_report r;
	struct front_peer_view v;
	const char *bytes;
	size_t n;
	world_console(w);
	ok(front_peer_of(&w->c, &v));
	assert_false(v.is_known);
	is_err(front_file_write(&w->c, &bytes, &n, &r), ERR_FRONT_PEER);
	is_err(front_file_read(&w->c, "x", 1, &r), ERR_FRONT_PEER);
}

/* Signed by the right hand and yet not as it should be: nothing half taken. */
static void bodies(void **state)
{
	struct world *w = *state;
	static const char *const bad[] = {"", "{}", "[]", "null", "{\"format\":\"tsunagi-front\",\"version\":1}",
		"{\"ack\":0,\"format\":\"tsunagi-front\",\"from\":\"00\",\"no\":1,\"rounds\":[],\"to\":\"00\",\"version\":1,\"way\":\"in-to-out\"}"};
	struct front_body b;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		is_err(front_body_parse(w->arena, bad[i], strlen(bad[i]), &b), ERR_FRONT_FILE);
	/* a whole one comes back as it was */
	char hex[FRONT_PUBLIC_HEX + 1];
	memset(hex, 'a', FRONT_PUBLIC_HEX);
	hex[FRONT_PUBLIC_HEX] = '\0';
	struct front_body_given g = {"seat1", "submitted", "{}", 3, D(2026, 11, 20)};
	struct front_body_cast cast = {"web", "{}", 7};
	const char *opened[] = {"seat2"};
	struct front_body_round round = {.row = front_round("k", false), .given = &g, .n_given = 1, .pot = &cast, .n_pot = 1, .opened = opened, .n_opened = 1};
	struct front_body whole = {.from = hex, .to = hex, .no = 9, .ack = 4, .rounds = &round, .n = 1};
	const char *text = front_body_text(w->arena, &whole);
	ok(front_body_parse(w->arena, text, strlen(text), &b));
	assert_string_equal(front_body_text(w->arena, &b), text);
	/* with any member missing, doubled or of another type it is refused */
	for (const char *at = strchr(text, ':'); at; at = strchr(at + 1, ':')) {
		const char *name = at - 1;
		if (*name != '"')
			continue;
		char *cut = arena_str(w->arena, text);
		cut[name - text - 1] = '#';
		is_err(front_body_parse(w->arena, cut, strlen(cut), &b), ERR_FRONT_FILE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {PAIR(there_and_back), PAIR(pot_once), PAIR(any_order), PAIR(one_byte), PAIR(keys), RECORD(not_exchanged_yet),
		RECORD(bodies)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
