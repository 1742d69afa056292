/* Saving the contents of a plan: head and children in one transaction, each row merged by itself. */
#include "care/plan.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "care/plan_follow.h"
#include "register/gen.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

struct saving {
	const struct plan_edit *e;
	struct plan_conflicts *conflicts;
	struct t_plan plan;         /* as stored */
	struct child_conflicts more;
	struct row_conflict *head_conflict;
	struct map ids[PLAN_PARTS]; /* key or pid → int64_t * */
	const char *pid;
};

/* ---- checks of what was typed ------------------------------------------------------------------------------------ */

enum { MEMO_MAX = 10000, LINE_MAX_CHARS = 400 };

static const char *field_name(struct ctx *c, const struct plan_child *k, const char *column)
{
	return k ? arena_fmt(c->arena, "%s.%s.%s", plan_part(k->part)->code, k->key, column) : column;
}

struct coded {
	enum plan_part part;
	const char *column, *codes; /* blank-separated */
};
static const struct coded CODED[] = {
	{PLAN_HEAD, "cert_status", "1 2"}, {PLAN_HEAD, "life_support_reason", "1 2 3"}, {PLAN_HEAD, "plan_kind", "1 2"},
	{PLAN_HEAD, "consignment", "1 2"}, {PLAN_HEAD, "support_level", "1 2 3"}, {PLAN_HEAD, "prog_move", "1 2"},
	{PLAN_HEAD, "prog_eiyo", "1 2"}, {PLAN_HEAD, "prog_oral", "1 2"}, {PLAN_HEAD, "prog_tojikomori", "1 2"},
	{PLAN_HEAD, "prog_mono", "1 2"}, {PLAN_HEAD, "prog_utsu", "1 2"}, {PLAN_AREA, "area", "move home social health"},
	{PLAN_AREA, "has_issue", "1 2"}, {PLAN_NEED, "whose", "person family"},
	{PLAN_SERVICE, "actor", "formal family informal self"}, {PLAN_SERVICE, "covered", "Y N"},
};

static bool one_of(const char *codes, const char *v)
{
	size_t n = strlen(v);
	for (const char *p = codes; (p = strstr(p, v)); p += n)
		if ((p == codes || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

static void check_fields(struct ctx *c, enum plan_part part, const struct plan_child *k, const void *row)
{
	const struct table_desc *t = plan_part(part)->table;
	for (size_t i = 0; i < plan_field_count(); i++) {
		const struct plan_field *f = plan_field_at(i);
		if (f->part != part)
			continue;
		const char *v = plan_value(c->arena, t, row, f->column);
		gen_check_text(c, field_name(c, k, f->column), arena_fmt(c->arena, "「%s」", *f->label ? f->label : f->column), v, false,
		               f->is_marked ? MEMO_MAX : LINE_MAX_CHARS);
	}
	for (size_t i = 0; i < sizeof CODED / sizeof CODED[0]; i++) {
		if (CODED[i].part != part)
			continue;
		const char *v = plan_value(c->arena, t, row, CODED[i].column);
		if (*v && !one_of(CODED[i].codes, v))
			(void)fault_add(c, field_name(c, k, CODED[i].column), ERR_NOT_CHOICE, "「%s」は、表示されている選択肢から選んでください。",
			                plan_field_label_ja(part, CODED[i].column));
	}
}

static void check_period(struct ctx *c, const struct plan_child *k, const char *label, const char *to_column, civil from, civil to)
{
	if (from != CIVIL_NONE && to != CIVIL_NONE && to < from)
		(void)fault_add(c, field_name(c, k, to_column), ERR_PERIOD_ORDER, "「%s」の終わりの日が始まりの日より前です。どちらかを直してください。", label);
}

static void check_head(struct ctx *c, const struct t_plan *p)
{
	check_fields(c, PLAN_HEAD, NULL, p);
	if (p->plan_on == CIVIL_NONE)
		(void)fault_add(c, "plan_on", ERR_REQUIRED, "「計画作成（変更）日」を入力してください。");
	if (p->create_on == CIVIL_NONE)
		(void)fault_add(c, "create_on", ERR_REQUIRED, "「作成年月日」を入力してください。");
	check_period(c, NULL, "計画期間", "to_on", p->from_on, p->to_on);
	check_period(c, NULL, "認定の有効期間", "cert_to_on", p->cert_from_on, p->cert_to_on);
}

static void check_minutes(struct ctx *c, const struct plan_child *k, const char *column, int64_t v, int64_t max)
{
	if (v != INT_NULL && (v < 0 || v > max))
		(void)fault_add(c, field_name(c, k, column), ERR_RANGE, "「%s」は、0:00 から %lld:00 までの時刻を入力してください。",
		                plan_field_label_ja(k->part, column), (long long)max / 60);
}

static void check_times(struct ctx *c, const struct plan_child *k, const char *from_column, const char *to_column, int64_t from,
                        int64_t to)
{
	check_minutes(c, k, from_column, from, 1440);
	check_minutes(c, k, to_column, to, 2880);
	if (from != INT_NULL && to != INT_NULL && to < from)
		(void)fault_add(c, field_name(c, k, to_column), ERR_RANGE, "終了時間が開始時間より前です。夜をまたぐときは、翌日の時刻として入力してください。");
}

static void check_child(struct ctx *c, const struct plan_child *k)
{
	check_fields(c, k->part, k, k->row);
	if (k->part == PLAN_GOAL) {
		const struct t_plan_goal *g = k->row;
		check_period(c, k, "長期目標の期間", "long_to_on", g->long_from_on, g->long_to_on);
		check_period(c, k, "短期目標の期間", "short_to_on", g->short_from_on, g->short_to_on);
	} else if (k->part == PLAN_SERVICE) {
		const struct t_plan_service *s = k->row;
		check_period(c, k, "サービスの期間", "to_on", s->from_on, s->to_on);
		check_times(c, k, "time_from", "time_to", s->time_from, s->time_to);
		size_t n = strspn(s->days, "01");
		if (*s->days && (n != 7 || s->days[7]))
			(void)fault_add(c, field_name(c, k, "days"), ERR_NOT_CHOICE, "「曜日」は、表示されている中から選んでください。");
	} else if (k->part == PLAN_SLOT) {
		const struct t_plan_slot *s = k->row;
		check_times(c, k, "from_min", "to_min", s->from_min, s->to_min);
		if (s->dow < 1 || s->dow > 7)
			(void)fault_add(c, field_name(c, k, "dow"), ERR_NOT_CHOICE, "「曜日」は、月曜日から日曜日の中から選んでください。");
	} else if (k->part == PLAN_ACTIVITY) {
		const struct t_plan_activity *a = k->row;
		check_times(c, k, "from_min", "to_min", a->from_min, a->to_min);
	}
}

static err check(struct ctx *c, const struct plan_edit *e)
{
	size_t before = c->n_faults;
	if (e->head)
		check_head(c, e->head);
	for (size_t i = 0; i < e->n_children; i++)
		if (!e->children[i].gone)
			check_child(c, &e->children[i]);
	return c->n_faults == before ? OK : c->faults[before].code;
}

/* ---- marks of copied text ------------------------------------------------------------------------------------------ */

/* The codes of a list "a|b" that are still true of the row: those whose column did not change against base. */
static const char *marks_left(struct ctx *c, const char *marks, const void *base, const void *now)
{
	if (str_blank(marks))
		return "";
	size_t n;
	char **v = str_split(c->arena, marks, '|', &n);
	struct buf out = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		if (*v[i] && plan_same_value(&T_plan, base, now, v[i]))
			buf_fmt(&out, "%s%s", out.n ? "|" : "", v[i]);
	return out.n ? out.p : "";
}

static bool text_changed(enum plan_part part, const void *a, const void *b)
{
	for (size_t i = 0; i < plan_field_count(); i++) {
		const struct plan_field *f = plan_field_at(i);
		if (f->part == part && f->is_marked && !plan_same_value(plan_part(part)->table, a, b, f->column))
			return true;
	}
	return false;
}

static bool is_field(enum plan_part part, const char *column)
{
	for (size_t i = 0; i < plan_field_count(); i++)
		if (plan_field_at(i)->part == part && str_eq(plan_field_at(i)->column, column))
			return true;
	return false;
}

/* What no editor writes stays as the editor read it, whatever the edit says. */
static void keep_own(enum plan_part part, void *row, const void *base)
{
	const struct table_desc *t = plan_part(part)->table;
	for (size_t i = 0; i < t->n_cols; i++)
		if ((int)i != t->version && !is_field(part, t->cols[i].name))
			plan_copy_value(t, row, base, t->cols[i].name);
}

/* ---- head ------------------------------------------------------------------------------------------------------------ */

static err save_head(struct ctx *c, struct saving *s)
{
	struct t_plan *row = s->e->head, base;
	if (!row)
		return OK;
	err e = row_at_version(c, &T_plan, s->plan.id, row->version, &base);
	TRY(e);
	keep_own(PLAN_HEAD, row, &base);
	row->id = s->plan.id;
	row->person_id = s->plan.person_id;
	const char *left = marks_left(c, s->plan.copied_untouched, &base, row);
	bool alone = row->version == s->plan.version;
	if (alone)
		row->copied_untouched = left;
	if (alone && row_same(&T_plan, row, &s->plan))
		return OK;
	e = row_save(c, &T_plan, row, &s->head_conflict);
	if (e == ERR_CONFLICT && s->head_conflict)
		return OK; /* told together with the others */
	TRY(e);
	if (str_eq(row->copied_untouched, left))
		return OK;
	/* Two people touched copied texts: the marks that both left. */
	row->copied_untouched = left;
	return row_save(c, &T_plan, row, &s->head_conflict);
}

/* ---- children -------------------------------------------------------------------------------------------------------- */

static int64_t *id_at(const struct table_desc *t, void *row, const char *column) { return row_column(t, row, column); }

static const char *pid_at(const struct table_desc *t, void *row) { return str_or(*(const char **)row_column(t, row, "pid"), ""); }

static void know(struct ctx *c, struct saving *s, enum plan_part part, const char *key, int64_t id)
{
	if (str_blank(key))
		return;
	int64_t *p = ARENA_NEW(c->arena, int64_t);
	*p = id;
	map_set(&s->ids[part], key, p);
}

/* The id of the parent row: by the key of the edit, by the pid of a stored row, else where it hangs already. */
static err parent_of(struct ctx *c, struct saving *s, struct plan_child *k, void *stored)
{
	const struct plan_part_desc *d = plan_part(k->part);
	if (!d->parent)
		return OK;
	int64_t *slot = id_at(d->table, k->row, d->parent);
	if (str_blank(k->parent_key)) {
		*slot = stored ? *id_at(d->table, stored, d->parent) : INT_NULL;
		if (*slot == INT_NULL && d->parent_required)
			return fault_add(c, field_name(c, k, "parent"), ERR_REQUIRED, "「%s」がどの「%s」のものか、選んでください。", d->label,
			                 plan_part(d->parent_part)->label);
		return OK;
	}
	int64_t *id = map_get(&s->ids[d->parent_part], k->parent_key);
	if (!id && !d->parent_required && !stored) { /* the service was taken out in the same edit */
		*slot = INT_NULL;
		return OK;
	}
	if (!id)
		return ERR_NOTFOUND;
	*slot = *id;
	return OK;
}

static err prepare(struct ctx *c, struct saving *s, struct plan_child *k)
{
	const struct table_desc *t = plan_part(k->part)->table;
	const char *pid = pid_at(t, k->row);
	if (str_blank(pid)) {
		*(bool *)row_column(t, k->row, "is_untouched") = false;
		return k->gone ? OK : parent_of(c, s, k, NULL);
	}
	void *stored = arena_alloc(c->arena, t->size), *base = arena_alloc(c->arena, t->size);
	TRY(row_find(c, t, pid, stored));
	if (*id_at(t, stored, "plan_id") != s->plan.id)
		return ERR_NOTFOUND;
	if (k->gone)
		return OK;
	TRY(row_at_version(c, t, *id_at(t, stored, "id"), *id_at(t, k->row, "version"), base));
	keep_own(k->part, k->row, base);
	/* Two people put the rows in order: the order saved first stands, nobody is asked about numbers. */
	if (row_column(t, k->row, "no") && !plan_same_value(t, stored, base, "no"))
		plan_copy_value(t, k->row, stored, "no");
	bool *mark = row_column(t, k->row, "is_untouched");
	*mark = *mark && !text_changed(k->part, base, k->row);
	return parent_of(c, s, k, stored);
}

/* Stored rows by their pid, so that a new child may name a parent that is not in the edit. */
static err know_stored(struct ctx *c, struct saving *s)
{
	struct plan_tree t;
	TRY(plan_load(c, s->plan.id, &t));
	for (int p = 0; p < PLAN_PARTS; p++) {
		size_t n;
		const struct table_desc *d = plan_part((enum plan_part)p)->table;
		char *rows = plan_rows(&t, (enum plan_part)p, &n);
		for (size_t i = 0; i < n; i++)
			know(c, s, (enum plan_part)p, pid_at(d, rows + i * d->size), *id_at(d, rows + i * d->size, "id"));
	}
	return OK;
}

/* What the edit names below a row that it takes out goes with it. */
static void gone_with_parent(struct saving *s, enum plan_part part)
{
	const struct plan_part_desc *d = plan_part(part);
	for (size_t i = 0; d->parent_required && i < s->e->n_children; i++) {
		struct plan_child *k = &s->e->children[i];
		for (size_t j = 0; k->part == part && !str_blank(k->parent_key) && j < s->e->n_children; j++) {
			const struct plan_child *up = &s->e->children[j];
			if (up->part == d->parent_part && up->gone &&
			    (str_eq(up->key, k->parent_key) || str_eq(pid_at(plan_part(up->part)->table, up->row), k->parent_key)))
				k->gone = true;
		}
	}
}

static err save_part(struct ctx *c, struct saving *s, enum plan_part part)
{
	const struct plan_part_desc *d = plan_part(part);
	gone_with_parent(s, part);
	struct child_edit *edits = ARENA_ARRAY(c->arena, s->e->n_children + 1, struct child_edit);
	size_t n = 0;
	for (size_t i = 0; i < s->e->n_children; i++) {
		struct plan_child *k = &s->e->children[i];
		if (k->part != part)
			continue;
		TRY(prepare(c, s, k));
		edits[n++] = (struct child_edit){.row = k->row, .gone = k->gone};
	}
	err e = children_save(c, d->table, "plan_id", s->plan.id, s->plan.person_id, edits, n, &s->more);
	if (e != OK && !(e == ERR_CONFLICT && s->more.n))
		return e;
	for (size_t i = 0; i < s->e->n_children; i++) {
		struct plan_child *k = &s->e->children[i];
		if (k->part == part && !k->gone)
			know(c, s, part, k->key, *id_at(d->table, k->row, "id"));
	}
	return OK;
}

/* ---- what hangs on a row taken out ------------------------------------------------------------------------------------- */

static void child_conflict(struct ctx *c, struct saving *s, const struct table_desc *t, int64_t row_id, int64_t version, int64_t by,
                           int64_t ms, const char *theirs)
{
	struct row_conflict *k = ARENA_NEW(c->arena, struct row_conflict);
	k->table = t;
	k->row_id = row_id;
	k->theirs_version = version;
	k->theirs_by = by;
	k->theirs_ms = ms;
	k->text_pid = "";
	k->fields = ARENA_NEW(c->arena, struct row_conflict_field);
	k->fields[0] = (struct row_conflict_field){.column = "retired_ms", .base = "", .theirs = theirs, .mine = "削除"};
	k->n = 1;
	struct row_conflict **v = ARENA_ARRAY(c->arena, s->more.n + 1, struct row_conflict *);
	for (size_t i = 0; i < s->more.n; i++)
		v[i] = s->more.v[i];
	v[s->more.n++] = k;
	s->more.v = v;
	s->more.cap = s->more.n;
}

static bool is_alive(const struct table_desc *t, void *row) { return *id_at(t, row, "retired_ms") == INT_NULL; }

/* A goal whose need went goes along, unless somebody else wrote it after the need was read. */
static err take_along(struct ctx *c, struct saving *s, const struct table_desc *t, void *row, const struct table_desc *pt, void *parent)
{
	int64_t by = *id_at(t, row, "updated_by"), ms = *id_at(t, row, "updated_ms");
	if (by != c->actor.account_id) {
		int64_t base_ms = INT_NULL;
		struct row_version *v;
		size_t n;
		TRY(row_history(c, pt, *id_at(pt, parent, "id"), &v, &n));
		for (size_t i = 0; i < n; i++) /* the last state of the parent before it was taken out */
			if (!str_eq(v[i].action, "retire")) {
				base_ms = v[i].at_ms;
				break;
			}
		if (base_ms != INT_NULL && ms > base_ms) {
			child_conflict(c, s, pt, *id_at(pt, parent, "id"), *id_at(pt, parent, "version") - 1, by, ms,
			               "ほかの人がこの中に書き加えました");
			return OK;
		}
	}
	return row_retire(c, t, *id_at(t, row, "id"), "parent");
}

static err orphans(struct ctx *c, struct saving *s)
{
	struct plan_tree t;
	TRY(plan_load(c, s->plan.id, &t));
	static const enum plan_part order[] = {PLAN_GOAL, PLAN_SERVICE, PLAN_SLOT};
	for (size_t k = 0; k < 3; k++) {
		const struct plan_part_desc *d = plan_part(order[k]), *pd = plan_part(d->parent_part);
		size_t n;
		char *rows = plan_rows(&t, order[k], &n);
		for (size_t i = 0; i < n; i++) {
			void *row = rows + i * d->table->size, *parent = arena_alloc(c->arena, pd->table->size);
			int64_t *up = id_at(d->table, row, d->parent);
			if (*up == INT_NULL)
				continue;
			TRY(row_load(c, pd->table, *up, parent));
			if (is_alive(pd->table, parent))
				continue;
			if (d->parent_required) {
				TRY(take_along(c, s, d->table, row, pd->table, parent));
				continue;
			}
			*up = INT_NULL;
			TRY(row_save(c, d->table, row, NULL));
		}
	}
	return OK;
}

/* ---- conflicts for people ------------------------------------------------------------------------------------------------ */

static const char *cut(struct arena *a, const char *text)
{
	const char *p = text;
	for (size_t n = 0; *p && *p != '\n' && n < 20; n++)
		(void)str_next(&p);
	return arena_fmt(a, "%s%s", arena_strn(a, text, (size_t)(p - text)), *p ? "…" : "");
}

static const char *what_of(struct ctx *c, enum plan_part part, void *row)
{
	const char *first = "";
	const struct table_desc *t = plan_part(part)->table;
	for (size_t i = 0; i < plan_field_count() && !*first; i++)
		if (plan_field_at(i)->part == part && (plan_field_at(i)->is_marked || part == PLAN_SLOT || part == PLAN_ACTIVITY))
			first = plan_value(c->arena, t, row, plan_field_at(i)->column);
	const char *no = plan_value(c->arena, t, row, "no");
	return arena_fmt(c->arena, "%s%s「%s」", plan_part(part)->label, no, cut(c->arena, first));
}

static enum plan_part part_of(const struct table_desc *t)
{
	for (int p = 0; p < PLAN_PARTS; p++)
		if (plan_part((enum plan_part)p)->table == t)
			return (enum plan_part)p;
	return PLAN_HEAD;
}

static err tell(struct ctx *c, struct saving *s)
{
	struct plan_conflicts *out = s->conflicts;
	out->v = ARENA_ARRAY(c->arena, s->more.n + 1, struct plan_conflict);
	out->n = 0;
	out->theirs_ms = INT64_MIN;
	if (s->head_conflict)
		out->v[out->n++] = (struct plan_conflict){PLAN_HEAD, "", "計画の全体", s->head_conflict};
	for (size_t i = 0; i < s->more.n; i++) {
		struct row_conflict *r = s->more.v[i];
		enum plan_part part = part_of(r->table);
		void *row = arena_alloc(c->arena, r->table->size);
		TRY(row_load(c, r->table, r->row_id, row));
		const char *pid = pid_at(r->table, row), *key = pid;
		for (size_t k = 0; k < s->e->n_children; k++)
			if (s->e->children[k].part == part && str_eq(pid_at(r->table, s->e->children[k].row), pid))
				key = s->e->children[k].key;
		out->v[out->n++] = (struct plan_conflict){part, key, what_of(c, part, row), r};
	}
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].row->theirs_ms > out->theirs_ms) {
			out->theirs_ms = out->v[i].row->theirs_ms;
			out->theirs_by = out->v[i].row->theirs_by;
		}
	struct q_care_account_name_row who;
	bool known = false;
	TRY(q_care_account_name(c, &(struct q_care_account_name_in){.account_id = out->theirs_by}, &who, &known));
	out->theirs_name = known ? who.name : "";
	return OK;
}

/* ---- all -------------------------------------------------------------------------------------------------------------------- */

/* What was explained is no longer what stands there. */
static err back_to_draft(struct ctx *c, struct saving *s, const char *sha_before)
{
	struct plan_tree t;
	TRY(plan_load(c, s->plan.id, &t));
	if (str_eq(t.plan.status, "explained") && !str_eq(plan_content_sha(c, &t), sha_before)) {
		t.plan.status = "draft";
		t.plan.explained_on = CIVIL_NONE;
		t.plan.explained_by_staff_id = INT_NULL;
		TRY(row_save(c, &T_plan, &t.plan, NULL));
		if (s->e->head)
			s->e->head->version = t.plan.version;
	}
	TRY(timeline_touch(c, "plan", t.plan.id));
	return plan_follow(c, &t);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	s->more = (struct child_conflicts){0};
	s->head_conflict = NULL;
	TRY(plan_open(c, s->e->pid, ACTION_WRITE, &s->plan));
	s->pid = s->plan.pid;
	if (plan_status_frozen(s->plan.status))
		return fault_add(c, "", ERR_PLAN_FROZEN, NULL);
	TRY(check(c, s->e));
	struct plan_tree before;
	TRY(plan_load(c, s->plan.id, &before));
	const char *sha = plan_content_sha(c, &before);
	for (int p = 0; p < PLAN_PARTS; p++)
		s->ids[p] = map_new(c->arena);
	TRY(know_stored(c, s));
	TRY(save_head(c, s));
	for (int p = 0; p < PLAN_PARTS; p++)
		TRY(save_part(c, s, (enum plan_part)p));
	if (!s->head_conflict && s->more.n == 0)
		TRY(orphans(c, s));
	if (s->head_conflict || s->more.n) {
		TRY(tell(c, s));
		return ERR_CONFLICT;
	}
	return back_to_draft(c, s, sha);
}

err plan_save(struct ctx *c, const struct plan_edit *e, const char **pid, struct plan_conflicts *conflicts)
{
	struct plan_conflicts none = {0};
	struct saving s = {.e = e, .conflicts = conflicts ? conflicts : &none};
	*s.conflicts = (struct plan_conflicts){0};
	TRY(tx_run(c, save_tx, &s));
	if (pid)
		*pid = s.pid;
	return OK;
}
