#include "exchange/front_file.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/map.h"
#include "base/str.h"
#include "exchange/front_body.h"
#include "exchange/front_carry.h"
#include "exchange/front_seal.h"
#include "region/front_own.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

/* The numbers of files follow the days, so that a house put back from a backup of an earlier day does not begin with old ones. */
enum { NUMBERS_A_DAY = 1000 };

/* ---- the other side ------------------------------------------------------------------------------------------------------------------ */

static err peer_row(struct ctx *c, struct t_front_peer *row, bool *found)
{
	struct q_front_peer_one_row r;
	TRY(q_front_peer_one(c, &r, found));
	if (*found)
		return row_load(c, &T_front_peer, r.id, row);
	row_init(&T_front_peer, row);
	return OK;
}

static err own_keys(struct ctx *c, const struct front_keys **k)
{
	TRY(front_carry_gate(c));
	return c->house && c->house->data_dir ? front_keys_of(c->arena, c->house->data_dir, k) : ERR_KEY;
}

static err view_of(struct ctx *c, const struct front_keys *own, struct front_peer_view *out)
{
	struct t_front_peer row;
	const char *mine = own ? front_keys_public(c->arena, own) : NULL;
	*out = (struct front_peer_view){.own_line = mine ? front_key_line(c->arena, mine) : "", .own_check = mine ? front_key_check(c->arena, mine) : "", .peer_check = "",
		.updated_ms = INT_NULL};
	TRY(peer_row(c, &row, &out->is_known));
	if (!out->is_known)
		return OK;
	out->peer_check = front_key_check(c->arena, row.public_key);
	out->written_no = row.written_no;
	out->read_no = row.read_no;
	out->known_no = row.known_no;
	out->updated_ms = row.updated_ms;
	return OK;
}

err front_peer_of(struct ctx *c, struct front_peer_view *out)
{
	const struct front_keys *k;
	TRY(own_keys(c, &k));
	return view_of(c, k, out);
}

err front_peer_see(struct ctx *c, struct front_peer_view *out)
{
	const struct front_keys *k = NULL;
	TRY(front_carry_gate(c));
	if (c->house && c->house->data_dir && front_keys_there(c->arena, c->house->data_dir))
		TRY(own_keys(c, &k));
	return view_of(c, k, out);
}

static err set_tx(struct ctx *c, void *arg)
{
	struct t_front_peer row;
	bool found;
	TRY(peer_row(c, &row, &found));
	if (found && str_eq(row.public_key, arg))
		return OK;
	row.public_key = arg;
	row.read_no = row.known_no = 0;
	return found ? row_save(c, &T_front_peer, &row, NULL) : row_insert(c, &T_front_peer, &row);
}

err front_peer_set(struct ctx *c, const char *line)
{
	const struct front_keys *k;
	const char *hex;
	if (!policy_may_administer(c))
		return ERR_DENIED;
	TRY(own_keys(c, &k));
	if (front_key_parse(c->arena, line, &hex) != OK)
		return fault_add(c, "key", ERR_INPUT, "相手の公開鍵として読めません。相手の画面の「tsunagi-key-1」で始まる1行を、はじめから終わりまで写してください。");
	if (str_eq(hex, front_keys_public(c->arena, k)))
		return fault_add(c, "key", ERR_INPUT, "これは、こちらの公開鍵です。相手の公開鍵を入力してください。");
	return tx_run(c, set_tx, (void *)(uintptr_t)hex);
}

static err peer_must(struct ctx *c, struct t_front_peer *row)
{
	bool found;
	TRY(peer_row(c, row, &found));
	return found ? OK : ERR_FRONT_PEER;
}

/* ---- writing ---------------------------------------------------------------------------------------------------------------------------- */

struct writing {
	const struct front_keys *keys;
	struct front_file_report *report;
	const char **bytes;
	size_t *n;
};

static err seats_out(struct ctx *c, struct front_body_round *r)
{
	struct q_front_seats_row *s;
	struct q_front_tokens_row *t;
	TRY(q_front_seats(c, &(struct q_front_seats_in){.round_id = r->row.id}, &s, &r->n_seats));
	TRY(q_front_tokens(c, &(struct q_front_tokens_in){.round_id = r->row.id}, &t, &r->n_links));
	r->seats = ARENA_ARRAY(c->arena, r->n_seats + 1, struct front_body_seat);
	for (size_t i = 0; i < r->n_seats; i++)
		r->seats[i] = (struct front_body_seat){s[i].key, s[i].label, s[i].prefill, s[i].serial, s[i].is_revoked};
	r->links = ARENA_ARRAY(c->arena, r->n_links + 1, struct front_body_link);
	for (size_t i = 0; i < r->n_links; i++)
		r->links[i] = (struct front_body_link){t[i].hash, t[i].key, t[i].is_replaced};
	return OK;
}

static err marks_out(struct ctx *c, struct front_body_round *r)
{
	struct q_front_seats_row *s;
	struct front_given *g;
	size_t n;
	TRY(q_front_seats(c, &(struct q_front_seats_in){.round_id = r->row.id}, &s, &n));
	r->opened = ARENA_ARRAY(c->arena, n + 1, const char *);
	r->spent = ARENA_ARRAY(c->arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++) {
		if (s[i].is_opened)
			r->opened[r->n_opened++] = s[i].key;
		if (s[i].is_spent)
			r->spent[r->n_spent++] = s[i].key;
	}
	TRY(front_given_list(c, r->row.key, NULL, &g, &n));
	r->given = ARENA_ARRAY(c->arena, n + 1, struct front_body_given);
	for (size_t i = 0; i < n; i++)
		if (g[i].version > 0)
			r->given[r->n_given++] = (struct front_body_given){g[i].seat_key, g[i].state, g[i].answers, g[i].version, g[i].submitted_on};
	return OK;
}

/* Those that no file has held yet get the number of this one, if enough of them can go together. */
static err pot_out(struct ctx *c, struct front_body_round *r, int64_t no)
{
	struct q_front_pot_all_row *all;
	struct front_body_cast spare;
	size_t n, fresh = 0;
	TRY(q_front_pot_all(c, &all, &n));
	for (size_t i = 0; i < n; i++)
		fresh += all[i].batch == 0 && str_eq(all[i].round_key, r->row.key);
	bool over = front_is_over(c, &r->row), go = fresh > 0 && (fresh >= FRONT_POT_LEAST || over);
	if (over)
		TRY(front_drafts_end(c, r->row.key));
	r->pot = ARENA_ARRAY(c->arena, n + 1, struct front_body_cast);
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(all[i].round_key, r->row.key) || (all[i].batch == 0 && !go))
			continue;
		if (all[i].batch == 0)
			all[i].batch = no;
		r->pot[r->n_pot++] = (struct front_body_cast){all[i].mode, all[i].answers, all[i].batch};
	}
	front_shuffle(r->pot, r->n_pot, sizeof *r->pot, &spare);
	return go ? front_pot_rewrite(c, all, n) : OK;
}

static void count(const struct front_body *b, struct front_file_report *r, struct front_carry_sum *sums)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct front_body_round *x = &b->rounds[i];
		r->rounds++;
		r->seats += (int64_t)x->n_seats;
		r->links += (int64_t)x->n_links;
		r->opened += (int64_t)x->n_opened;
		r->given += (int64_t)x->n_given;
		r->spent += (int64_t)x->n_spent;
		r->pot += (int64_t)x->n_pot;
		sums[i] = (struct front_carry_sum){.round_key = x->row.key, .seats = (int64_t)x->n_seats, .links = (int64_t)x->n_links, .opened = (int64_t)x->n_opened,
			.given = (int64_t)x->n_given, .spent = (int64_t)x->n_spent, .pot = (int64_t)x->n_pot};
	}
}

static err write_tx(struct ctx *c, void *arg)
{
	struct writing *w = arg;
	struct q_front_round_travelling_row *rounds;
	struct t_front_peer peer;
	bool inside = !c->house->outside;
	TRY(peer_must(c, &peer));
	int64_t least = (int64_t)c->today * NUMBERS_A_DAY;
	peer.written_no = peer.written_no + 1 > least ? peer.written_no + 1 : least;
	struct front_body b = {.from_inside = inside, .from = front_keys_public(c->arena, w->keys), .to = peer.public_key, .no = peer.written_no,
		.ack = peer.read_no};
	TRY(q_front_round_travelling(c, &(struct q_front_round_travelling_in){.is_outside = inside}, &rounds, &b.n));
	b.rounds = ARENA_ARRAY(c->arena, b.n + 1, struct front_body_round);
	for (size_t i = 0; i < b.n; i++) {
		TRY(row_load(c, &T_front_round, rounds[i].id, &b.rounds[i].row));
		TRY((inside ? seats_out : marks_out)(c, &b.rounds[i]));
		if (!inside && b.rounds[i].row.is_anonymous)
			TRY(pot_out(c, &b.rounds[i], b.no));
	}
	TRY(row_save(c, &T_front_peer, &peer, NULL));
	struct front_carry_sum *sums = ARENA_ARRAY(c->arena, b.n + 1, struct front_carry_sum);
	*w->report = (struct front_file_report){.no = b.no, .why_old = ""};
	count(&b, w->report, sums);
	const char *text = front_body_text(c->arena, &b);
	TRY(front_seal(c->arena, w->keys, peer.public_key, text, strlen(text), w->bytes, w->n));
	return front_carry_write(c, &(struct front_carry_note){.way = "out", .state = "made", .why = "", .no = b.no, .bytes = *w->bytes, .n = *w->n,
		.sums = sums, .n_sums = b.n});
}

err front_file_write(struct ctx *c, const char **bytes, size_t *n, struct front_file_report *out)
{
	struct writing w = {.report = out, .bytes = bytes, .n = n};
	TRY(own_keys(c, &w.keys));
	return tx_run(c, write_tx, &w);
}

/* What of the report is of the round that was just read. */
static struct front_carry_sum added(const char *key, const struct front_file_report *before, const struct front_file_report *now)
{
	return (struct front_carry_sum){.round_key = key, .seats = now->seats - before->seats, .links = now->links - before->links, .opened = now->opened - before->opened,
		.given = now->given - before->given, .spent = now->spent - before->spent, .pot = now->pot - before->pot};
}

/* ---- reading: outside ----------------------------------------------------------------------------------------------------------------------- */

static err no_file(struct ctx *c, const char *why) { return fault_add(c, "", ERR_FRONT_FILE, "%s", why); }

static const char BROKEN[] = "受け渡しファイルを読めません。途中で壊れたか、書きかえられたか、ほかの相手あてのファイルです。何も取り込んでいません。"
	"相手に、もう一度ファイルを作ってもらってください。";

static err link_in(struct ctx *c, const struct front_body_link *l, struct front_file_report *out)
{
	struct q_front_token_known_row known;
	struct q_front_seat_of_row seat;
	bool found;
	int64_t changed = 0;
	TRY(q_front_seat_of(c, &(struct q_front_seat_of_in){.key = l->seat}, &seat, &found));
	if (!found)
		return no_file(c, BROKEN);
	TRY(q_front_token_known(c, &(struct q_front_token_known_in){.hash = l->hash}, &known, &found));
	if (found && known.seat_id != seat.id)
		return no_file(c, BROKEN);
	if (!found) {
		TRY(q_front_token_add(c, &(struct q_front_token_add_in){.hash = l->hash, .seat_id = seat.id}, NULL));
		out->links++;
	}
	return l->is_replaced ? q_front_token_end(c, &(struct q_front_token_end_in){.hash = l->hash}, &changed) : OK;
}

/* A link that the inside no longer knows (its mail came back) works here no longer either. */
static err links_gone(struct ctx *c, const struct front_body_round *r)
{
	struct map told = map_new(c->arena);
	struct q_front_tokens_row *t;
	size_t n;
	for (size_t i = 0; i < r->n_links; i++)
		map_set(&told, r->links[i].hash, &r->links[i]);
	TRY(q_front_tokens(c, &(struct q_front_tokens_in){.round_id = r->row.id}, &t, &n));
	for (size_t i = 0; i < n; i++)
		if (!t[i].is_replaced && !map_get(&told, t[i].hash))
			TRY(q_front_token_end(c, &(struct q_front_token_end_in){.hash = t[i].hash}, NULL));
	return OK;
}

static err round_in(struct ctx *c, struct front_body_round *r, struct front_file_report *out)
{
	const struct form_def *def;
	r->row.is_outside = false;
	if (front_def(c, r->row.form_id, r->row.form_version, r->row.form, r->row.rules, r->row.meta, &def) != OK)
		return no_file(c, "受け渡しファイルの質問を読めません。内側と外側のプログラムの版が同じか確かめてください。何も取り込んでいません。");
	err e = front_round_put(c, &r->row);
	if (e == ERR_SURVEY_FIXED)
		return no_file(c, BROKEN);
	TRY(e);
	out->rounds++;
	for (size_t i = 0; i < r->n_seats; i++) {
		const struct front_body_seat *s = &r->seats[i];
		TRY(front_seat_put(c, r->row.key, &(struct front_seat_new){s->key, s->serial, s->label, s->prefill, s->is_revoked}));
		out->seats++;
	}
	for (size_t i = 0; i < r->n_links; i++)
		TRY(link_in(c, &r->links[i], out));
	return links_gone(c, r);
}

/* What the inside has is no longer needed here. */
static err pot_arrived(struct ctx *c, int64_t ack)
{
	struct q_front_pot_all_row *all;
	size_t n, kept = 0;
	TRY(q_front_pot_all(c, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].batch == 0 || all[i].batch > ack)
			all[kept++] = all[i];
	return kept < n ? front_pot_rewrite(c, all, kept) : OK;
}

/* ---- reading: inside ------------------------------------------------------------------------------------------------------------------------ */

static err seat_in(struct ctx *c, const struct t_front_round *round, const char *key, int64_t *id)
{
	struct q_front_seat_of_row seat;
	bool found;
	TRY(q_front_seat_of(c, &(struct q_front_seat_of_in){.key = key}, &seat, &found));
	if (!found || seat.round_id != round->id)
		return no_file(c, BROKEN);
	*id = seat.id;
	return OK;
}

static err readable(struct ctx *c, const struct form_def *def, const char *json)
{
	const struct answers *as;
	return str_blank(json) || front_answers_of(c, def, json, &as) != OK ? no_file(c, BROKEN) : OK;
}

static err given_in(struct ctx *c, const struct t_front_round *round, const struct form_def *def, const struct front_body_given *g,
	struct front_file_report *out)
{
	struct q_front_answer_of_row known;
	struct t_front_answer row;
	int64_t seat = 0;
	bool found;
	TRY(seat_in(c, round, g->seat, &seat));
	TRY(readable(c, def, g->answers));
	TRY(q_front_answer_of(c, &(struct q_front_answer_of_in){.seat_id = seat}, &known, &found));
	if (found)
		TRY(row_load(c, &T_front_answer, known.id, &row));
	else
		row_init(&T_front_answer, &row);
	if (found && row.outside_version >= g->version)
		return OK;
	row.seat_id = seat;
	row.state = g->state;
	row.submitted_on = g->submitted_on;
	row.answers = g->answers;
	row.outside_version = g->version;
	out->given++;
	return found ? row_save(c, &T_front_answer, &row, NULL) : row_insert(c, &T_front_answer, &row);
}

static err named_in(struct ctx *c, const struct t_front_round *round, const struct form_def *def, const struct front_body_round *r,
	struct front_file_report *out)
{
	if (r->n_spent > 0 || r->n_pot > 0)
		return no_file(c, BROKEN);
	for (size_t i = 0; i < r->n_opened; i++) {
		int64_t seat = 0, n;
		TRY(seat_in(c, round, r->opened[i], &seat));
		TRY(q_front_seat_opened(c, &(struct q_front_seat_opened_in){.id = seat}, &n));
		out->opened += n;
	}
	for (size_t i = 0; i < r->n_given; i++)
		TRY(given_in(c, round, def, &r->given[i], out));
	return OK;
}

struct pot {
	struct q_front_pot_all_row *v;
	size_t n;
};

static err anonymous_in(struct ctx *c, const struct t_front_round *round, const struct form_def *def, const struct front_body_round *r,
	int64_t read_no, struct pot *pot, struct front_file_report *out)
{
	if (r->n_opened > 0 || r->n_given > 0)
		return no_file(c, BROKEN);
	for (size_t i = 0; i < r->n_spent; i++) {
		int64_t seat = 0, n;
		TRY(seat_in(c, round, r->spent[i], &seat));
		TRY(q_front_seat_spent(c, &(struct q_front_seat_spent_in){.id = seat}, &n));
		out->spent += n;
	}
	for (size_t i = 0; i < r->n_pot; i++) {
		TRY(readable(c, def, r->pot[i].answers));
		if (r->pot[i].batch <= read_no)
			continue; /* an earlier file has brought it */
		pot->v[pot->n++] = (struct q_front_pot_all_row){.id = front_random_id(), .round_key = round->key, .mode = r->pot[i].mode,
			.answers = r->pot[i].answers};
		out->pot++;
	}
	return OK;
}

static err answers_in(struct ctx *c, const struct front_body *b, int64_t read_no, struct front_file_report *out, struct front_carry_sum *sums)
{
	struct pot pot = {0};
	struct q_front_pot_all_row *old;
	size_t n_old, most = 0;
	TRY(q_front_pot_all(c, &old, &n_old));
	for (size_t i = 0; i < b->n; i++)
		most += b->rounds[i].n_pot;
	pot.v = ARENA_ARRAY(c->arena, n_old + most + 1, struct q_front_pot_all_row);
	pot.n = n_old;
	if (n_old > 0)
		memcpy(pot.v, old, n_old * sizeof *old);
	for (size_t i = 0; i < b->n; i++) {
		struct q_front_round_of_row known;
		struct t_front_round round;
		struct front_file_report before = *out;
		const struct form_def *def;
		bool found;
		sums[i] = added(b->rounds[i].row.key, out, out);
		TRY(q_front_round_of(c, &(struct q_front_round_of_in){.key = b->rounds[i].row.key}, &known, &found));
		if (!found)
			continue; /* it went to the bin here meanwhile */
		TRY(row_load(c, &T_front_round, known.id, &round));
		if (round.is_anonymous != b->rounds[i].row.is_anonymous || !round.is_outside)
			return no_file(c, BROKEN);
		out->rounds++;
		TRY(front_def(c, round.form_id, round.form_version, round.form, round.rules, round.meta, &def));
		if (round.is_anonymous)
			TRY(anonymous_in(c, &round, def, &b->rounds[i], read_no, &pot, out));
		else
			TRY(named_in(c, &round, def, &b->rounds[i], out));
		sums[i] = added(round.key, &before, out);
	}
	return out->pot > 0 ? front_pot_rewrite(c, pot.v, pot.n) : OK;
}

/* ---- reading --------------------------------------------------------------------------------------------------------------------------------- */

struct reading {
	const struct front_keys *keys;
	const char *bytes;
	size_t n;
	int64_t no; /* as far as it could be read; else INT_NULL */
	struct front_file_report *report;
};

static const char OWN_FILE[] = "これは、こちらで作った、相手に渡すファイルです。ここでは取り込みません。相手で作ったファイルを選んでください。何も取り込んでいません。";

/* An older file, or the same: which of the two, and how to go on. */
static err say_old(struct ctx *c, const struct reading *in, const struct front_body *b, int64_t read_no)
{
	struct front_file_report *out = in->report;
	out->is_old = true;
	out->why_old = b->no == read_no
		? arena_fmt(c->arena, "このファイル（番号 %lld）は、もう取り込んであります。何も変えていません。", (long long)b->no)
		: arena_fmt(c->arena, "このファイル（番号 %lld）より新しいファイル（番号 %lld）を、もう取り込んであります。中身は新しいファイルにも入っているので、何も変えていません。",
			(long long)b->no, (long long)read_no);
	return front_carry_write(c, &(struct front_carry_note){.way = "in", .state = "old", .why = out->why_old, .no = b->no, .bytes = in->bytes, .n = in->n});
}

static err read_tx(struct ctx *c, void *arg)
{
	struct reading *in = arg;
	struct front_file_report *out = in->report;
	struct t_front_peer peer;
	struct front_body b;
	const char *body, *seen;
	size_t n;
	TRY(peer_must(c, &peer));
	TRY(front_carry_seen(c, in->bytes, in->n, &seen));
	if (str_eq(seen, "out"))
		return no_file(c, OWN_FILE);
	if (front_unseal(c->arena, in->keys, peer.public_key, in->bytes, in->n, &body, &n) != OK || front_body_parse(c->arena, body, n, &b) != OK)
		return no_file(c, BROKEN);
	if (!str_eq(b.from, peer.public_key) || !str_eq(b.to, front_keys_public(c->arena, in->keys)) || b.from_inside != c->house->outside)
		return no_file(c, BROKEN);
	in->no = b.no;
	*out = (struct front_file_report){.no = b.no, .why_old = ""};
	if (b.no <= peer.read_no)
		return say_old(c, in, &b, peer.read_no);
	struct front_carry_sum *sums = ARENA_ARRAY(c->arena, b.n + 1, struct front_carry_sum);
	if (b.from_inside) {
		for (size_t i = 0; i < b.n; i++) {
			struct front_file_report before = *out;
			TRY(round_in(c, &b.rounds[i], out));
			sums[i] = added(b.rounds[i].row.key, &before, out);
		}
		TRY(pot_arrived(c, b.ack));
	} else {
		TRY(answers_in(c, &b, peer.read_no, out, sums));
	}
	TRY(front_carry_write(c, &(struct front_carry_note){.way = "in", .state = "taken", .why = "", .no = b.no, .bytes = in->bytes, .n = in->n, .sums = sums, .n_sums = b.n}));
	peer.read_no = b.no;
	peer.known_no = b.ack > peer.known_no ? b.ack : peer.known_no;
	tx_wipe(c);
	return row_save(c, &T_front_peer, &peer, NULL);
}

static err refuse_tx(struct ctx *c, void *arg)
{
	const struct reading *in = arg;
	const char *why = c->n_faults ? c->faults[c->n_faults - 1].message : err_sentence_ja(ERR_FRONT_FILE);
	return front_carry_write(c, &(struct front_carry_note){.way = "in", .state = "refused", .why = why, .no = in->no, .bytes = in->bytes, .n = in->n});
}

err front_file_read(struct ctx *c, const char *bytes, size_t n, struct front_file_report *out)
{
	struct reading in = {.bytes = bytes, .n = n, .no = INT_NULL, .report = out};
	*out = (struct front_file_report){.why_old = ""};
	TRY(own_keys(c, &in.keys));
	err e = n > FRONT_FILE_MAX ? no_file(c, BROKEN) : tx_run(c, read_tx, &in);
	if (e == ERR_FRONT_FILE) {
		*out = (struct front_file_report){.why_old = ""};
		TRY(tx_run(c, refuse_tx, &in));
	}
	return e;
}
