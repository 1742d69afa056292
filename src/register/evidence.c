#include "register/evidence.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/str.h"
#include "codec/json.h"
#include "sql/q_record.h"

#include <assert.h>
#include <string.h>

static const struct {
	const char *code, *label, *fields;
} codes[] = {
#define EVIDENCE(code, label, fields) {code, label, fields},
#include "register/evidence.tbl.h"
#undef EVIDENCE
};
enum { N_CODES = sizeof codes / sizeof codes[0] };

const char *evidence_fields(const char *code)
{
	for (size_t i = 0; i < N_CODES; i++)
		if (str_eq(codes[i].code, code))
			return codes[i].fields;
	return NULL;
}

const char *evidence_label_ja(const char *code)
{
	for (size_t i = 0; i < N_CODES; i++)
		if (str_eq(codes[i].code, code))
			return codes[i].label;
	return "";
}

const char *evidence_body(struct ctx *c, const struct evidence_field *f, size_t n)
{
	struct buf b = buf_new(c->arena);
	buf_char(&b, '{');
	for (size_t i = 0; i < n; i++) {
		char day[CIVIL_TEXT];
		buf_fmt(&b, "%s\"%s\":", i ? "," : "", f[i].name);
		switch (f[i].type) {
		case 'd':
			civil_text(f[i].day, day);
			if (f[i].day == CIVIL_NONE)
				buf_str(&b, "null");
			else
				buf_fmt(&b, "\"%s\"", day);
			break;
		case 'b':
			buf_str(&b, f[i].yes ? "true" : "false");
			break;
		case 'n':
			if (f[i].number == INT_NULL)
				buf_str(&b, "null");
			else
				buf_fmt(&b, "%lld", (long long)f[i].number);
			break;
		default:
			json_write_text(&b, str_or(f[i].text, ""));
		}
	}
	buf_char(&b, '}');
	return b.p;
}

/* Every field the code asks for stands in the body: an evaluator may rely on it. */
static bool has_fields(struct ctx *c, const char *fields, const char *body)
{
	struct json *object;
	if (json_parse(c->arena, body, strlen(body), NULL, &object, NULL) != OK || !json_is(object, JSON_OBJECT))
		return false;
	size_t n;
	char **names = str_split(c->arena, fields, ' ', &n);
	for (size_t i = 0; i < n; i++)
		if (!json_get(object, names[i]))
			return false;
	return true;
}

err evidence_add(struct ctx *c, const struct evidence_new *in)
{
	const char *fields = evidence_fields(in->code);
	if (c->tx_depth == 0 || !fields || class_index(in->record_class) < 0 || in->on_day == CIVIL_NONE || str_blank(in->table_name) ||
	    str_blank(in->body) || !has_fields(c, fields, in->body))
		return ERR_BUG;
	int64_t person = in->person_id ? in->person_id : INT_NULL, org = in->org_id == EVIDENCE_NO_ORG ? 0 : in->org_id ? in->org_id : c->actor.org_id, fresh;
	TRY(q_record_evidence_put(c, &(struct q_record_evidence_put_in){.code = in->code, .person_id = person, .org_id = org, .record_class = in->record_class,
		.on_day = in->on_day, .table_name = in->table_name, .row_id = in->row_id, .body = in->body}, &fresh));
	if (fresh)
		return OK;
	TRY(q_record_evidence_keep(c, &(struct q_record_evidence_keep_in){.table_name = in->table_name, .row_id = in->row_id, .code = in->code, .body = in->body,
		.on_day = in->on_day, .record_class = in->record_class, .person_id = person, .org_id = org}, NULL));
	return q_record_evidence_change(c, &(struct q_record_evidence_change_in){.code = in->code, .person_id = person, .org_id = org,
		.record_class = in->record_class, .on_day = in->on_day, .table_name = in->table_name, .row_id = in->row_id, .body = in->body}, NULL);
}

/* What the record said stays, for whoever asks what was known then. code NULL: all of it. */
static err keep(struct ctx *c, const char *table_name, int64_t row_id, const char *code)
{
	struct q_record_evidence_keep_in in = Q_RECORD_EVIDENCE_KEEP_NONE;
	in.table_name = table_name;
	in.row_id = row_id;
	in.code = code;
	return q_record_evidence_keep(c, &in, NULL);
}

err evidence_hide(struct ctx *c, const char *table_name, int64_t row_id, bool hidden)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	if (hidden)
		TRY(keep(c, table_name, row_id, NULL));
	return q_record_evidence_hide(c, &(struct q_record_evidence_hide_in){.table_name = table_name, .row_id = row_id,
		.is_hidden = hidden}, NULL);
}

err evidence_drop(struct ctx *c, const char *table_name, int64_t row_id, const char *code)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	TRY(keep(c, table_name, row_id, code));
	return q_record_evidence_drop(c, &(struct q_record_evidence_drop_in){.table_name = table_name, .row_id = row_id, .code = code}, NULL);
}

err evidence_of_row(struct ctx *c, const char *table_name, int64_t row_id, struct evidence_own **v, size_t *n)
{
	struct q_record_evidence_of_row_row *r;
	TRY(q_record_evidence_of_row(c, &(struct q_record_evidence_of_row_in){.table_name = table_name, .row_id = row_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct evidence_own);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct evidence_own){r[i].person_id == INT_NULL ? 0 : r[i].person_id, r[i].org_id, r[i].code, r[i].body,
			(int)r[i].record_class, r[i].on_day, r[i].is_hidden};
	return OK;
}

static bool names(const struct evidence_new *v, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].code, code))
			return true;
	return false;
}

err evidence_set(struct ctx *c, const char *table_name, int64_t row_id, const struct evidence_new *v, size_t n, bool alive)
{
	struct evidence_own *was;
	size_t n_was;
	bool hidden = false;
	if (c->tx_depth == 0)
		return ERR_BUG;
	TRY(evidence_of_row(c, table_name, row_id, &was, &n_was));
	for (size_t i = 0; i < n_was; i++) {
		if (alive && !names(v, n, was[i].code))
			TRY(evidence_drop(c, table_name, row_id, was[i].code));
		hidden = hidden || was[i].hidden;
	}
	if (!alive)
		return n_was ? evidence_hide(c, table_name, row_id, true) : OK;
	for (size_t i = 0; i < n; i++) {
		struct evidence_new in = v[i];
		in.table_name = table_name;
		in.row_id = row_id;
		TRY(evidence_add(c, &in));
	}
	return hidden ? evidence_hide(c, table_name, row_id, false) : OK;
}

/* ---- writers ---------------------------------------------------------------------------------------------------------- */

static struct {
	const struct table_desc *table;
	evidence_writer *fn;
} writers[48];
static size_t n_writers;

void evidence_on_write(const struct table_desc *table, evidence_writer *fn)
{
	for (size_t i = 0; i < n_writers; i++)
		if (writers[i].table == table)
			return;
	assert(n_writers < sizeof writers / sizeof writers[0]);
	writers[n_writers].table = table;
	writers[n_writers++].fn = fn;
}

size_t evidence_writer_count(void) { return n_writers; }

const struct table_desc *evidence_writer_at(size_t i, evidence_writer **fn)
{
	*fn = writers[i].fn;
	return writers[i].table;
}

err evidence_write(struct ctx *c, const struct table_desc *table, int64_t row_id, bool alive)
{
	for (size_t i = 0; i < n_writers; i++)
		if (writers[i].table == table)
			return writers[i].fn(c, row_id);
	return evidence_hide(c, table->name, row_id, !alive);
}

struct passing {
	err (*fn)(struct ctx *c, const struct evidence_row *row, void *arg);
	void *arg;
};

static err each(struct ctx *c, const struct q_record_evidence_each_row *r, void *arg)
{
	const struct passing *p = arg;
	return p->fn(c, &(struct evidence_row){r->id, r->person_id == INT_NULL ? 0 : r->person_id, r->org_id, r->recorded_ms, r->row_id,
		r->code, r->table_name, r->body, (int)r->record_class, r->on_day}, p->arg);
}

err evidence_cursor(struct ctx *c, const struct evidence_filter *f,
	err (*fn)(struct ctx *c, const struct evidence_row *row, void *arg), void *arg)
{
	if (f->person_id)
		TRY(policy_check(c, f->person_id, CLASS_NAMECARD, ACTION_SEE));
	return q_record_evidence_each(c, &(struct q_record_evidence_each_in){.person_id = f->person_id ? f->person_id : INT_NULL,
		.code = f->code, .from_on = f->from_on, .to_on = f->to_on, .known_ms = f->known_ms ? f->known_ms : INT_NULL}, each,
		&(struct passing){fn, arg});
}
