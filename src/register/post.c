/* Posts of staff.h: who works where from when to when, and the hand-over when a post ends (C-005, C-012). */
#include "base/str.h"
#include "register/charge.h"
#include "register/gate.h"
#include "register/staff.h"
#include "register/staff_gate.h"
#include "sql/q_register_org.h"
#include "sql/tables.h"
#include "store/tx.h"

static const struct {
	const char *code, *label;
} roles[] = {
#define POST_ROLE(code, label) {code, label},
#include "register/post_roles.tbl.h"
#undef POST_ROLE
};
enum { N_ROLES = sizeof roles / sizeof roles[0] };

size_t post_role_count(void) { return N_ROLES; }
const char *post_role_code(size_t i) { return i < N_ROLES ? roles[i].code : ""; }

const char *post_role_label_ja(const char *code)
{
	for (int i = 0; i < N_ROLES; i++)
		if (str_eq(roles[i].code, code))
			return roles[i].label;
	return "";
}

void staff_post_init(struct staff_post *p)
{
	*p = (struct staff_post){.pid = "", .role = "", .title = "", .org_name = "", .end_note = "", .area_id = INT_NULL, .home_org_id = INT_NULL,
		.successor_staff_id = INT_NULL, .is_main = true, .is_full_time = true, .from_on = CIVIL_NONE, .to_on = CIVIL_OPEN};
}

err staff_post_list(struct ctx *c, int64_t staff_id, struct staff_post **v, size_t *n)
{
	struct q_staff_post_list_row *r;
	TRY(gate_logged_in(c));
	TRY(q_staff_post_list(c, &(struct q_staff_post_list_in){.staff_id = staff_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct staff_post);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct staff_post){.id = r[i].id, .version = r[i].version, .staff_id = staff_id, .org_id = r[i].org_id, .area_id = r[i].area_id,
			.home_org_id = r[i].home_org_id, .successor_staff_id = r[i].successor_staff_id, .pid = r[i].pid, .role = r[i].role,
			.title = r[i].title, .org_name = r[i].org_name, .end_note = r[i].end_note, .is_main = r[i].is_main,
			.is_full_time = r[i].is_full_time, .is_secondment = r[i].is_secondment, .from_on = r[i].from_on, .to_on = r[i].to_on};
	return OK;
}

static err check(struct ctx *c, struct staff_post *p)
{
	size_t before = c->n_faults;
	struct t_org o;
	p->title = str_or(p->title, "");
	if (p->to_on == CIVIL_NONE)
		p->to_on = CIVIL_OPEN;
	if (row_load(c, &T_org, p->org_id, &o) != OK)
		fault_add(c, "org", ERR_REQUIRED, "所属する機関を選んでください。");
	if (!*post_role_label_ja(p->role))
		fault_add(c, "role", ERR_NOT_CHOICE, "役割を選んでください。");
	gate_length(c, "title", "役職名", p->title, 60);
	if (p->from_on == CIVIL_NONE)
		fault_add(c, "from_on", ERR_REQUIRED, "いつからの所属かを入力してください。");
	else if (p->to_on < p->from_on)
		fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	if (p->is_secondment && p->home_org_id == INT_NULL)
		fault_add(c, "home_org", ERR_REQUIRED, "出向・派遣のときは、もとの所属を選んでください。");
	return c->n_faults > before ? ERR_INPUT : OK;
}

struct post_job {
	struct staff_post *p;
	struct row_conflict **conflict;
};

static err post_tx(struct ctx *c, void *arg)
{
	struct post_job *j = arg;
	struct staff_post *p = j->p;
	struct t_staff_post r;
	row_init(&T_staff_post, &r);
	if (p->id)
		TRY(row_load(c, &T_staff_post, p->id, &r));
	r.staff_id = p->staff_id;
	r.org_id = p->org_id;
	r.role = p->role;
	r.title = p->title;
	r.area_id = p->area_id;
	r.is_main = p->is_main;
	r.is_full_time = p->is_full_time;
	r.is_secondment = p->is_secondment;
	r.home_org_id = p->home_org_id;
	r.from_on = p->from_on;
	r.to_on = p->to_on;
	if (p->id) {
		r.version = p->version;
		TRY(row_save(c, &T_staff_post, &r, j->conflict));
	} else {
		TRY(row_insert(c, &T_staff_post, &r));
	}
	p->id = r.id;
	p->pid = r.pid;
	p->version = r.version;
	return OK;
}

err staff_post_add(struct ctx *c, struct staff_post *p)
{
	struct t_staff s;
	TRY(gate_logged_in(c));
	TRY(row_load(c, &T_staff, p->staff_id, &s));
	TRY(staff_gate_org(c, p->org_id));
	TRY(check(c, p));
	p->id = 0;
	return tx_run(c, post_tx, &(struct post_job){p, NULL});
}

err staff_post_save(struct ctx *c, struct staff_post *p, struct row_conflict **conflict)
{
	struct t_staff_post r;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff_post, p->pid, &r));
	TRY(staff_gate_org(c, r.org_id));
	if (p->org_id != r.org_id)
		TRY(staff_gate_org(c, p->org_id));
	TRY(check(c, p));
	p->id = r.id;
	p->staff_id = r.staff_id;
	return tx_run(c, post_tx, &(struct post_job){p, conflict});
}

/* --- 常勤換算 --- */

bool staff_fte_parse(const char *text, int64_t *out)
{
	int64_t n = 0, places = -1; /* -1: no point yet */
	bool any = false;
	for (const char *p = text; *p; p++) {
		if (*p == '.' && places < 0) {
			places = 0;
		} else if (*p < '0' || *p > '9' || places == 2 || n > 9999) {
			return false;
		} else {
			n = n * 10 + (*p - '0');
			any = true;
			places += places >= 0;
		}
	}
	for (int64_t k = places < 0 ? 0 : places; k < 2; k++)
		n *= 10;
	*out = n;
	return any;
}

const char *staff_fte_ja(struct arena *a, int64_t fte_100)
{
	int64_t part = fte_100 % 100;
	return part % 10 ? arena_fmt(a, "%lld.%02lld", (long long)(fte_100 / 100), (long long)part) : arena_fmt(a, "%lld.%lld", (long long)(fte_100 / 100), (long long)(part / 10));
}

struct fte_job {
	int64_t post_id, fte_100;
	civil from_on;
};

static err fte_tx(struct ctx *c, void *arg)
{
	const struct fte_job *j = arg;
	struct q_post_fte_list_row *v;
	struct t_post_fte r;
	size_t n;
	TRY(q_post_fte_list(c, &(struct q_post_fte_list_in){.post_id = j->post_id}, &v, &n));
	row_init(&T_post_fte, &r);
	for (size_t i = 0; i < n; i++)
		if (v[i].from_on == j->from_on)
			TRY(row_load(c, &T_post_fte, v[i].id, &r));
	r.post_id = j->post_id;
	r.from_on = j->from_on;
	r.fte_100 = j->fte_100;
	return r.id ? row_save(c, &T_post_fte, &r, NULL) : row_insert(c, &T_post_fte, &r);
}

err staff_post_fte(struct ctx *c, const char *post_pid, civil from_on, int64_t fte_100)
{
	struct t_staff_post r;
	size_t before = c->n_faults;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff_post, post_pid, &r));
	TRY(staff_gate_org(c, r.org_id));
	if (fte_100 < 1 || fte_100 > STAFF_FTE_ONE)
		(void)fault_add(c, "fte", ERR_RANGE, "「常勤換算」は、0.01 から 1 までの数で入力してください（例: 0.5）。");
	if (from_on == CIVIL_NONE)
		(void)fault_add(c, "fte_from", ERR_REQUIRED, "常勤換算がいつからかを入力してください。");
	else if (from_on < r.from_on || from_on > r.to_on)
		(void)fault_add(c, "fte_from", ERR_RANGE, "常勤換算の始まりの日が、所属の期間に入っていません。日付を直してください。");
	if (c->n_faults > before)
		return ERR_INPUT;
	return tx_run(c, fte_tx, &(struct fte_job){r.id, fte_100, from_on});
}

err staff_fte_on(struct ctx *c, int64_t org_id, civil on, struct staff_fte **v, size_t *n)
{
	struct q_post_fte_on_row *r;
	size_t m;
	TRY(gate_logged_in(c));
	TRY(q_post_fte_on(c, &(struct q_post_fte_on_in){.org_id = org_id, .on_day = on}, &r, &m));
	*v = ARENA_ARRAY(c->arena, m + 1, struct staff_fte);
	*n = 0;
	for (size_t i = 0; i < m; i++) {
		if (*n == 0 || (*v)[*n - 1].staff_id != r[i].staff_id)
			(*v)[(*n)++] = (struct staff_fte){r[i].staff_id, 0, r[i].is_cm};
		(*v)[*n - 1].fte_100 += r[i].fte_100;
	}
	return OK;
}

/* --- the end of a post --- */

err staff_handover_list(struct ctx *c, const char *post_pid, civil on, struct staff_handover_row **v, size_t *n, int64_t *n_hidden)
{
	struct t_staff_post r;
	struct q_charge_handover_row *rows;
	struct q_charge_open_of_staff_row *all;
	size_t n_all;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff_post, post_pid, &r));
	TRY(staff_gate_org(c, r.org_id));
	TRY(q_charge_handover(c, &(struct q_charge_handover_in){.staff_id = r.staff_id, .org_id = r.org_id, .on_day = on}, &rows, n));
	TRY(q_charge_open_of_staff(c, &(struct q_charge_open_of_staff_in){.staff_id = r.staff_id, .org_id = r.org_id, .on_day = on}, &all, &n_all));
	*n_hidden = (int64_t)(n_all - *n);
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct staff_handover_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct staff_handover_row){rows[i].id, rows[i].person_id, rows[i].person_pid, rows[i].person_name, rows[i].role, rows[i].from_on};
	return OK;
}

struct end_job {
	struct t_staff_post post;
	civil last_day;
	int64_t successor;
	const char *note;
};

static err end_tx(struct ctx *c, void *arg)
{
	struct end_job *j = arg;
	struct q_charge_open_of_staff_row *open;
	size_t n;
	struct t_staff_post r;
	TRY(row_load(c, &T_staff_post, j->post.id, &r));
	TRY(q_charge_open_of_staff(c, &(struct q_charge_open_of_staff_in){.staff_id = r.staff_id, .org_id = r.org_id, .on_day = j->last_day}, &open, &n));
	if (n && j->successor == INT_NULL && str_blank(j->note))
		return fault_add(c, "successor", ERR_INPUT, "担当している人が%zu人います。後任を選ぶか、後任を決めない理由を書いてください。", n);
	for (size_t i = 0; i < n; i++)
		TRY(charge_hand_over(c, open[i].id, j->last_day, j->successor));
	TRY(q_staff_team_end(c, &(struct q_staff_team_end_in){.staff_id = r.staff_id, .org_id = r.org_id, .post_id = r.id, .last_on = j->last_day}, NULL));
	r.to_on = j->last_day;
	r.successor_staff_id = j->successor;
	r.end_note = str_or(j->note, "");
	return row_save(c, &T_staff_post, &r, NULL);
}

err staff_post_end(struct ctx *c, const char *post_pid, civil last_day, int64_t successor, const char *note)
{
	struct end_job j = {.last_day = last_day, .successor = successor, .note = note};
	struct t_staff s;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_staff_post, post_pid, &j.post));
	TRY(staff_gate_org(c, j.post.org_id));
	if (last_day == CIVIL_NONE)
		return fault_add(c, "to_on", ERR_REQUIRED, "最後の日を入力してください。");
	if (last_day < j.post.from_on)
		return fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	if (successor == j.post.staff_id)
		return fault_add(c, "successor", ERR_INPUT, "後任には別の人を選んでください。");
	if (successor != INT_NULL)
		TRY(row_load(c, &T_staff, successor, &s));
	return tx_run(c, end_tx, &j);
}
