#define _GNU_SOURCE /* memmem */
#include "register/attach.h"

#include "base/pid.h"
#include "base/str.h"
#include "register/bin.h"
#include "register/consent.h"
#include "sql/q_record.h"
#include "store/file.h"
#include "store/image.h"
#include "store/tx.h"

#include <assert.h>
#include <string.h>

static const struct gen_code kinds[] = {
	{"consent", "同意書"}, {"delivered", "交付控え"}, {"opinion", "主治医意見書"}, {"certificate", "被保険者証・認定の写し"}, {"photo", "写真"}, {"other", "その他"},
};
const char *attach_kind_label_ja(const char *kind) { return GEN_LABEL(kinds, kind); }
GEN_CHOICES_C(attach_kind_choices, kinds);

static const struct attach_kind consents = {.slug = "consent", .label = "同意", .table = &T_consent, .class_bit = CLASS_CARE,
	.back = "/persons/%s/consents"};

/* Set once at start by the rooms above. */
static const struct attach_kind *owners[16] = {&consents};
static size_t n_owners = 1;

void attach_on_owner(const struct attach_kind *k)
{
	for (size_t i = 0; i < n_owners; i++)
		if (str_eq(owners[i]->slug, k->slug))
			return;
	assert(n_owners < sizeof owners / sizeof owners[0]);
	owners[n_owners++] = k;
}

/* --- the record a file belongs to --- */

static int64_t number(const struct table_desc *t, const void *row, int col)
{
	int64_t v;
	memcpy(&v, (const char *)row + t->cols[col].offset, sizeof v);
	return v;
}

static int class_of(const struct attach_kind *k, const void *row)
{
	for (size_t i = 0; !k->class_bit && i < k->table->n_cols; i++)
		if (str_eq(k->table->cols[i].name, "record_class"))
			return (int)number(k->table, row, (int)i);
	return k->class_bit;
}

static err owner_of(struct ctx *c, const struct attach_kind *k, const void *row, enum action a, struct attach_owner *out)
{
	const struct table_desc *t = k->table;
	if (number(t, row, t->retired_ms) != INT_NULL)
		return ERR_NOTFOUND;
	*out = (struct attach_owner){.kind = k, .row_id = number(t, row, t->id), .person_id = number(t, row, t->person_id), .record_class = class_of(k, row)};
	memcpy(&out->pid, (const char *)row + t->cols[t->pid].offset, sizeof out->pid);
	return out->person_id == INT_NULL ? ERR_NOTFOUND : policy_check_record(c, out->person_id, out->record_class, a);
}

err attach_owner_find(struct ctx *c, const char *slug, const char *pid, enum action a, struct attach_owner *out)
{
	for (size_t i = 0; i < n_owners; i++) {
		if (!str_eq(owners[i]->slug, slug))
			continue;
		void *row = arena_alloc(c->arena, owners[i]->table->size);
		TRY(row_find(c, owners[i]->table, pid, row));
		return owner_of(c, owners[i], row, a, out);
	}
	return ERR_NOTFOUND;
}

/* --- reading --- */

static err fill(struct ctx *c, int64_t id, struct attach_row *v)
{
	struct t_stored_file f;
	TRY(row_load(c, &T_attachment, id, &v->row));
	TRY(row_load(c, &T_stored_file, v->row.file_id, &f));
	v->type = f.type;
	v->size = f.size;
	v->sha256 = f.sha256;
	return OK;
}

err attach_list(struct ctx *c, const struct attach_owner *o, struct attach_row **v, size_t *n)
{
	struct q_record_attachment_ids_row *rows;
	TRY(q_record_attachment_ids(c, &(struct q_record_attachment_ids_in){.owner_table = o->kind->table->name, .owner_id = o->row_id}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct attach_row);
	for (size_t i = 0; i < *n; i++)
		TRY(fill(c, rows[i].id, &(*v)[i]));
	return OK;
}

err attach_find(struct ctx *c, const char *pid, enum action a, struct attach_row *out, struct attach_owner *owner)
{
	struct t_attachment at;
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	TRY(row_find(c, &T_attachment, pid, &at));
	if (at.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	for (size_t i = 0; i < n_owners; i++) {
		if (!str_eq(owners[i]->table->name, at.owner_table))
			continue;
		void *row = arena_alloc(c->arena, owners[i]->table->size);
		TRY(row_load(c, owners[i]->table, at.owner_id, row));
		TRY(owner_of(c, owners[i], row, a, owner));
		return fill(c, at.id, out);
	}
	return ERR_NOTFOUND;
}

err attach_read(struct ctx *c, const char *pid, enum action a, struct attach_row *out, struct blob *bytes)
{
	struct attach_owner owner;
	struct t_stored_file f;
	TRY(attach_find(c, pid, a, out, &owner));
	TRY(row_load(c, &T_stored_file, out->row.file_id, &f));
	return file_get(c, &f, bytes);
}

/* --- adding --- */

const char *attach_size_ja(struct ctx *c, int64_t bytes)
{
	int64_t tenths = (bytes * 10 + (1 << 19)) >> 20;
	if (bytes < 1 << 20)
		return arena_fmt(c->arena, "%lld KB", (long long)((bytes + 1023) >> 10));
	return arena_fmt(c->arena, "%lld.%lld MB", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* A PDF that was cut off while it was copied lacks its end. What lies inside is for the reader's own program. */
static bool pdf_whole(struct blob b)
{
	char end[2048];
	size_t n = b.n < sizeof end ? b.n : sizeof end;
	memcpy(end, (const char *)b.p + b.n - n, n);
	return memmem(end, n, "%%EOF", 5) && memmem(end, n, "startxref", 9);
}

static err check_file(struct ctx *c, struct blob b)
{
	if (!b.n)
		return fault_add(c, "file", ERR_REQUIRED, "ファイルを選んでください。");
	if (b.n > ATTACH_MAX_BYTES)
		return fault_add(c, "file", ERR_FILE_BIG, "ファイルが大きすぎます（%s）。1つ%sまでです。読み取りの細かさ（解像度）を下げるか、ページを分けてください。",
			attach_size_ja(c, (int64_t)b.n), attach_size_ja(c, ATTACH_MAX_BYTES));
	const char *type = file_sniff(b);
	if (!str_eq(type, "application/pdf") && !str_eq(type, "image/jpeg") && !str_eq(type, "image/png"))
		return fault_add(c, "file", ERR_FILE_KIND, "添付できるのは PDF・JPEG・PNG のファイルです。名前ではなく中身で確かめています。スキャンし直すか、PDF で保存し直してください。");
	struct blob stripped;
	bool whole = str_eq(type, "application/pdf") ? pdf_whole(b)
		: (str_eq(type, "image/jpeg") ? image_strip_jpeg(c->arena, b, &stripped) : image_strip_png(c->arena, b, &stripped)) == OK;
	return whole ? OK : fault_add(c, "file", ERR_FILE_BROKEN, "ファイルが途中で切れているか、壊れています。もとのファイルを開けるか確かめて、もう一度選んでください。");
}

static void check_words(struct ctx *c, const struct attach_new *in)
{
	GEN_CHECK_CODE(c, "kind", "書類の種類", kinds, in->kind, true);
	gen_check_text(c, "title", "書類の名前", in->title, false, 100);
	gen_check_text(c, "note", "備考", in->note, false, 1000);
	if (in->taken_on != CIVIL_NONE && in->taken_on > c->today)
		(void)fault_add(c, "taken_on", ERR_DATE_FUTURE, "書類の日付がこれから先の日付です。確かめてください。");
}

struct adding {
	const struct attach_owner *o;
	const struct attach_new *in;
	struct t_attachment row;
};

static err add_tx(struct ctx *c, void *arg)
{
	struct adding *g = arg;
	struct t_stored_file f;
	struct q_record_attachment_ids_row *rows;
	size_t n;
	TRY(q_record_attachment_ids(c, &(struct q_record_attachment_ids_in){.owner_table = g->o->kind->table->name, .owner_id = g->o->row_id}, &rows, &n));
	if (n >= ATTACH_MAX_FILES)
		return fault_add(c, "file", ERR_FILE_MANY, "1つの記録に付けられるファイルは%d個までです。いらないものをごみ箱へ移すか、1つの PDF にまとめてください。", ATTACH_MAX_FILES);
	row_init(&T_stored_file, &f);
	f.name = str_or(g->in->name, "");
	f.record_class = g->o->record_class;
	f.person_id = g->o->person_id;
	f.org_id = c->actor.org_id;
	f.owner_table = "attachment";
	TRY(file_put(c, g->in->bytes, &f));
	struct t_attachment *a = &g->row;
	row_init(&T_attachment, a);
	a->owner_table = g->o->kind->table->name;
	a->owner_id = g->o->row_id;
	a->person_id = g->o->person_id;
	a->org_id = c->actor.org_id;
	a->record_class = g->o->record_class;
	a->file_id = f.id;
	a->kind = g->in->kind;
	a->title = str_blank(g->in->title) ? attach_kind_label_ja(g->in->kind) : g->in->title;
	a->taken_on = g->in->taken_on;
	a->note = str_or(g->in->note, "");
	TRY(row_insert(c, &T_attachment, a));
	f.owner_id = a->id;
	return row_save(c, &T_stored_file, &f, NULL);
}

err attach_add(struct ctx *c, const struct attach_owner *o, const struct attach_new *in, const char **pid)
{
	TRY(policy_check_record(c, o->person_id, o->record_class, ACTION_WRITE));
	size_t n = c->n_faults;
	check_words(c, in);
	(void)!check_file(c, in->bytes);
	if (c->n_faults > n)
		return c->faults[n].code;
	struct adding g = {.o = o, .in = in};
	TRY(tx_run(c, add_tx, &g));
	if (pid)
		*pid = g.row.pid;
	return OK;
}

/* --- its words, its story --- */

struct saving {
	const char *pid;
	int64_t version;
	const struct attach_new *in;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	const struct saving *s = arg;
	struct attach_row a;
	struct attach_owner o;
	size_t n = c->n_faults;
	TRY(attach_find(c, s->pid, ACTION_WRITE, &a, &o));
	check_words(c, s->in);
	if (c->n_faults > n)
		return c->faults[n].code;
	a.row.version = s->version;
	a.row.kind = s->in->kind;
	a.row.title = str_blank(s->in->title) ? attach_kind_label_ja(s->in->kind) : s->in->title;
	a.row.taken_on = s->in->taken_on;
	a.row.note = str_or(s->in->note, "");
	return row_save(c, &T_attachment, &a.row, s->conflict);
}

err attach_save(struct ctx *c, const char *pid, int64_t version, const struct attach_new *in, struct row_conflict **conflict)
{
	struct saving s = {pid, version, in, conflict};
	return tx_run(c, save_tx, &s);
}

err attach_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n)
{
	struct attach_row a;
	struct attach_owner o;
	TRY(attach_find(c, pid, ACTION_SEE, &a, &o));
	return history_of(c, &(struct history_part){&T_attachment, a.row.id, "", NULL}, 1, v, n);
}

err attach_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct attach_row a;
	struct attach_owner o;
	TRY(attach_find(c, pid, ACTION_WRITE, &a, &o));
	return bin_put(c, &(struct bin_put){.table = &T_attachment, .row_id = a.row.id, .row_pid = pid, .person_id = a.row.person_id,
		.org_id = a.row.org_id, .record_class = o.record_class, .title = arena_fmt(c->arena, "%sの添付: %s", o.kind->label, a.row.title), .reason = reason}, bin_pid);
}
