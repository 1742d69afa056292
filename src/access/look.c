/* The monthly files of looks; see access/audit.h. */
#include "access/audit.h"
#include "access/chain.h"
#include "access/look.h"
#include "access/policy.h"
#include "base/house.h"
#include "base/map.h"
#include "base/str.h"
#include "sql/all.h"
#include "store/db.h"
#include "store/tx.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct look_log {
	struct arena *arena;
	const char *data_dir;
	struct db *db;     /* of `month`; NULL: none open */
	struct db *reader; /* the file being listed or verified; kept here so that no escape of an arena loses it */
	char month[LOOK_MONTH_TEXT];
};

struct look_log *look_log_new(struct arena *a, const char *data_dir)
{
	struct look_log *l = ARENA_NEW(a, struct look_log);
	l->arena = a;
	l->data_dir = arena_str(a, data_dir);
	return l;
}

void look_log_close(struct look_log *l)
{
	if (!l)
		return;
	db_close(l->reader); /* first: the last one to close empties the write-ahead log, and a reader cannot */
	db_close(l->db);
	l->db = l->reader = NULL;
	l->month[0] = '\0';
}

void look_month(civil day, char out[LOOK_MONTH_TEXT])
{
	char text[CIVIL_TEXT];
	civil_text(day, text);
	memcpy(out, text, LOOK_MONTH_TEXT - 1);
	out[LOOK_MONTH_TEXT - 1] = '\0';
}

const char *look_file(struct ctx *c, const char *month, const char *ending)
{
	return arena_fmt(c->arena, "%s/access-%s.%s", c->house->data_dir, month, ending);
}

static const char *look_schema(void)
{
	for (size_t i = 0; i < migration_all_n; i++)
		if (str_ends(migration_all[i].file, "0001_access/08_look.sql"))
			return migration_all[i].sql;
	return NULL;
}

static err make_tables(struct db *db)
{
	const char *sql = look_schema();
	if (!sql)
		return ERR_BUG;
	TRY(db_begin(db));
	err e = db_has_table(db, "look_entry") ? OK : db_exec(db, sql);
	if (e == OK)
		e = db_commit(db);
	if (e != OK)
		db_rollback(db);
	/* two workers may meet the new month in the same moment */
	return e == ERR_DB && db_has_table(db, "look_entry") ? OK : e;
}

static err open_month(struct ctx *c, struct look_log *l, const char *month)
{
	if (l->db && str_eq(l->month, month)) {
		if (db_in_tx(l->db)) /* an arena was full in the middle of an earlier look */
			db_recover(l->db);
		return OK;
	}
	look_log_close(l);
	struct db *db;
	TRY(db_open(look_file(c, month, "db"), DB_CREATE, &db));
	err e = make_tables(db);
	if (e != OK) {
		db_close(db);
		return e;
	}
	l->db = db;
	memcpy(l->month, month, LOOK_MONTH_TEXT);
	return OK;
}

/* The same actor and clock on another connection. */
static struct ctx on_db(const struct ctx *c, struct db *db)
{
	struct ctx s = *c;
	s.db = db;
	s.tx_depth = 0;
	s.tx_view = false;
	s.tx_notes = NULL;
	return s;
}

err look_read(const struct ctx *c, const char *path, struct ctx *out)
{
	struct look_log *l = c->house->looks;
	if (!l)
		return ERR_BUG;
	db_close(l->reader);
	l->reader = NULL;
	TRY(db_open(path, DB_READ, &l->reader));
	*out = on_db(c, l->reader);
	return OK;
}

static err note_file(struct ctx *c, void *arg)
{
	const char *month = arg;
	int64_t number = 0;
	if (!str_int(arena_fmt(c->arena, "%.4s%.2s", month, month + 5), &number))
		return ERR_BUG;
	return audit_change(c, "look-file", "look_entry", number, 0);
}

struct look_work {
	const char *month;
	struct q_look_page_row entry;
	const int64_t *ids;
	size_t n;
	bool first;
};

static err append(struct ctx *s, struct look_work *w)
{
	struct q_look_last_row last;
	bool found;
	uint8_t prev[KEY_MAC], hash[KEY_MAC];
	TRY(q_look_last(s, &last, &found));
	if (found && last.hash.n != KEY_MAC)
		return ERR_AUDIT_BROKEN;
	if (found)
		memcpy(prev, last.hash.p, KEY_MAC);
	else
		chain_start(s, w->month, prev);
	w->first = !found;
	w->entry.id = found ? last.id + 1 : 1;
	chain_hash_look(s, prev, w->month, &w->entry, w->ids, w->n, hash);
	TRY(q_look_insert(s, &(struct q_look_insert_in){.id = w->entry.id, .action = w->entry.action, .what = w->entry.what,
		.purpose = w->entry.purpose, .request_id = w->entry.request_id, .n_persons = w->entry.n_persons,
		.hash = {hash, KEY_MAC}}, NULL));
	for (size_t i = 0; i < w->n; i++)
		TRY(q_look_person_insert(s, &(struct q_look_person_insert_in){.look_entry_id = w->entry.id, .person_id = w->ids[i]}, NULL));
	w->entry.hash = (struct blob){arena_copy(s->arena, hash, KEY_MAC), KEY_MAC};
	return OK;
}

static err append_once(struct ctx *c, struct look_log *l, struct look_work *w)
{
	struct ctx s = on_db(c, l->db);
	TRY(db_begin(l->db));
	s.tx_depth = 1;
	err e = append(&s, w);
	if (e == OK)
		e = db_commit(l->db);
	if (e != OK)
		db_rollback(l->db);
	return e;
}

err audit_look(struct ctx *c, const char *action, const char *what, const int64_t *person_ids, size_t n)
{
	if (n == 0)
		return OK;
	TRY(chain_ready(c));
	struct look_log *l = c->house->looks;
	if (!l)
		return ERR_BUG; /* a look that nobody notes must not happen */
	char month[LOOK_MONTH_TEXT];
	look_month(c->today, month);
	TRY(open_month(c, l, month));
	struct look_work w = {.month = month, .ids = person_ids, .n = n,
		.entry = {.at_ms = c->now_ms, .account_id = c->actor.account_id, .org_id = c->actor.org_id, .action = action, .what = what,
			.purpose = chain_purpose(c), .request_id = c->request_id, .n_persons = (int64_t)n}};
	err e = ERR_RETRY;
	for (int i = 0; i < 5 && err_class_of(e) == ERR_CLASS_RETRY; i++)
		e = append_once(c, l, &w);
	TRY(e);
	TRY(chain_head_write(c, look_file(c, month, "head"), month, w.entry.id, w.entry.hash.p));
	/* The main chain remembers that this month has a file, so that taking the whole file away is found. */
	return w.first ? tx_run(c, note_file, month) : OK;
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

bool look_month_ok(const char *m, size_t n)
{
	if (n != LOOK_MONTH_TEXT - 1)
		return false;
	char day[CIVIL_TEXT];
	civil out;
	memcpy(day, m, LOOK_MONTH_TEXT - 1);
	memcpy(day + LOOK_MONTH_TEXT - 1, "-01", 4);
	return civil_parse(day, &out);
}

err look_months(struct ctx *c, const char *ending, const char ***v, size_t *n)
{
	DIR *d = opendir(c->house->data_dir);
	if (!d)
		return ERR_IO;
	/* counted first and read after, so that no allocation happens while the folder is open twice over */
	enum { MOST = 2400 };
	char found[MOST][LOOK_MONTH_TEXT];
	size_t k = 0;
	const char *tail;
	for (struct dirent *e; k < MOST && (e = readdir(d)) != NULL;)
		if (str_starts(e->d_name, "access-") && (tail = strchr(e->d_name, '.')) != NULL && str_eq(tail + 1, ending) &&
			look_month_ok(e->d_name + 7, (size_t)(tail - e->d_name) - 7)) {
			memcpy(found[k], e->d_name + 7, LOOK_MONTH_TEXT - 1);
			found[k++][LOOK_MONTH_TEXT - 1] = '\0';
		}
	closedir(d);
	*v = ARENA_ARRAY(c->arena, k ? k : 1, const char *);
	for (size_t i = 0; i < k; i++)
		(*v)[i] = arena_str(c->arena, found[i]);
	qsort(*v, k, sizeof **v, by_text);
	*n = k;
	return OK;
}

err audit_look_months(struct ctx *c, const char ***v, size_t *n) { return look_months(c, "db", v, n); }

err audit_person_ids(struct ctx *c, const char *person_pid, int64_t **ids, size_t *n)
{
	struct q_look_cluster_row *rows;
	size_t k;
	TRY(q_look_cluster(c, &(struct q_look_cluster_in){.pid = person_pid}, &rows, &k));
	if (k == 0)
		return ERR_NOTFOUND;
	*ids = ARENA_ARRAY(c->arena, k, int64_t);
	for (size_t i = 0; i < k; i++)
		(*ids)[i] = rows[i].id;
	*n = k;
	return OK;
}

struct looks_list {
	struct audit_look_row *v;
	size_t n, cap;
};

static err add_looks(struct ctx *c, struct ctx *s, int64_t person_id, int64_t from_ms, int64_t to_ms, struct looks_list *list,
	struct map *accounts)
{
	struct q_look_of_person_row *rows;
	size_t n;
	TRY(q_look_of_person(s, &(struct q_look_of_person_in){.person_id = person_id, .from_ms = from_ms, .to_ms = to_ms}, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (list->n == list->cap) {
			size_t cap = list->cap ? list->cap * 2 : 64;
			struct audit_look_row *v = ARENA_ARRAY(c->arena, cap, struct audit_look_row);
			if (list->n)
				memcpy(v, list->v, list->n * sizeof *v);
			list->v = v;
			list->cap = cap;
		}
		const char *key = arena_fmt(c->arena, "%lld", (long long)rows[i].account_id);
		struct q_account_full_row *a = map_get(accounts, key);
		if (!a) {
			struct q_account_full_in in = Q_ACCOUNT_FULL_NONE;
			in.id = rows[i].account_id;
			size_t k;
			TRY(q_account_full(c, &in, &a, &k));
			if (k == 0) {
				a = ARENA_NEW(c->arena, struct q_account_full_row);
				a->login = a->name = "";
			}
			map_set(accounts, key, a);
		}
		list->v[list->n++] = (struct audit_look_row){.at_ms = rows[i].at_ms, .account_id = rows[i].account_id,
			.org_id = rows[i].org_id, .login = a->login, .name = a->name, .action = rows[i].action, .what = rows[i].what,
			.purpose = rows[i].purpose, .n_persons = rows[i].n_persons};
	}
	return OK;
}

static int by_time(const void *a, const void *b)
{
	const struct audit_look_row *x = a, *y = b;
	return (x->at_ms > y->at_ms) - (x->at_ms < y->at_ms);
}

err audit_looks_of(struct ctx *c, const int64_t *person_ids, size_t n_ids, civil from, civil to, struct audit_look_row **v, size_t *n)
{
	/* A log of who looked tells about the person too: it needs the right to give the name card out of the house. */
	for (size_t i = 0; i < n_ids; i++)
		TRY(policy_check(c, person_ids[i], CLASS_NAMECARD, ACTION_EXPORT));
	const char **months;
	size_t k;
	TRY(audit_look_months(c, &months, &k));
	char first[LOOK_MONTH_TEXT], last[LOOK_MONTH_TEXT];
	look_month(from, first);
	look_month(to, last);
	struct looks_list list = {0};
	struct map accounts = map_new(c->arena);
	for (size_t i = 0; i < k; i++) {
		if (strcmp(months[i], first) < 0 || strcmp(months[i], last) > 0)
			continue;
		struct ctx s;
		TRY(look_read(c, look_file(c, months[i], "db"), &s));
		for (size_t j = 0; j < n_ids; j++)
			TRY(add_looks(c, &s, person_ids[j], civil_instant_start(from), civil_instant_start(to + 1), &list, &accounts));
	}
	if (list.n)
		qsort(list.v, list.n, sizeof *list.v, by_time);
	*v = list.v;
	*n = list.n;
	return OK;
}
