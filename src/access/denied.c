/* What an administrator looks through each day: refused looks, failed logins, the size of the logs; see access/audit.h. */
#include "access/account.h"
#include "access/audit.h"
#include "access/look.h"
#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "sql/q_access.h"

#include <string.h>
#include <sys/stat.h>

static err who(struct ctx *c, int64_t account_id, const char **login, const char **name)
{
	struct q_account_full_in in = Q_ACCOUNT_FULL_NONE;
	struct q_account_full_row *a;
	size_t n;
	in.id = account_id;
	TRY(q_account_full(c, &in, &a, &n));
	*login = n ? a[0].login : "";
	*name = n ? a[0].name : "";
	return OK;
}

err audit_denials(struct ctx *c, civil from, int limit, struct audit_denial **v, size_t *n)
{
	const char **months;
	char first[LOOK_MONTH_TEXT];
	size_t k;
	if (!policy_may_administer(c))
		return ERR_DENIED;
	look_month(from, first);
	TRY(audit_look_months(c, &months, &k));
	*v = ARENA_ARRAY(c->arena, (size_t)limit + 1, struct audit_denial);
	*n = 0;
	for (size_t i = k; i-- > 0 && strcmp(months[i], first) >= 0 && *n < (size_t)limit;) {
		struct ctx s;
		struct q_look_denied_row *rows;
		size_t m;
		TRY(look_read(c, look_file(c, months[i], "db"), &s));
		TRY(q_look_denied(&s, &(struct q_look_denied_in){.from_ms = civil_instant_start(from), .limit = limit - (int64_t)*n}, &rows, &m));
		for (size_t j = 0; j < m; j++) {
			struct audit_denial d = {.at_ms = rows[j].at_ms, .account_id = rows[j].account_id, .n_persons = rows[j].n_persons,
				.what = rows[j].what};
			TRY(who(c, d.account_id, &d.login, &d.name));
			(*v)[(*n)++] = d;
		}
	}
	return OK;
}

err audit_login_failures(struct ctx *c, civil from, int limit, struct audit_denial **v, size_t *n)
{
	enum { BACK = 100000 }; /* entries; a busy house writes some thousands a day */
	struct audit_head head;
	struct q_audit_login_failed_row *rows;
	if (!policy_may_administer(c))
		return ERR_DENIED;
	TRY(audit_head_read(c, &head));
	TRY(q_audit_login_failed(c, &(struct q_audit_login_failed_in){.after = head.seq > BACK ? head.seq - BACK : 0,
		.from_ms = civil_instant_start(from), .limit = limit}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct audit_denial);
	for (size_t i = 0; i < *n; i++) {
		struct audit_denial d = {.at_ms = rows[i].at_ms, .account_id = rows[i].row_id, .what = ""};
		TRY(who(c, d.account_id, &d.login, &d.name));
		(*v)[i] = d;
	}
	return OK;
}

err audit_size(struct ctx *c, int64_t *bytes)
{
	const char **months;
	size_t k;
	struct stat st;
	if (!policy_may_administer(c))
		return ERR_DENIED;
	*bytes = stat(arena_fmt(c->arena, "%s/tsunagi.db", c->house->data_dir), &st) == 0 ? (int64_t)st.st_size : 0;
	TRY(audit_look_months(c, &months, &k));
	for (size_t i = 0; i < k; i++)
		if (stat(look_file(c, months[i], "db"), &st) == 0)
			*bytes += (int64_t)st.st_size;
	return OK;
}
