#include "register/draft.h"

#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "codec/json.h"
#include "sql/q_record.h"
#include "store/tx.h"

#include <string.h>

static err own_account(const struct ctx *c) { return c->actor.account_id > 0 ? OK : ERR_DENIED; }

static err save_tx(struct ctx *c, void *arg)
{
	struct draft *d = arg;
	struct q_record_draft_get_row old;
	bool found;
	int64_t person = d->subject_person_id ? d->subject_person_id : INT_NULL, base = d->base_version ? d->base_version : INT_NULL;
	TRY(q_record_draft_get(c, &(struct q_record_draft_get_in){.draft_key = d->key}, &old, &found));
	if (found && d->seen_ms != INT_NULL && old.updated_ms != d->seen_ms)
		return ERR_CONFLICT;
	if (found) {
		TRY(q_record_draft_update(c, &(struct q_record_draft_update_in){.id = old.id, .title = str_or(d->title, ""),
			.subject_person_id = person, .record_class = d->record_class, .fields = d->fields, .focus = str_or(d->focus, ""),
			.base_version = base}, NULL));
	} else {
		struct q_record_draft_count_row count;
		TRY(q_record_draft_count(c, &count));
		if (count.n >= DRAFT_MAX_COUNT)
			return fault_add(c, "", ERR_LIMIT, "下書きが%d件あり、これより多く置けません。下書きの一覧で、いらないものを破棄してください。入力した内容はこの画面に残っています。",
				DRAFT_MAX_COUNT);
		char pid[PID_TEXT];
		pid_make(pid);
		TRY(q_record_draft_insert(c, &(struct q_record_draft_insert_in){.pid = pid, .draft_key = d->key, .title = str_or(d->title, ""),
			.subject_person_id = person, .record_class = d->record_class, .fields = d->fields, .focus = str_or(d->focus, ""),
			.base_version = base}, NULL));
	}
	TRY(q_record_draft_get(c, &(struct q_record_draft_get_in){.draft_key = d->key}, &old, &found));
	d->id = old.id;
	d->account_id = old.account_id;
	d->pid = old.pid;
	d->created_ms = old.created_ms;
	d->updated_ms = old.updated_ms;
	return OK;
}

err draft_save(struct ctx *c, struct draft *d)
{
	TRY(own_account(c));
	if (str_blank(d->key) || strlen(d->key) > 200)
		return ERR_BUG;
	size_t n = d->fields ? strlen(d->fields) : 0;
	if (n > DRAFT_MAX_BYTES)
		return fault_add(c, "", ERR_LIMIT, "下書きに置ける量（200KB）を超えています。内容を分けて保存してください。入力した内容はこの画面に残っています。");
	if (!d->fields || !str_utf8_valid(d->fields, n))
		return ERR_NOT_UTF8;
	struct json *object;
	TRY(json_parse(c->arena, d->fields, n, NULL, &object, NULL));
	if (!json_is(object, JSON_OBJECT))
		return ERR_JSON;
	return tx_run(c, save_tx, d);
}

err draft_get(struct ctx *c, const char *key, struct draft *out, bool *found)
{
	*found = false;
	TRY(own_account(c));
	struct q_record_draft_get_row r;
	bool there;
	TRY(q_record_draft_get(c, &(struct q_record_draft_get_in){.draft_key = key}, &r, &there));
	if (!there)
		return OK;
	int64_t person = r.subject_person_id == INT_NULL ? 0 : r.subject_person_id;
	/* Own words are never withheld; words of another, handed over, need the right to that person. */
	if (r.from_account_id != INT_NULL && person)
		TRY(policy_check(c, person, class_index((int)r.record_class) >= 0 ? (int)r.record_class : CLASS_NAMECARD, ACTION_SEE));
	*out = (struct draft){.id = r.id, .account_id = r.account_id, .pid = r.pid, .key = r.draft_key, .title = r.title,
		.subject_person_id = person, .record_class = (int)r.record_class, .fields = r.fields, .focus = r.focus,
		.base_version = r.base_version == INT_NULL ? 0 : r.base_version, .created_ms = r.created_ms, .updated_ms = r.updated_ms,
		.from_account_id = r.from_account_id == INT_NULL ? 0 : r.from_account_id, .handed_ms = r.handed_ms};
	*found = true;
	return OK;
}

#define DRAFT_OF(r)                                                                                                  \
	(struct draft){.id = (r)->id, .account_id = (r)->account_id, .pid = (r)->pid, .key = (r)->draft_key, .title = (r)->title, \
		.subject_person_id = (r)->subject_person_id == INT_NULL ? 0 : (r)->subject_person_id,                \
		.record_class = (int)(r)->record_class, .fields = NULL, .focus = NULL,                               \
		.base_version = (r)->base_version == INT_NULL ? 0 : (r)->base_version, .created_ms = (r)->created_ms, \
		.updated_ms = (r)->updated_ms, .from_account_id = (r)->from_account_id == INT_NULL ? 0 : (r)->from_account_id, \
		.handed_ms = (r)->handed_ms}

err draft_list(struct ctx *c, struct draft **v, size_t *n)
{
	TRY(own_account(c));
	struct q_record_draft_list_row *rows;
	TRY(q_record_draft_list(c, &(struct q_record_draft_list_in){.limit = DRAFT_MAX_COUNT * 2}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct draft);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = DRAFT_OF(&rows[i]);
	return OK;
}

static err discard_tx(struct ctx *c, void *arg)
{
	return q_record_draft_delete(c, &(struct q_record_draft_delete_in){.draft_key = arg}, NULL);
}

err draft_discard(struct ctx *c, const char *key)
{
	TRY(own_account(c));
	return tx_run(c, discard_tx, arena_str(c->arena, key));
}

/* --- hand-over --- */

err draft_list_org(struct ctx *c, int64_t org_id, struct draft **v, size_t *n)
{
	if (!policy_may_manage_accounts_of(c, org_id))
		return ERR_DENIED;
	struct q_record_draft_of_org_row *rows;
	TRY(q_record_draft_of_org(c, &(struct q_record_draft_of_org_in){.org_id = org_id}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct draft);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = DRAFT_OF(&rows[i]);
	return OK;
}

struct handing {
	const char *pid;
	int64_t to;
};

static err hand_tx(struct ctx *c, void *arg)
{
	const struct handing *h = arg;
	struct q_record_draft_by_pid_row d;
	bool found;
	TRY(q_record_draft_by_pid(c, &(struct q_record_draft_by_pid_in){.pid = h->pid}, &d, &found));
	if (!found || !policy_may_manage_accounts_of(c, d.org_id))
		return ERR_NOTFOUND;
	struct q_record_account_of_row to;
	TRY(q_record_account_of(c, &(struct q_record_account_of_in){.id = h->to}, &to, &found));
	if (!found || to.org_id != d.org_id || !str_eq(to.state, "active") || h->to == d.account_id)
		return fault_add(c, "to", ERR_NOT_CHOICE, "渡す相手は、同じ機関で使用中の、ほかの職員から選んでください。");
	const char *key = d.draft_key;
	for (int i = 2;; i++) {
		struct q_record_draft_key_taken_row taken;
		TRY(q_record_draft_key_taken(c, &(struct q_record_draft_key_taken_in){.account_id = h->to, .draft_key = key}, &taken, &found));
		if (!found)
			break;
		key = arena_fmt(c->arena, "%s#%d", d.draft_key, i);
	}
	return q_record_draft_give(c, &(struct q_record_draft_give_in){.id = d.id, .account_id = h->to, .draft_key = key,
		.from_account_id = d.account_id}, NULL);
}

err draft_hand_over(struct ctx *c, const char *pid, int64_t to_account_id)
{
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	return tx_run(c, hand_tx, &(struct handing){pid, to_account_id});
}
