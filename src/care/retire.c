#include "care/retire.h"

#include "base/str.h"
#include "care/children.h"
#include "register/bin.h"
#include "store/tx.h"

struct retiring {
	const struct retire_kind *k;
	const char *pid, *reason, **bin_pid;
};

static int64_t number(const struct table_desc *t, void *row, const char *column) { return *(const int64_t *)row_column(t, row, column); }

static err retire_tx(struct ctx *c, void *arg)
{
	const struct retiring *in = arg;
	const struct table_desc *t = in->k->table;
	void *row = arena_alloc(c->arena, t->size);
	TRY(row_find(c, t, in->pid, row));
	TRY(in->k->gate(c, row));
	if (number(t, row, "retired_ms") != INT_NULL)
		return ERR_NOTFOUND;
	if (str_blank(in->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	if (in->k->refused)
		TRY(in->k->refused(c, row));
	return bin_put(c, &(struct bin_put){.table = t, .row_id = number(t, row, "id"), .row_pid = in->pid, .person_id = number(t, row, "person_id"),
		.org_id = number(t, row, "org_id"), .record_class = in->k->record_class, .reason = in->reason, .title = in->k->title(c, row)}, in->bin_pid);
}

err retire_record(struct ctx *c, const struct retire_kind *k, const char *pid, const char *reason, const char **bin_pid)
{
	struct retiring in = {k, pid, reason, bin_pid};
	return tx_run(c, retire_tx, &in);
}
