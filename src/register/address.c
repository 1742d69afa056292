#include "register/address.h"

#include "access/audit.h"
#include "base/str.h"
#include "jp/postal.h"
#include "register/gate.h"
#include "register/keys.h"
#include "sql/q_register_org.h"
#include "store/tx.h"

struct import_job {
	struct ctx *c;
	const char *bytes;
	size_t n;
	struct postal_report report;
};

static err put(void *arg, const struct postal_row *r)
{
	struct import_job *j = arg;
	struct arena_mark m = arena_mark_get(j->c->arena);
	err e = q_postal_add(j->c, &(struct q_postal_add_in){.postal = r->code, .local_code = r->municipality, .prefecture = r->prefecture,
		.city = r->city, .town = r->town, .prefecture_kana = r->prefecture_kana, .city_kana = r->city_kana, .town_kana = r->town_kana,
		.town_fold = town_key_text(j->c, r->city, r->town), .note = r->note}, NULL);
	arena_rewind(j->c->arena, m);
	return e;
}

static err import_tx(struct ctx *c, void *arg)
{
	struct import_job *j = arg;
	j->report = (struct postal_report){0};
	struct arena *scratch = arena_new((size_t)64 << 20);
	if (!scratch)
		return ERR_NOMEM;
	err e = q_postal_clear(c, NULL);
	if (e == OK)
		e = postal_read(scratch, j->bytes, j->n, put, j, &j->report);
	arena_free(scratch);
	TRY(e);
	if (j->report.n_rows == 0)
		return fault_add(c, "file", ERR_CSV, "郵便番号として読める行がありません。日本郵便の郵便番号データ（KEN_ALL.CSV か utf_ken_all.csv）を選んでください。");
	return audit_change(c, "import", "postal", 0, 0);
}

err postal_import(struct ctx *c, const void *bytes, size_t n_bytes, struct postal_done *done)
{
	TRY(gate_territory(c));
	struct import_job j = {.c = c, .bytes = bytes, .n = n_bytes};
	TRY(tx_run(c, import_tx, &j));
	*done = (struct postal_done){(int64_t)j.report.n_rows, (int64_t)j.report.n_bad, j.report.first_bad_line};
	return OK;
}

err postal_find(struct ctx *c, const char *postal, struct postal_place **v, size_t *n)
{
	char code[8];
	struct q_postal_find_row *r;
	TRY(gate_logged_in(c));
	*n = 0;
	*v = NULL;
	if (!postal_even(str_or(postal, ""), code))
		return OK;
	TRY(q_postal_find(c, &(struct q_postal_find_in){.postal = code}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct postal_place);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct postal_place){r[i].postal, r[i].local_code, r[i].prefecture, r[i].city, r[i].town, r[i].prefecture_kana,
			r[i].city_kana, r[i].town_kana, r[i].note};
	return OK;
}

err postal_fill(struct ctx *c, const char *postal, struct postal_fill **v, size_t *n)
{
	struct postal_place *p;
	TRY(postal_find(c, postal, &p, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct postal_fill);
	for (size_t i = 0; i < *n; i++) {
		struct postal_fill *f = &(*v)[i];
		const char *fold;
		f->address = arena_fmt(c->arena, "%s%s%s", p[i].prefecture, p[i].city, p[i].town);
		TRY(territory_of_address(c, f->address, c->today, f->area_id, &fold));
		for (int s = 0; s < AREA_SLOTS; s++) {
			struct area a;
			f->area_pid[s] = f->area_name[s] = "";
			if (f->area_id[s] == INT_NULL)
				continue;
			TRY(area_load(c, f->area_id[s], &a));
			f->area_pid[s] = a.pid;
			f->area_name[s] = a.name;
		}
	}
	return OK;
}
