#include "register/evidence.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/str.h"
#include "codec/json.h"
#include "sql/q_record.h"

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
	return q_record_evidence_put(c, &(struct q_record_evidence_put_in){.code = in->code,
		.person_id = in->person_id ? in->person_id : INT_NULL, .org_id = in->org_id ? in->org_id : c->actor.org_id,
		.record_class = in->record_class, .on_day = in->on_day, .table_name = in->table_name, .row_id = in->row_id,
		.body = in->body}, NULL);
}

err evidence_hide(struct ctx *c, const char *table_name, int64_t row_id, bool hidden)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	return q_record_evidence_hide(c, &(struct q_record_evidence_hide_in){.table_name = table_name, .row_id = row_id,
		.is_hidden = hidden}, NULL);
}

err evidence_drop(struct ctx *c, const char *table_name, int64_t row_id, const char *code)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	return q_record_evidence_drop(c, &(struct q_record_evidence_drop_in){.table_name = table_name, .row_id = row_id, .code = code}, NULL);
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
