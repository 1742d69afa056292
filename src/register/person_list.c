#include "register/person_list.h"

#include "base/pid.h"
#include "base/str.h"
#include "register/certification.h"
#include "register/find.h"
#include "register/gate.h"
#include "register/person.h"
#include "sql/q_register_org.h"
#include "store/tx.h"

#include <string.h>

enum { LIST_ROWS = 20, LIST_ROWS_MAX = 200 };

void person_list_choice_init(struct person_list_choice *ch)
{
	*ch = (struct person_list_choice){.scope = LIST_EVERYONE, .sort = LIST_BY_KANA, .area_pid = "", .kana_row = -1, .search_pid = "",
		.after = ""};
}

void find_hit_of_page(const struct q_person_page_row *r, struct ctx *c, struct person_hit *h)
{
	*h = (struct person_hit){.id = r->id, .pid = r->pid, .name = r->name, .kana = r->kana, .sex = r->sex, .birth_on = r->birth_on,
		.birth_text = r->birth_text, .home_address = r->home_address, .area_id = r->area_id, .area_name = str_or(r->area_name, ""),
		.lives_alone = r->lives_alone, .is_unnamed = r->is_unnamed, .is_dead = r->death_on != CIVIL_NONE,
		.is_moved_out = r->moved_out_on != CIVIL_NONE && r->moved_out_on <= c->today, .matched = ""};
}

struct filter {
	int64_t zone_id, area_id, staff_id;
	const char *kana_from, *kana_to;
	bool mine, supported, few;
	int alive;
};

static err filter_of(struct ctx *c, const struct person_list_choice *ch, struct filter *f)
{
	*f = (struct filter){.zone_id = INT_NULL, .area_id = INT_NULL, .staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : 0,
		.mine = ch->scope == LIST_MINE, .supported = ch->scope == LIST_SUPPORTED, .alive = !ch->with_ended};
	if (ch->kana_row >= 0 && ch->kana_row <= 9)
		find_row_range(c, ch->kana_row, &f->kana_from, &f->kana_to);
	if (ch->area_pid && *ch->area_pid) {
		struct q_area_id_of_pid_row a;
		bool found;
		TRY(q_area_id_of_pid(c, &(struct q_area_id_of_pid_in){.pid = ch->area_pid}, &a, &found));
		if (!found)
			return ERR_NOT_CHOICE;
		if (str_eq(a.level, "zone"))
			f->zone_id = a.id;
		else
			f->area_id = a.id;
	}
	return OK;
}

/* Keyset: the person the page before ended with, by public id, so that the address holds nothing personal. */
static err position(struct ctx *c, const struct person_list_choice *ch, struct q_person_page_in *in)
{
	in->after_kana = "";
	in->after_birth = civil_from(1868, 1, 1) - 1;
	in->after_id = ch->sort == LIST_BY_NEW ? INT64_MAX : 0;
	if (!ch->after || !*ch->after)
		return OK;
	struct q_person_position_row p;
	bool found;
	TRY(q_person_position(c, &(struct q_person_position_in){.pid = ch->after}, &p, &found));
	if (!found)
		return ERR_NOTFOUND;
	in->after_kana = p.kana_fold;
	in->after_birth = p.birth_on == CIVIL_NONE ? CIVIL_OPEN : p.birth_on;
	in->after_id = p.id;
	return OK;
}

/* The search text under its id: the line q=…, or the whole if there is none. */
static err searched(struct ctx *c, const struct person_list_choice *ch, struct person_hit **v, size_t *n)
{
	const char *params, *text;
	size_t lines;
	bool more;
	TRY(search_get(c, str_or(ch->search_pid, ""), &params));
	char **line = str_split(c->arena, params, '\n', &lines);
	text = params;
	for (size_t i = 0; i < lines; i++)
		if (str_starts(line[i], "q="))
			text = line[i] + 2;
	TRY(person_find(c, text, SEARCH_MAX, v, n, &more));
	if (!ch->with_ended) {
		size_t k = 0;
		for (size_t i = 0; i < *n; i++)
			if (!(*v)[i].is_dead && !(*v)[i].is_moved_out)
				(*v)[k++] = (*v)[i];
		*n = k;
	}
	return OK;
}

err person_list(struct ctx *c, const struct person_list_choice *ch, struct person_hit **v, size_t *n, const char **next)
{
	struct filter f;
	struct q_person_page_row *r;
	TRY(gate_logged_in(c));
	*next = "";
	if (ch->scope == LIST_SEARCH)
		return searched(c, ch, v, n);
	int limit = ch->limit <= 0 ? LIST_ROWS : ch->limit > LIST_ROWS_MAX ? LIST_ROWS_MAX : ch->limit;
	TRY(filter_of(c, ch, &f));
	TRY(find_few_of_list(c, &f.few));
	struct q_person_page_in in = {.zone_id = f.zone_id, .area_id = f.area_id, .kana_from = f.kana_from, .kana_to = f.kana_to, .mine = f.mine,
		.supported = f.supported, .alive = f.alive, .few = f.few, .staff_id = f.staff_id, .limit = limit + 1,
		.sort = ch->sort == LIST_BY_BIRTH ? Q_PERSON_PAGE_SORT_BIRTH : ch->sort == LIST_BY_NEW ? Q_PERSON_PAGE_SORT_NEWEST
			: Q_PERSON_PAGE_SORT_KANA};
	TRY(position(c, ch, &in));
	TRY(q_person_page(c, &in, &r, n));
	if (*n > (size_t)limit) {
		*n = (size_t)limit;
		*next = r[limit - 1].pid;
	}
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct person_hit);
	for (size_t i = 0; i < *n; i++)
		find_hit_of_page(&r[i], c, &(*v)[i]);
	return OK;
}

err person_list_count(struct ctx *c, const struct person_list_choice *ch, int64_t *n)
{
	struct filter f;
	int64_t most = ch->count_most > 0 ? ch->count_most : INT64_MAX;
	TRY(gate_logged_in(c));
	if (ch->scope == LIST_SEARCH) {
		struct person_hit *v;
		size_t m;
		TRY(searched(c, ch, &v, &m));
		*n = (int64_t)m;
		return OK;
	}
	TRY(filter_of(c, ch, &f));
	if (ch->scope == LIST_EVERYONE && !c->actor.system) {
		struct q_person_page_count_all_row r;
		TRY(q_person_page_count_all(c, &(struct q_person_page_count_all_in){.zone_id = f.zone_id, .area_id = f.area_id,
			.kana_from = f.kana_from, .kana_to = f.kana_to, .alive = f.alive, .most = most}, &r));
		*n = r.n;
		return OK;
	}
	struct q_person_page_count_row r;
	TRY(q_person_page_count(c, &(struct q_person_page_count_in){.zone_id = f.zone_id, .area_id = f.area_id, .kana_from = f.kana_from,
		.kana_to = f.kana_to, .mine = f.mine, .supported = f.supported, .alive = f.alive, .staff_id = f.staff_id, .most = most}, &r));
	*n = r.n;
	return OK;
}

/* --- what stands beside the names --- */

/* Rows of one person arrive newest first; the choice among them is that of certification_state. */
static void take_fact(struct ctx *c, const struct q_person_row_facts_row *r, struct person_list_fact *f)
{
	f->phone = r->phone;
	f->care_open = r->care_open;
	if (r->cert_id == INT_NULL || !r->care_open)
		return;
	if (certification_is_applying(r->status)) {
		if (r->applied_on != CIVIL_NONE && r->applied_on <= c->today)
			f->application = r->status;
		return;
	}
	if (!str_eq(r->status, "certified") || r->from_on == CIVIL_NONE || r->from_on > c->today)
		return;
	bool holds = r->to_on >= c->today, is_better = holds || !f->level || (f->is_ended && f->to_on < r->to_on);
	if (!is_better)
		return;
	f->level = r->level;
	f->to_on = r->to_on;
	f->is_ended = !holds;
}

err person_list_facts(struct ctx *c, const struct person_hit *hits, size_t n, struct person_list_fact **out)
{
	struct q_person_row_facts_in in;
	int64_t *slot[] = {&in.id1, &in.id2, &in.id3, &in.id4, &in.id5, &in.id6, &in.id7, &in.id8, &in.id9, &in.id10, &in.id11, &in.id12, &in.id13, &in.id14, &in.id15, &in.id16, &in.id17, &in.id18, &in.id19, &in.id20};
	enum { BATCH = sizeof slot / sizeof slot[0] };
	TRY(gate_logged_in(c));
	*out = ARENA_ARRAY(c->arena, n ? n : 1, struct person_list_fact);
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct person_list_fact){.phone = "", .to_on = CIVIL_NONE};
	for (size_t first = 0; first < n; first += BATCH) {
		struct q_person_row_facts_row *rows;
		size_t n_rows, m = n - first < BATCH ? n - first : BATCH;
		for (size_t i = 0; i < BATCH; i++)
			*slot[i] = i < m ? hits[first + i].id : 0;
		TRY(q_person_row_facts(c, &in, &rows, &n_rows));
		for (size_t k = 0; k < n_rows; k++)
			for (size_t i = first; i < first + m; i++)
				if (hits[i].id == rows[k].id)
					take_fact(c, &rows[k], &(*out)[i]);
	}
	return OK;
}

/* --- the kept choice --- */

static const char *const scopes[] = {"mine", "supported", "everyone"};
static const char *const sorts[] = {"kana", "birth", "new"};

static err keep_tx(struct ctx *c, void *arg)
{
	return q_list_choice_put(c, &(struct q_list_choice_put_in){.list = "person", .choice = arg}, NULL);
}

err person_list_choice_save(struct ctx *c, const struct person_list_choice *ch)
{
	TRY(gate_logged_in(c));
	if (ch->scope == LIST_SEARCH) /* a search is a moment, not a choice */
		return OK;
	return tx_run(c, keep_tx, arena_fmt(c->arena, "scope=%s;sort=%s;area=%s;row=%d;ended=%d", scopes[ch->scope], sorts[ch->sort],
		pid_valid(str_or(ch->area_pid, "")) ? ch->area_pid : "", ch->kana_row, ch->with_ended));
}

static int index_of(const char *const *names, int n, const char *v, int otherwise)
{
	for (int i = 0; i < n; i++)
		if (str_eq(names[i], v))
			return i;
	return otherwise;
}

err person_list_choice_get(struct ctx *c, struct person_list_choice *ch)
{
	struct q_list_choice_get_row r;
	bool found;
	size_t n;
	TRY(gate_logged_in(c));
	person_list_choice_init(ch);
	TRY(q_list_choice_get(c, &(struct q_list_choice_get_in){.list = "person"}, &r, &found));
	if (!found)
		return OK;
	char **part = str_split(c->arena, r.choice, ';', &n);
	for (size_t i = 0; i < n; i++) {
		int64_t row;
		if (str_starts(part[i], "scope="))
			ch->scope = (enum list_scope)index_of(scopes, 3, part[i] + 6, LIST_EVERYONE);
		else if (str_starts(part[i], "sort="))
			ch->sort = (enum list_sort)index_of(sorts, 3, part[i] + 5, LIST_BY_KANA);
		else if (str_starts(part[i], "area="))
			ch->area_pid = part[i] + 5;
		else if (str_starts(part[i], "row=") && str_int(part[i] + 4, &row))
			ch->kana_row = row >= 0 && row <= 9 ? (int)row : -1;
		else if (str_starts(part[i], "ended="))
			ch->with_ended = str_eq(part[i] + 6, "1");
	}
	return OK;
}

/* --- pins --- */

struct pin_job {
	int64_t id;
	bool on;
};

static err pin_tx(struct ctx *c, void *arg)
{
	struct pin_job *j = arg;
	return j->on ? q_person_pin_add(c, &(struct q_person_pin_add_in){.person_id = j->id}, NULL)
		     : q_person_pin_drop(c, &(struct q_person_pin_drop_in){.person_id = j->id}, NULL);
}

err person_pin(struct ctx *c, const char *pid, bool on)
{
	struct pin_job j = {.on = on};
	TRY(gate_logged_in(c));
	TRY(person_id(c, pid, &j.id));
	return tx_run(c, pin_tx, &j);
}
