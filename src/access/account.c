#include "access/account.h"

#include "access/attempt.h"
#include "access/audit.h"
#include "access/key.h"
#include "access/policy.h"
#include "access/secret.h"
#include "base/house.h"
#include "base/pid.h"
#include "base/str.h"
#include "sql/q_access.h"
#include "sql/tables.h"
#include "store/revision.h"
#include "store/tx.h"

#include <ctype.h>
#include <string.h>

enum { CODE_LETTERS = 20, PAPER_LETTERS = 12, NAME_MAX_LETTERS = 60, FREE_TRIES_ENROL = 10 };
#define DAY_MS (24LL * 3600 * 1000)

err account_count(struct ctx *c, int64_t *n)
{
	struct q_account_count_row row;
	TRY(q_account_count(c, &row));
	*n = row.n;
	return OK;
}

static err find(struct ctx *c, const char *pid, const char *login, struct account *out)
{
	struct q_account_full_in in = Q_ACCOUNT_FULL_NONE;
	struct q_account_full_row *rows;
	size_t n;
	in.pid = pid;
	in.login = login;
	TRY(q_account_full(c, &in, &rows, &n));
	return n == 1 ? secret_account(c, rows[0].id, out) : ERR_NOTFOUND;
}

err account_find(struct ctx *c, const char *pid, struct account *out)
{
	struct account a;
	TRY(find(c, pid, NULL, &a));
	if (a.id != c->actor.account_id && !policy_may_manage_accounts_of(c, a.org_id))
		return ERR_NOTFOUND;
	*out = a;
	return OK;
}

err account_find_login(struct ctx *c, const char *login, struct account *out)
{
	return find(c, NULL, secret_fold_login(c, login), out);
}

err account_org_id(struct ctx *c, const char *org_pid, int64_t *org_id)
{
	struct q_account_org_row row;
	TRY(q_account_org(c, &(struct q_account_org_in){.pid = org_pid}, &row));
	*org_id = row.id;
	return OK;
}

err account_list(struct ctx *c, int64_t org_id, struct account **v, size_t *n)
{
	struct q_account_full_in in = Q_ACCOUNT_FULL_NONE;
	struct q_account_full_row *rows;
	size_t k;
	in.org_id = org_id == INT_NULL && !policy_may_administer(c) ? c->actor.org_id : org_id;
	if (in.org_id == INT_NULL ? !policy_may_administer(c) : !policy_may_manage_accounts_of(c, in.org_id))
		return ERR_DENIED;
	TRY(q_account_full(c, &in, &rows, &k));
	*v = ARENA_ARRAY(c->arena, k ? k : 1, struct account);
	for (size_t i = 0; i < k; i++)
		TRY(secret_account(c, rows[i].id, &(*v)[i]));
	*n = k;
	return OK;
}

/* ---- codes ---- */

struct code_new {
	int64_t account_id; /* INT_NULL: the first administrator */
	int days;
	const char *code;
};

static err make_code(struct ctx *c, struct code_new *w)
{
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
	rand_bytes(secret, sizeof secret);
	size_t n;
	void *sealed = key_seal(c->arena, c->house->key, "totp", secret, sizeof secret, &n);
	w->code = credential_code_make(c, CODE_LETTERS);
	return q_setup_code_insert(c, &(struct q_setup_code_insert_in){.hash = secret_code_hash(c, credential_code_fold(c, w->code)),
		.account_id = w->account_id, .totp = {sealed, n}, .ends_ms = c->now_ms + w->days * DAY_MS}, NULL);
}

/* The outside front has no accounts: whoever gets hold of that host finds no door that could be opened. */
static err check_house(struct ctx *c)
{
	if (c->house && c->house->outside)
		return fault_add(c, "", ERR_DENIED, "このデータフォルダーは、調査の回答を受け付けるだけのものです（外側）。利用者は登録できません。");
	return OK;
}

static err setup_in_tx(struct ctx *c, void *arg)
{
	int64_t n;
	TRY(account_count(c, &n));
	if (n > 0)
		return ERR_DENIED;
	TRY(q_setup_code_end_first(c, NULL));
	TRY(make_code(c, arg));
	return audit_change(c, "setup-code", "setup_code", 0, 0);
}

err account_setup_code(struct ctx *c, const char **code)
{
	struct code_new w = {.account_id = INT_NULL, .days = ACCOUNT_SETUP_DAYS};
	if (!c->actor.system)
		return ERR_DENIED;
	TRY(check_house(c));
	TRY(tx_run(c, setup_in_tx, &w));
	*code = w.code;
	return OK;
}

/* ---- making ---- */

static bool login_ok(const char *login)
{
	size_t n = strlen(login);
	return n >= 3 && n <= 32 && strspn(login, "abcdefghijklmnopqrstuvwxyz0123456789._-") == n && isalnum((unsigned char)login[0]);
}

static void check_names(struct ctx *c, const char *login, const char *name)
{
	if (!login_ok(login))
		(void)fault_add(c, "login", ERR_INPUT,
			"利用者IDは、半角の英小文字・数字・「.」「_」「-」で3文字から32文字までにしてください（先頭は英数字）。");
	if (str_blank(name))
		(void)fault_add(c, "name", ERR_REQUIRED, "氏名を入力してください。");
	else if (str_count(name) > NAME_MAX_LETTERS)
		(void)fault_add(c, "name", ERR_TOO_LONG, "氏名は%d文字までにしてください。", NAME_MAX_LETTERS);
}

/* Whom a manager of an office may make: people of that office's kind. */
bool account_may_give_role(const struct ctx *c, int role)
{
	if (policy_may_administer(c))
		return true;
	if (c->actor.role == ROLE_CENTRE_HEAD)
		return role_class_of(role) == ROLE_CLASS_CENTRE || role_class_of(role) == ROLE_CLASS_CLERK;
	return c->actor.role == ROLE_CM_MANAGER && role_class_of(role) == ROLE_CLASS_CM;
}

struct make_work {
	const struct account_new *in;
	const char *login, *name, *state;
	int64_t id;
	struct code_new code;
	const char *hash;
	const uint8_t *secret;
};

static err insert_account(struct ctx *c, struct make_work *w)
{
	struct t_account row;
	TRY(check_house(c));
	row_init(&T_account, &row);
	row.login = w->login;
	row.name = w->name;
	row.role = role_code(w->in->role);
	row.org_id = w->in->org_id;
	row.staff_id = w->in->staff_id;
	row.state = w->state;
	row.text_size = "standard";
	row.idle_min = 20;
	row.list_rows = 20;
	row.until_on = w->in->until_on;
	err e = row_insert(c, &T_account, &row);
	if (e == ERR_UNIQUE)
		return fault_add(c, "login", ERR_UNIQUE, "この利用者IDは、すでに使われています。ほかのIDにしてください。");
	TRY(e);
	w->id = row.id;
	return q_credential_insert(c, &(struct q_credential_insert_in){.account_id = row.id}, NULL);
}

static err check_new(struct ctx *c, struct make_work *w)
{
	size_t before = c->n_faults;
	w->login = secret_fold_login(c, w->in->login);
	w->name = str_trim(c->arena, w->in->name);
	check_names(c, w->login, w->name);
	if (!role_code(w->in->role)[0])
		(void)fault_add(c, "role", ERR_NOT_CHOICE, "役割を選んでください。");
	else if (w->in->role != ROLE_ADMIN && w->in->org_id <= 0)
		(void)fault_add(c, "org", ERR_REQUIRED, "所属する機関を選んでください。");
	if (w->in->until_on != CIVIL_NONE && w->in->until_on < c->today)
		(void)fault_add(c, "until_on", ERR_RANGE, "利用できる最後の日は、今日か、これからの日にしてください。");
	return c->n_faults > before ? c->faults[before].code : OK;
}

static err invite_in_tx(struct ctx *c, void *arg)
{
	struct make_work *w = arg;
	TRY(insert_account(c, w));
	w->code = (struct code_new){.account_id = w->id, .days = ACCOUNT_CODE_DAYS};
	return make_code(c, &w->code);
}

err account_invite(struct ctx *c, const struct account_new *in, int64_t *id, const char **code)
{
	struct make_work w = {.in = in, .state = "invited"};
	if (!policy_may_manage_accounts_of(c, in->org_id) || !account_may_give_role(c, in->role))
		return ERR_DENIED;
	TRY(check_new(c, &w));
	TRY(tx_run(c, invite_in_tx, &w));
	*id = w.id;
	*code = w.code.code;
	return OK;
}

static err set_secrets(struct ctx *c, int64_t id, const char *hash, const uint8_t secret[CREDENTIAL_TOTP_SECRET], int64_t step)
{
	size_t n;
	void *sealed = key_seal(c->arena, c->house->key, "totp", secret, CREDENTIAL_TOTP_SECRET, &n);
	int64_t changed;
	TRY(q_credential_set(c, &(struct q_credential_set_in){.account_id = id, .password = hash, .totp = {sealed, n}, .totp_step = step},
		&changed));
	return changed == 1 ? OK : ERR_BUG;
}

static err ready_in_tx(struct ctx *c, void *arg)
{
	struct make_work *w = arg;
	TRY(insert_account(c, w));
	return set_secrets(c, w->id, w->hash, w->secret, 0);
}

err account_make_ready(struct ctx *c, const struct account_new *in, const char *hash, const uint8_t secret[CREDENTIAL_TOTP_SECRET],
	int64_t *id)
{
	struct make_work w = {.in = in, .state = "active", .hash = hash, .secret = secret};
	if (!c->actor.system && !(c->house && c->house->demo))
		return ERR_DENIED;
	TRY(check_new(c, &w));
	TRY(tx_run(c, ready_in_tx, &w));
	*id = w.id;
	return OK;
}

/* ---- enrolment ---- */

struct enrol_work {
	const char *code, *login, *name, *hash, *totp;
	const char **paper;
	struct q_setup_code_find_row row;
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
	int64_t id;
};

static err find_code(struct ctx *c, struct enrol_work *w)
{
	const char *folded = credential_code_fold(c, w->code);
	bool found;
	void *secret;
	size_t n;
	if (strlen(folded) != CODE_LETTERS)
		return ERR_SETUP_CODE;
	TRY(q_setup_code_find(c, &(struct q_setup_code_find_in){.hash = secret_code_hash(c, folded)}, &w->row, &found));
	if (!found)
		return ERR_SETUP_CODE;
	TRY(key_open(c->arena, c->house->key, "totp", w->row.totp.p, w->row.totp.n, &secret, &n));
	if (n != CREDENTIAL_TOTP_SECRET)
		return ERR_KEY;
	memcpy(w->secret, secret, CREDENTIAL_TOTP_SECRET);
	return OK;
}

/* Wrong codes of one source make it wait; a code has 98 bits, so this is only to keep the log short. */
static err find_code_counted(struct ctx *c, struct enrol_work *w, const char *source)
{
	const char *bucket = attempt_bucket(c, 'e', source, "");
	TRY(attempt_check(c, bucket));
	err e = find_code(c, w);
	if (e == ERR_SETUP_CODE)
		TRY(attempt_failed(c, bucket, FREE_TRIES_ENROL));
	return e;
}

err account_enrol_begin(struct ctx *c, const char *code, const char *source, struct enrolment *out)
{
	struct enrol_work w = {.code = code};
	TRY(find_code_counted(c, &w, source));
	struct enrolment e = {.first = w.row.account_id == INT_NULL, .login = "", .name = ""};
	if (!e.first) {
		struct account a;
		TRY(secret_account(c, w.row.account_id, &a));
		if (str_eq(a.state, "stopped"))
			return ERR_SETUP_CODE;
		e.login = a.login;
		e.name = a.name;
	}
	memcpy(e.secret, w.secret, sizeof e.secret);
	/* the label is only for the user's app; before the login is chosen the house's own name stands there */
	e.totp_uri = credential_totp_uri(c, e.first ? "admin" : e.login, w.secret);
	e.totp_text = credential_totp_text(c, w.secret);
	*out = e;
	return OK;
}

static err paper_new(struct ctx *c, int64_t id, const char *paper[CREDENTIAL_PAPER_CODES])
{
	TRY(q_paper_code_clear(c, &(struct q_paper_code_clear_in){.account_id = id}, NULL));
	for (int i = 0; i < CREDENTIAL_PAPER_CODES; i++) {
		paper[i] = credential_code_make(c, PAPER_LETTERS);
		TRY(q_paper_code_insert(c, &(struct q_paper_code_insert_in){.account_id = id,
			.hash = secret_code_hash(c, credential_code_fold(c, paper[i]))}, NULL));
	}
	return OK;
}

static err set_state(struct ctx *c, int64_t id, const char *state, const char *reason)
{
	struct t_account row;
	TRY(row_load(c, &T_account, id, &row));
	row.state = state;
	row.stopped_reason = reason;
	return row_save(c, &T_account, &row, NULL);
}

static err enrol_first(struct ctx *c, struct enrol_work *w)
{
	int64_t n;
	TRY(account_count(c, &n));
	if (n > 0)
		return ERR_SETUP_CODE;
	struct account_new in = {.login = w->login, .name = w->name, .role = ROLE_ADMIN, .staff_id = INT_NULL, .until_on = CIVIL_NONE};
	struct make_work m = {.in = &in, .state = "active"};
	TRY(check_new(c, &m));
	TRY(insert_account(c, &m));
	w->id = m.id;
	return OK;
}

static err enrol_invited(struct ctx *c, struct enrol_work *w)
{
	struct account a;
	TRY(secret_account(c, w->row.account_id, &a));
	if (!str_eq(a.state, "invited"))
		return ERR_SETUP_CODE; /* stopped meanwhile */
	w->id = a.id;
	return set_state(c, a.id, "active", "");
}

static err enrol_in_tx(struct ctx *c, void *arg)
{
	struct enrol_work *w = arg;
	int64_t step, changed;
	TRY(find_code(c, w)); /* again, now that nobody else can spend it */
	TRY(credential_totp_check(w->secret, c->now_ms, w->totp, 0, &step));
	TRY(q_setup_code_use(c, &(struct q_setup_code_use_in){.id = w->row.id}, &changed));
	if (changed != 1)
		return ERR_SETUP_CODE;
	TRY(w->row.account_id == INT_NULL ? enrol_first(c, w) : enrol_invited(c, w));
	TRY(set_secrets(c, w->id, w->hash, w->secret, step));
	TRY(q_credential_used(c, &(struct q_credential_used_in){.account_id = w->id}, NULL));
	TRY(paper_new(c, w->id, w->paper));
	return audit_change(c, "enrol", "account", w->id, 0);
}

err account_enrol_finish(struct ctx *c, const char *code, const char *source, const char *login, const char *name, const char *hash,
	const char *totp, int64_t *account_id, const char *paper[CREDENTIAL_PAPER_CODES])
{
	struct enrol_work w = {.code = code, .login = login, .name = name, .hash = hash, .totp = totp, .paper = paper};
	TRY(find_code_counted(c, &w, source));
	if (!str_starts(hash, "$argon2id$"))
		return ERR_BUG; /* a password itself must never get here */
	TRY(tx_run(c, enrol_in_tx, &w));
	*account_id = w.id;
	return OK;
}

/* ---- stopping and renewing ---- */

struct state_work {
	int64_t id;
	const char *reason;
	struct code_new code;
	const char **paper;
	const char *hash;
};

const char *account_stopped_ja(const char *reason)
{
	static const char *const words[][2] = {{"unused", "90日間の利用なし"}, {"org_left", "機関の離脱"}, {"expired", "期限切れ"}, {"left", "退職"},
		{"moved", "異動"}, {"lost", "端末や認証アプリの紛失"}, {"review", "年次の見直し"}, {"by_hand", "管理者による停止"}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i][0], reason))
			return words[i][1];
	return "停止";
}

static err stop_one(struct ctx *c, int64_t id, const char *reason)
{
	TRY(set_state(c, id, "stopped", reason));
	TRY(q_setup_code_end_account(c, &(struct q_setup_code_end_account_in){.account_id = id}, NULL));
	return q_session_end_account(c, &(struct q_session_end_account_in){.account_id = id, .but_id = 0}, NULL);
}

static err gate(struct ctx *c, int64_t id, struct account *a)
{
	TRY(secret_account(c, id, a));
	if (!policy_may_manage_accounts_of(c, a->org_id) || !account_may_give_role(c, a->role))
		return c->actor.account_id == id ? ERR_DENIED : ERR_NOTFOUND;
	return OK;
}

static err stop_in_tx(struct ctx *c, void *arg)
{
	struct state_work *w = arg;
	return stop_one(c, w->id, w->reason);
}

err account_stop(struct ctx *c, int64_t id, const char *reason)
{
	struct account a;
	TRY(gate(c, id, &a));
	if (id == c->actor.account_id)
		return fault_add(c, "", ERR_INPUT, "自分の利用者IDは停止できません。ほかの管理者に頼んでください。");
	struct state_work w = {.id = id, .reason = reason};
	return tx_run(c, stop_in_tx, &w);
}

static err resume_in_tx(struct ctx *c, void *arg)
{
	struct state_work *w = arg;
	struct q_credential_get_row cred;
	bool found;
	TRY(q_credential_get(c, &(struct q_credential_get_in){.account_id = w->id}, &cred, &found));
	/* the 90 days begin anew, else tomorrow's job would stop it again */
	TRY(q_credential_used(c, &(struct q_credential_used_in){.account_id = w->id}, NULL));
	return set_state(c, w->id, found && cred.password[0] && cred.totp.p ? "active" : "invited", "");
}

err account_resume(struct ctx *c, int64_t id)
{
	struct account a;
	TRY(gate(c, id, &a));
	if (!str_eq(a.state, "stopped"))
		return OK;
	struct state_work w = {.id = id};
	return tx_run(c, resume_in_tx, &w);
}

struct many_work {
	int64_t org_id, n;
};

static err stop_org_in_tx(struct ctx *c, void *arg)
{
	struct many_work *w = arg;
	struct q_account_of_org_row *rows;
	size_t n;
	TRY(q_account_of_org(c, &(struct q_account_of_org_in){.org_id = w->org_id}, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(stop_one(c, rows[i].id, "org_left"));
	w->n = (int64_t)n;
	return OK;
}

err account_stop_org(struct ctx *c, int64_t org_id, int64_t *n)
{
	struct many_work w = {.org_id = org_id};
	if (!policy_may_administer(c) || org_id <= 0)
		return ERR_DENIED;
	TRY(tx_run(c, stop_org_in_tx, &w));
	if (n)
		*n = w.n;
	return OK;
}

static err stop_unused_in_tx(struct ctx *c, void *arg)
{
	struct many_work *w = arg;
	struct q_account_unused_row *rows;
	size_t n;
	TRY(q_account_unused(c, &(struct q_account_unused_in){.before_on = c->today - ACCOUNT_UNUSED_DAYS}, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(stop_one(c, rows[i].id, rows[i].until_on != CIVIL_NONE && rows[i].until_on < c->today ? "expired" : "unused"));
	w->n = (int64_t)n;
	return OK;
}

err account_stop_unused(struct ctx *c, int64_t *n)
{
	struct many_work w = {0};
	if (!policy_may_administer(c))
		return ERR_DENIED;
	TRY(tx_run(c, stop_unused_in_tx, &w));
	if (n)
		*n = w.n;
	return OK;
}

static err review_in_tx(struct ctx *c, void *arg)
{
	struct state_work *w = arg;
	struct t_account row;
	TRY(row_load(c, &T_account, w->id, &row));
	row.reviewed_on = c->today;
	return row_save(c, &T_account, &row, NULL);
}

err account_review(struct ctx *c, int64_t id)
{
	struct account a;
	TRY(gate(c, id, &a));
	struct state_work w = {.id = id};
	return tx_run(c, review_in_tx, &w);
}

static err reset_in_tx(struct ctx *c, void *arg)
{
	struct state_work *w = arg;
	TRY(stop_one(c, w->id, "by_hand")); /* ends sessions and older codes */
	TRY(set_state(c, w->id, "invited", ""));
	TRY(q_credential_set(c, &(struct q_credential_set_in){.account_id = w->id, .password = "", .totp = {NULL, 0}, .totp_step = 0}, NULL));
	TRY(q_credential_used(c, &(struct q_credential_used_in){.account_id = w->id}, NULL));
	TRY(q_paper_code_clear(c, &(struct q_paper_code_clear_in){.account_id = w->id}, NULL));
	w->code = (struct code_new){.account_id = w->id, .days = ACCOUNT_CODE_DAYS};
	TRY(make_code(c, &w->code));
	return audit_change(c, "reset", "account", w->id, 0);
}

err account_reset(struct ctx *c, int64_t id, const char **code)
{
	struct account a;
	TRY(gate(c, id, &a));
	struct state_work w = {.id = id};
	TRY(tx_run(c, reset_in_tx, &w));
	*code = w.code.code;
	return OK;
}

static err password_in_tx(struct ctx *c, void *arg)
{
	struct state_work *w = arg;
	int64_t changed;
	TRY(q_credential_set_password(c, &(struct q_credential_set_password_in){.account_id = w->id, .password = w->hash}, &changed));
	if (changed != 1)
		return ERR_NOTFOUND;
	TRY(q_session_end_account(c, &(struct q_session_end_account_in){.account_id = w->id, .but_id = 0}, NULL));
	return audit_change(c, "password", "account", w->id, 0);
}

err account_set_password(struct ctx *c, int64_t id, const char *hash)
{
	if (id != c->actor.account_id || id <= 0)
		return ERR_DENIED;
	if (!str_starts(hash, "$argon2id$"))
		return ERR_BUG;
	struct state_work w = {.id = id, .hash = hash};
	return tx_run(c, password_in_tx, &w);
}

static err paper_in_tx(struct ctx *c, void *arg)
{
	struct state_work *w = arg;
	TRY(paper_new(c, w->id, w->paper));
	return audit_change(c, "paper-codes", "account", w->id, 0);
}

err account_paper_codes(struct ctx *c, int64_t id, const char *paper[CREDENTIAL_PAPER_CODES])
{
	struct account a;
	/* one's own, or a manager who prints them for a colleague */
	if (id != c->actor.account_id)
		TRY(gate(c, id, &a));
	struct state_work w = {.id = id, .paper = paper};
	return tx_run(c, paper_in_tx, &w);
}

static err prefs_in_tx(struct ctx *c, void *arg)
{
	const struct account_prefs *p = arg;
	struct t_account row;
	TRY(row_load(c, &T_account, c->actor.account_id, &row));
	row.text_size = p->text_size;
	row.idle_min = p->idle_min;
	row.list_rows = p->list_rows;
	return row_save(c, &T_account, &row, NULL);
}

err account_save_prefs(struct ctx *c, const struct account_prefs *in)
{
	size_t before = c->n_faults;
	if (c->actor.account_id <= 0)
		return ERR_DENIED;
	if (!str_eq(in->text_size, "standard") && !str_eq(in->text_size, "large") && !str_eq(in->text_size, "xlarge"))
		(void)fault_add(c, "text_size", ERR_NOT_CHOICE, "文字の大きさを選んでください。");
	if (in->idle_min < 5 || in->idle_min > 120)
		(void)fault_add(c, "idle_min", ERR_RANGE, "自動ロックまでの時間は、5分から120分までにしてください。");
	if (in->list_rows < 10 || in->list_rows > 200)
		(void)fault_add(c, "list_rows", ERR_RANGE, "一覧の行数は、10行から200行までにしてください。");
	if (c->n_faults > before)
		return c->faults[before].code;
	return tx_run(c, prefs_in_tx, (void *)(uintptr_t)in);
}

err account_name(struct ctx *c, int64_t id, const char **name)
{
	struct q_account_name_row row;
	bool found;
	*name = "";
	TRY(q_account_name(c, &(struct q_account_name_in){.id = id}, &row, &found));
	if (found)
		*name = row.name;
	return OK;
}
