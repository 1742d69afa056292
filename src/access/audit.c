#include "access/audit.h"

#include "access/chain.h"
#include "base/house.h"
#include "base/str.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

err audit_head_write(struct ctx *c)
{
	TRY(chain_ready(c));
	struct q_audit_head_get_row head;
	bool found;
	TRY(q_audit_head_get(c, &head, &found));
	if (!found)
		return OK; /* nothing was ever changed */
	if (head.hash.n != KEY_MAC)
		return ERR_AUDIT_BROKEN;
	return chain_head_write(c, arena_fmt(c->arena, "%s/audit.head", c->house->data_dir), "audit", head.seq, head.hash.p);
}

static err write_head_after(struct ctx *c, void *arg)
{
	(void)arg;
	return audit_head_write(c);
}

err audit_change(struct ctx *c, const char *action, const char *table, int64_t row_id, int64_t person_id)
{
	TRY(chain_ready(c));
	if (c->tx_depth == 0)
		return ERR_BUG; /* outside a transaction the entry could stand without its change */
	struct q_audit_head_get_row head;
	bool found;
	int64_t changed;
	uint8_t prev[KEY_MAC], hash[KEY_MAC];
	/* The update comes first: it locks the row, so the next writer waits for our number (PostgreSQL). */
	TRY(q_audit_head_next(c, &changed));
	if (changed) {
		TRY(q_audit_head_get(c, &head, &found));
		if (!found || head.hash.n != KEY_MAC)
			return ERR_AUDIT_BROKEN;
		memcpy(prev, head.hash.p, KEY_MAC);
	} else {
		chain_start(c, "audit", prev);
		head.seq = 1;
		TRY(q_audit_head_first(c, &(struct q_audit_head_first_in){.hash = {prev, KEY_MAC}}, NULL));
	}
	struct q_audit_entry_page_row e = {.id = head.seq, .at_ms = c->now_ms, .account_id = c->actor.account_id,
		.org_id = c->actor.org_id, .action = action, .table_name = table, .row_id = row_id > 0 ? row_id : 0,
		.person_id = person_id > 0 ? person_id : 0, .purpose = chain_purpose(c), .request_id = c->request_id};
	chain_hash_entry(c, prev, &e, hash);
	TRY(q_audit_entry_insert(c, &(struct q_audit_entry_insert_in){.id = e.id, .action = action, .table_name = table,
		.row_id = e.row_id, .person_id = e.person_id, .purpose = e.purpose, .request_id = e.request_id,
		.hash = {hash, KEY_MAC}}, NULL));
	TRY(q_audit_head_set(c, &(struct q_audit_head_set_in){.hash = {hash, KEY_MAC}}, NULL));
	tx_after(c, write_head_after, NULL);
	return OK;
}

void audit_hook_store(void) { store_set_change_hook(audit_change); }

err audit_head_read(struct ctx *c, struct audit_head *out)
{
	struct q_audit_head_get_row head;
	bool found;
	TRY(q_audit_head_get(c, &head, &found));
	memset(out, 0, sizeof *out);
	if (!found)
		return OK;
	if (head.hash.n != KEY_MAC)
		return ERR_AUDIT_BROKEN;
	out->seq = head.seq;
	key_hex(head.hash.p, KEY_MAC, out->hash);
	return OK;
}

struct anchor_work {
	const char *place, *line;
};

static err anchor_in_tx(struct ctx *c, void *arg)
{
	struct anchor_work *w = arg;
	struct audit_head head;
	uint8_t hash[KEY_MAC];
	TRY(audit_change(c, "anchor", "anchor", 0, 0)); /* so that there is always something to anchor, and it is known who did */
	TRY(audit_head_read(c, &head));
	if (!key_unhex(head.hash, hash, KEY_MAC))
		return ERR_AUDIT_BROKEN;
	TRY(q_anchor_insert(c, &(struct q_anchor_insert_in){.seq = head.seq, .hash = {hash, KEY_MAC}, .place = w->place}, NULL));
	char day[CIVIL_TEXT];
	civil_text(c->today, day);
	w->line = arena_fmt(c->arena, "tsunagi-anchor 1 %lld %s %s", (long long)head.seq, head.hash, day);
	return OK;
}

err audit_anchor_make(struct ctx *c, const char *place, const char **line)
{
	struct anchor_work w = {place, NULL};
	TRY(tx_run(c, anchor_in_tx, &w));
	*line = w.line;
	return audit_head_write(c);
}

bool audit_anchor_parse(const char *line, struct audit_head *out)
{
	static const char mark[] = "tsunagi-anchor 1 ";
	if (!str_starts(line, mark))
		return false;
	const char *p = line + sizeof mark - 1;
	int64_t seq = 0;
	size_t digits = strspn(p, "0123456789");
	if (digits == 0 || digits > 18 || p[digits] != ' ')
		return false;
	for (size_t i = 0; i < digits; i++)
		seq = seq * 10 + (p[i] - '0');
	p += digits + 1;
	if (strspn(p, "0123456789abcdef") != KEY_MAC * 2 || p[KEY_MAC * 2] != ' ')
		return false;
	char day[CIVIL_TEXT];
	const char *d = p + KEY_MAC * 2 + 1;
	civil when;
	if (strlen(d) < 10)
		return false;
	memcpy(day, d, 10);
	day[10] = '\0';
	if (!civil_parse(day, &when) || d[10 + strspn(d + 10, " \r\n")] != '\0')
		return false;
	out->seq = seq;
	memcpy(out->hash, p, KEY_MAC * 2);
	out->hash[KEY_MAC * 2] = '\0';
	return true;
}
