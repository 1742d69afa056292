/* What a respondent does: open the link, keep unfinished answers, hand in. */
#include "base/str.h"
#include "form/rules.h"
#include "region/front_own.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

/* ---- checking ----------------------------------------------------------------------------------------------------------- */

static const char *name_of(struct ctx *c, const struct form_item *it)
{
	return *it->no ? arena_fmt(c->arena, "問%s", it->no) : arena_fmt(c->arena, "「%s」", it->label);
}

/* The first unanswered question an expression looks at. */
static const struct form_item *unanswered(const struct answers *as, const struct rule_expr *e)
{
	if (e->item && !e->item->parent && as->a[e->item->index].blank == BLANK_UNANSWERED)
		return e->item;
	for (size_t i = 0; i < e->n; i++) {
		const struct form_item *it = unanswered(as, e->args[i]);
		if (it)
			return it;
	}
	return NULL;
}

static bool given(const struct answers *as, const struct form_item *it)
{
	return as->a[it->index].blank != BLANK_UNANSWERED || as->a[it->index].n_rows > 0;
}

/* Faults of questions that are not asked for sure are none: nobody has to answer what depends on a blank. */
static void forgive(struct ctx *c, const struct answers *as, size_t before)
{
	size_t kept = before;
	for (size_t i = before; i < c->n_faults; i++) {
		const struct form_item *it = answers_item(as, c->faults[i].field);
		if (!it || it->parent || c->faults[i].code != ERR_REQUIRED || front_asked_of(c, as, it) == FRONT_ASKED)
			c->faults[kept++] = c->faults[i];
	}
	c->n_faults = kept;
}

static void check_branches(struct ctx *c, const struct answers *as)
{
	for (size_t i = 0; i < as->n; i++) {
		const struct form_item *it = &as->items[i];
		if (!it->shown_when || !given(as, it) || front_asked_of(c, as, it) != FRONT_MAYBE)
			continue;
		const struct form_item *on = unanswered(as, it->shown_when);
		if (on)
			(void)fault_add(c, on->path, ERR_REQUIRED, "%sに入力がありますが、%sの答えがまだです。%sに答えるか、%sの入力を消してください。",
				name_of(c, it), name_of(c, on), name_of(c, on), name_of(c, it));
	}
}

err front_check(struct ctx *c, const struct answers *as, bool submit, struct answers **out)
{
	struct answers *v = front_visible(c, as);
	size_t before = c->n_faults;
	bool any = false;
	err e = answers_validate(c, v, !submit, NULL);
	if (e != OK && err_class_of(e) != ERR_CLASS_INPUT)
		return e;
	forgive(c, v, before);
	if (submit)
		check_branches(c, v);
	for (size_t i = 0; i < v->n; i++)
		any |= given(v, &v->items[i]);
	if (submit && !any && c->n_faults == before)
		(void)fault_add(c, "", ERR_REQUIRED, "回答がひとつも入力されていません。答えを選ぶか入力してから、「提出する」を押してください。");
	*out = v;
	return c->n_faults == before ? OK : ERR_INPUT;
}

void front_faults(struct ctx *c, const struct answers *as)
{
	struct answers *out;
	size_t before = c->n_faults, kept = before;
	if (front_check(c, as, true, &out) == OK)
		return;
	for (size_t i = before; i < c->n_faults; i++) {
		bool told = false; /* what cannot be read is blank here: that it is missing would be no second fault */
		for (size_t k = 0; k < before; k++)
			told |= str_eq(c->faults[k].field, c->faults[i].field);
		if (!told)
			c->faults[kept++] = c->faults[i];
	}
	c->n_faults = kept;
}

/* ---- opening ------------------------------------------------------------------------------------------------------------ */

static err stored_answer(struct ctx *c, int64_t seat_id, struct t_front_answer *row, bool *found)
{
	struct q_front_answer_of_row a;
	TRY(q_front_answer_of(c, &(struct q_front_answer_of_in){.seat_id = seat_id}, &a, found));
	return *found ? row_load(c, &T_front_answer, a.id, row) : OK;
}

static err fill_named(struct ctx *c, const struct front_link *l, struct front_view *v)
{
	struct t_front_answer row;
	TRY(front_answers_of(c, v->def, l->seat.prefill, &v->prefill));
	TRY(stored_answer(c, l->seat.seat_id, &row, &v->is_given));
	if (v->is_given) {
		v->is_submitted = str_eq(row.state, "submitted");
		v->version = row.version;
		return front_answers_of(c, v->def, row.answers, &v->answers);
	}
	v->answers = v->prefill;
	return OK;
}

static err fill_anonymous(struct ctx *c, const char *link, const struct front_link *l, struct front_view *v)
{
	struct front_draft d;
	if (l->state == FRONT_SPENT) {
		v->is_given = v->is_submitted = true;
		return OK;
	}
	TRY(front_draft_read(c, &l->round, link, &d, &v->is_given));
	if (!v->is_given)
		return OK;
	v->version = d.version;
	return front_answers_of(c, v->def, d.answers, &v->answers);
}

err front_open(struct ctx *c, const char *link, struct front_view *out)
{
	struct front_link l;
	TRY(front_link_find(c, link, &l));
	const struct t_front_round *r = &l.round;
	*out = (struct front_view){.state = l.state, .round = *r, .seat_key = l.seat.key, .label = l.seat.label, .serial = l.seat.serial,
		.is_early = c->today <= r->period_to};
	TRY(front_def(c, r->form_id, r->form_version, r->form, r->rules, r->meta, &out->def));
	/* a link that was replaced or taken back may be in the wrong hands: it shows nothing of the answers */
	if (l.state != FRONT_REPLACED && l.state != FRONT_REVOKED)
		TRY(r->is_anonymous ? fill_anonymous(c, link, &l, out) : fill_named(c, &l, out));
	if (!out->answers)
		out->answers = answers_new(c->arena, out->def);
	return OK;
}

/* ---- nobody is logged in -------------------------------------------------------------------------------------------------- */

static err as_nobody(struct ctx *c, err (*fn)(struct ctx *c, void *arg), void *arg)
{
	struct actor was = c->actor;
	c->actor = (struct actor){.login = "", .purpose = "survey-link"};
	err e = tx_run(c, fn, arg);
	c->actor = was;
	return e;
}

static err opened_tx(struct ctx *c, void *arg)
{
	return q_front_seat_opened(c, &(struct q_front_seat_opened_in){.id = *(const int64_t *)arg}, NULL);
}

err front_mark_opened(struct ctx *c, const char *link)
{
	struct front_link l;
	TRY(front_link_find(c, link, &l));
	if (l.round.is_anonymous || l.seat.is_opened || l.state != FRONT_OPEN)
		return OK;
	return as_nobody(c, opened_tx, &l.seat.seat_id);
}

/* ---- saving --------------------------------------------------------------------------------------------------------------- */

struct saving {
	const char *link;
	const struct answers *as;
	bool submit;
	int64_t base;
};

static void put_item(struct answers *to, const struct answers *from, int index) { to->a[index] = from->a[index]; }

static bool same_item(struct ctx *c, const struct answers *x, const struct answers *y, int index)
{
	struct answers *a = answers_new(c->arena, x->def), *b = answers_new(c->arena, x->def);
	put_item(a, x, index);
	put_item(b, y, index);
	return answers_equal(a, b);
}

/* Question by question: what one side alone changed since base stands. */
static err merge(struct ctx *c, struct answers *mine, const struct answers *theirs, const struct answers *base)
{
	for (size_t i = 0; i < mine->n; i++) {
		int k = (int)i;
		if (same_item(c, theirs, base, k) || same_item(c, theirs, mine, k))
			continue;
		if (!same_item(c, mine, base, k))
			return ERR_CONFLICT;
		put_item(mine, theirs, k);
	}
	return OK;
}

static err base_answers(struct ctx *c, const struct front_link *l, const struct form_def *def, const struct t_front_answer *row, int64_t base,
	const struct answers **out)
{
	struct t_front_answer was;
	if (base <= 0) {
		TRY(front_answers_of(c, def, l->seat.prefill, out));
	} else {
		TRY(row_at_version(c, &T_front_answer, row->id, base, &was));
		TRY(front_answers_of(c, def, was.answers, out));
	}
	if (!*out)
		*out = answers_new(c->arena, def);
	return OK;
}

static err save_named(struct ctx *c, const struct saving *s, const struct front_link *l)
{
	struct t_front_answer row;
	struct answers *mine;
	bool found;
	TRY(stored_answer(c, l->seat.seat_id, &row, &found));
	bool submit = s->submit || (found && str_eq(row.state, "submitted"));
	TRY(front_check(c, s->as, submit, &mine));
	if (s->base > (found ? row.version : 0) || s->base < 0)
		return ERR_CONFLICT; /* a form of a state that never was */
	if (!found)
		row_init(&T_front_answer, &row);
	if (found && s->base < row.version) {
		const struct answers *theirs, *base;
		TRY(front_answers_of(c, s->as->def, row.answers, &theirs));
		TRY(base_answers(c, l, s->as->def, &row, s->base, &base));
		TRY(merge(c, mine, theirs, base));
		TRY(front_check(c, mine, submit, &mine)); /* the two together must hold as well */
	}
	row.seat_id = l->seat.seat_id;
	row.answers = front_json_of(c, mine);
	row.state = submit ? "submitted" : "partial";
	row.submitted_on = submit ? c->today : CIVIL_NONE;
	return found ? row_save(c, &T_front_answer, &row, NULL) : row_insert(c, &T_front_answer, &row);
}

static err save_anonymous(struct ctx *c, const struct saving *s, const struct front_link *l)
{
	struct front_draft d = {.answers = ""};
	struct answers *mine;
	bool found;
	TRY(front_check(c, s->as, s->submit, &mine));
	TRY(front_draft_read(c, &l->round, s->link, &d, &found));
	const char *text = front_json_of(c, mine);
	if (s->base != d.version && !str_eq(text, d.answers))
		return ERR_CONFLICT;
	if (!s->submit)
		return front_draft_write(c, &l->round, s->link, &(struct front_draft){d.version + 1, text});
	int64_t n;
	TRY(q_front_seat_spent(c, &(struct q_front_seat_spent_in){.id = l->seat.seat_id}, &n));
	if (n != 1)
		return ERR_SURVEY_SPENT;
	TRY(front_draft_write(c, &l->round, s->link, NULL));
	return front_pot_add(c, l->round.key, "web", mine);
}

static err save_tx(struct ctx *c, void *arg)
{
	const struct saving *s = arg;
	struct front_link l;
	TRY(front_link_find(c, s->link, &l));
	TRY(front_state_error(l.state));
	return l.round.is_anonymous ? save_anonymous(c, s, &l) : save_named(c, s, &l);
}

err front_save(struct ctx *c, const char *link, const struct answers *as, bool submit, int64_t base)
{
	return as_nobody(c, save_tx, &(struct saving){link, as, submit, base});
}

/* ---- what the inside fetches -------------------------------------------------------------------------------------------------- */

err front_given_list(struct ctx *c, const char *round_key, const char *seat_key, struct front_given **v, size_t *n)
{
	struct q_front_round_of_row r;
	struct q_front_given_row *rows;
	bool found;
	TRY(q_front_round_of(c, &(struct q_front_round_of_in){.key = round_key}, &r, &found));
	if (!found)
		return ERR_NOTFOUND;
	TRY(q_front_given(c, &(struct q_front_given_in){.round_id = r.id, .seat_key = seat_key}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct front_given);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct front_given){.seat_key = rows[i].seat_key, .prefill = rows[i].prefill, .answers = str_or(rows[i].answers, ""), .state = str_or(rows[i].state, ""),
			.is_opened = rows[i].is_opened, .submitted_on = rows[i].submitted_on, .version = rows[i].version == INT_NULL ? 0 : rows[i].version};
	return OK;
}

err front_unspent(struct ctx *c, const char *round_key, const char ***seat_keys, size_t *n)
{
	struct q_front_round_of_row r;
	struct q_front_unspent_row *rows;
	bool found;
	TRY(q_front_round_of(c, &(struct q_front_round_of_in){.key = round_key}, &r, &found));
	if (!found)
		return ERR_NOTFOUND;
	TRY(q_front_unspent(c, &(struct q_front_unspent_in){.round_id = r.id}, &rows, n));
	*seat_keys = ARENA_ARRAY(c->arena, *n + 1, const char *);
	for (size_t i = 0; i < *n; i++)
		(*seat_keys)[i] = rows[i].key;
	return OK;
}
