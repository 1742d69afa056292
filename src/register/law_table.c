#include "register/law_table.h"

#include "access/policy.h"
#include "base/log.h"
#include "base/str.h"
#include "law/duty.h"
#include "register/gate.h"
#include "sql/q_law.h"
#include "store/tx.h"

#include <sodium.h>
#include <string.h>

enum { CATALOGUE_BYTES = 256 << 20 };

static void sha256_hex(const char *text, char out[65])
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(sum, (const unsigned char *)text, strlen(text));
	sodium_bin2hex(out, 65, sum, sizeof sum);
}

static struct law_source shipped_source(struct ctx *c) { return (struct law_source){.dir = arena_fmt(c->arena, "%s/law", c->house->share_dir)}; }

/* ---- the tables in force ----------------------------------------------------------------------------------------- */

/* The shipped file is still the one the table was compared with. */
static err still_newer(struct ctx *c, const char *file, const char *base_sha256, bool *is)
{
	struct law_source src = shipped_source(c);
	char *text, sum[65];
	*is = false;
	if (!law_file_find(file))
		return OK;
	TRY(law_file_text(c, c->arena, &src, file, &text));
	sha256_hex(text, sum);
	*is = str_eq(sum, base_sha256);
	return OK;
}

/* The folder, with the tables in force. Texts in keep. */
static err source_now(struct ctx *c, struct arena *keep, struct law_source *out)
{
	struct q_law_table_list_row *rows;
	size_t n;
	*out = shipped_source(c);
	TRY(q_law_table_list(c, &(struct q_law_table_list_in){.alive = true}, &rows, &n));
	struct law_overlay *over = ARENA_ARRAY(keep, n + 1, struct law_overlay);
	for (size_t i = 0; i < n; i++) {
		struct t_law_table r;
		bool is;
		TRY(still_newer(c, rows[i].file, rows[i].base_sha256, &is));
		if (!is)
			continue;
		TRY(row_load(c, &T_law_table, rows[i].id, &r));
		over[out->n_over++] = (struct law_overlay){arena_str(keep, r.file), arena_str(keep, r.text)};
	}
	out->over = over;
	return OK;
}

void law_now_init(struct law_now *n, const struct house *h) { *n = (struct law_now){.house = *h, .shipped = h->law}; }

void law_now_close(struct law_now *n)
{
	arena_free(n->arena);
	arena_free(n->spare);
	n->arena = n->spare = NULL;
}

static err look(struct law_now *n, struct ctx *c)
{
	struct q_law_table_stamp_row row;
	struct law_source src;
	const struct law_catalogue *law = n->shipped;
	TRY(q_law_table_stamp(c, &row));
	if (row.stamp == n->stamp)
		return OK;
	arena_free(n->spare);
	n->spare = arena_new(CATALOGUE_BYTES);
	if (!n->spare)
		return ERR_NOMEM;
	TRY(source_now(c, n->spare, &src));
	if (src.n_over) {
		err e = law_load_from(c, n->spare, &src, &law);
		if (e != OK) { /* this program cannot read it: the shipped tables hold, until somebody changes something */
			log_event(LOG_ERROR, "law_table", "error", err_name(e), NULL);
			law = n->shipped;
		}
	}
	struct arena *old = n->arena;
	n->house.law = law;
	n->arena = law == n->shipped ? NULL : n->spare;
	if (n->arena)
		n->spare = NULL;
	n->stamp = row.stamp;
	arena_free(old);
	return OK;
}

void law_now_look(struct law_now *n, struct ctx *c)
{
	size_t faults = c->n_faults;
	c->house = &n->house;
	err e = look(n, c);
	if (e != OK)
		log_event(LOG_WARN, "law_look", "error", err_name(e), NULL);
	c->n_faults = faults;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static err view_of(struct ctx *c, const struct q_law_table_list_row *r, struct law_table_view *v)
{
	const struct law_file *f = law_file_find(r->file);
	bool is = false;
	*v = (struct law_table_view){.pid = r->pid, .file = r->file, .title = f ? f->title : r->file, .sha256 = r->sha256, .base_version = r->base_version, .ground = r->ground,
		.by_name = str_or(r->by_name, "システム"), .id = r->id, .n_rows = r->n_rows, .n_changed = r->n_changed, .created_ms = r->created_ms, .retired_ms = r->retired_ms};
	if (r->retired_ms == INT_NULL)
		TRY(still_newer(c, r->file, r->base_sha256, &is));
	v->in_force = is;
	v->outdated = r->retired_ms == INT_NULL && !is;
	return OK;
}

err law_table_list(struct ctx *c, const char *file, struct law_table_view **v, size_t *n)
{
	struct q_law_table_list_row *rows;
	TRY(gate_logged_in(c));
	TRY(q_law_table_list(c, &(struct q_law_table_list_in){.file = file}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct law_table_view);
	for (size_t i = 0; i < *n; i++)
		TRY(view_of(c, &rows[i], &(*v)[i]));
	return OK;
}

err law_table_get(struct ctx *c, const char *pid, struct law_table_view *out, const char **text)
{
	struct law_table_view *v;
	struct t_law_table r;
	size_t n;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_law_table, pid, &r));
	TRY(law_table_list(c, r.file, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].id == r.id)
			*out = v[i];
	if (text)
		*text = r.text;
	return OK;
}

err law_table_text(struct ctx *c, const char *file, const char **text)
{
	struct law_source src;
	char *own;
	TRY(gate_logged_in(c));
	if (!law_file_find(file))
		return ERR_NOTFOUND;
	TRY(source_now(c, c->arena, &src));
	TRY(law_file_text(c, c->arena, &src, file, &own));
	*text = own;
	return OK;
}

err law_table_text_shipped(struct ctx *c, const char *file, const char **text)
{
	struct law_source src = shipped_source(c);
	char *own;
	TRY(gate_logged_in(c));
	if (!law_file_find(file))
		return ERR_NOTFOUND;
	TRY(law_file_text(c, c->arena, &src, file, &own));
	*text = own;
	return OK;
}

/* ---- trying ------------------------------------------------------------------------------------------------------ */

/* The first row that is no comment. */
static const char *head_of(struct arena *a, const char *text)
{
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");
		if (n && *p != '#')
			return arena_strn(a, p, n);
		p += n + (p[n] == '\n');
	}
	return "";
}

static err file_of(struct ctx *c, const char *name, const char *text, const struct law_file **out)
{
	const char *head = head_of(c->arena, text);
	for (size_t i = 0; i < law_file_count(); i++)
		if (str_eq(law_file_at(i)->head, head)) {
			*out = law_file_at(i);
			return (*out)->may_import ? OK : fault_add(c, "file", ERR_INPUT, "「%s」（%s）は、様式と記録の形に関わるため、取り込めません。プログラムの更新を待ってください。", (*out)->name, (*out)->title);
		}
	const struct law_file *f = law_file_find(name);
	if (f)
		return fault_add(c, "file", ERR_FORM_DEF, "%s の見出しの行が決まった形と違います。いまの表を保存して、見出しの行を写してください。", f->name);
	return fault_add(c, "file", ERR_INPUT, "制度の表のファイル（duties.tsv・params.tsv・numbers.tsv など）の見出しの行が見つかりません。いまの表を保存して、それを直したものを選んでください。");
}

err law_table_try(struct ctx *c, const char *name, const char *bytes, size_t n, struct law_trial *out)
{
	struct law_source src;
	const struct law_catalogue *law;
	const char *now;
	*out = (struct law_trial){.text = ""};
	if (!policy_may_administer(c))
		return ERR_DENIED;
	if (n > LAW_TABLE_BYTES)
		return fault_add(c, "file", ERR_LIMIT, "ファイルが大きすぎます（%d MBまで）。", LAW_TABLE_BYTES >> 20);
	if (!str_utf8_valid(bytes, n))
		return fault_add(c, "file", ERR_NOT_UTF8, "ファイルが UTF-8 ではありません。UTF-8（タブ区切り）で保存してから選んでください。");
	out->text = str_lf(c->arena, arena_strn(c->arena, bytes, n));
	if (str_starts(out->text, "\xEF\xBB\xBF"))
		out->text += 3;
	TRY(file_of(c, name, out->text, &out->file));
	TRY(source_now(c, c->arena, &src));
	TRY(law_newer_check(c, &src, out->file, out->text, c->today, &law));
	sha256_hex(out->text, out->sha256);
	TRY(law_table_text(c, out->file->name, &now));
	law_diff_texts(c->arena, out->file, now, out->text, &out->diff);
	out->nameless = duty_names_missing(law, c->arena);
	return OK;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static err retire_now(struct ctx *c, const char *file, const char *reason)
{
	struct q_law_table_list_row *rows;
	size_t n;
	TRY(q_law_table_list(c, &(struct q_law_table_list_in){.file = file, .alive = true}, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(row_retire(c, &T_law_table, rows[i].id, reason));
	return OK;
}

static err import_tx(struct ctx *c, void *arg)
{
	struct t_law_table *r = arg;
	TRY(retire_now(c, r->file, "新しい表の取り込み"));
	return row_insert(c, &T_law_table, r);
}

err law_table_import(struct ctx *c, const char *name, const char *bytes, size_t n, const char *ground, struct law_trial *out, const char **pid)
{
	struct t_law_table r;
	const char *shipped;
	char sum[65];
	size_t before = c->n_faults;
	ground = str_trim(c->arena, str_or(ground, ""));
	TRY(law_table_try(c, name, bytes, n, out));
	if (!*ground)
		(void)fault_add(c, "ground", ERR_REQUIRED, "表の出典（通知の名前と番号、受けとった先と日）を入力してください。");
	gate_length(c, "ground", "出典", ground, 200);
	if (c->n_faults > before)
		return ERR_INPUT;
	if (!out->diff.n)
		return fault_add(c, "file", ERR_INPUT, "いまの表と同じ内容なので、取り込むものがありません。");
	TRY(law_table_text_shipped(c, out->file->name, &shipped));
	sha256_hex(shipped, sum);
	row_init(&T_law_table, &r);
	r.file = out->file->name;
	r.text = out->text;
	r.sha256 = arena_str(c->arena, out->sha256);
	r.base_sha256 = arena_str(c->arena, sum);
	r.base_version = c->house->law->version;
	r.ground = ground;
	r.n_rows = (int64_t)out->diff.n_then;
	r.n_changed = (int64_t)out->diff.n;
	TRY(tx_run(c, import_tx, &r));
	if (pid)
		*pid = r.pid;
	return OK;
}

struct back {
	int64_t id;
	const char *reason;
};

static err back_tx(struct ctx *c, void *arg)
{
	struct back *b = arg;
	return row_retire(c, &T_law_table, b->id, b->reason);
}

/* Without this table the others must still be readable (a duty may name a number that only this one has). */
static err check_without(struct ctx *c, const char *file)
{
	struct law_source src, without;
	const struct law_catalogue *law;
	size_t before = c->n_faults;
	TRY(source_now(c, c->arena, &src));
	struct law_overlay *over = ARENA_ARRAY(c->arena, src.n_over + 1, struct law_overlay);
	without = (struct law_source){.dir = src.dir, .over = over};
	for (size_t i = 0; i < src.n_over; i++)
		if (!str_eq(src.over[i].file, file))
			over[without.n_over++] = src.over[i];
	err e = law_load_from(c, c->arena, &without, &law);
	if (e != ERR_FORM_DEF)
		return e;
	const char *why = c->n_faults > before ? c->faults[before].message : "";
	c->n_faults = before;
	return fault_add(c, "", ERR_INPUT, "ほかの取り込んだ表がこの表の行を使っているので、先にそちらを元に戻してください。%s", why);
}

err law_table_take_back(struct ctx *c, const char *pid, const char *reason)
{
	struct law_table_view v = {.retired_ms = INT_NULL};
	if (!policy_may_administer(c))
		return ERR_DENIED;
	TRY(law_table_get(c, pid, &v, NULL));
	if (v.retired_ms != INT_NULL)
		return OK;
	TRY(check_without(c, v.file));
	return tx_run(c, back_tx, &(struct back){v.id, str_or(reason, "")});
}
