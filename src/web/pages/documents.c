#include "web/pages/documents.h"

#include "base/str.h"
#include "tmpl/person_documents.h"
#include "tmpl/person_reason.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/person.h"
#include "web/route.h"

static const char *word(const struct gen_code *(*choices)(size_t *n), const char *code)
{
	size_t n;
	const struct gen_code *v = choices(&n);
	return gen_label(v, n, code);
}

static struct ui_field code_field(struct req *r, const char *name, const char *label, const struct gen_code *(*choices)(size_t *n))
{
	size_t n;
	const struct gen_code *v = choices(&n);
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = v[i].code, .label = v[i].label};
	return (struct ui_field){.name = name, .label = label, .choices = c, .n_choices = n, .optional_blank = true};
}

static void fill_row(struct req *r, const struct person_card *card, struct issued_view *in, struct document_shown *s)
{
	uint32_t bit = (uint32_t)in->row.record_class;
	*s = (struct document_shown){.d = &in->row, .purpose = word(issued_purpose_choices, in->row.purpose), .by = account_word(r, in->row.issued_by),
		.org = org_word(r, in->row.org_id), .class_label = class_label_ja((int)bit), .may_print = card->view.may[ACTION_PRINT] & bit,
		.may_write = card->view.may[ACTION_WRITE] & bit};
	s->recipients = ARENA_ARRAY(r->arena, in->n_recipients + 1, struct recipient_shown);
	s->n_recipients = in->n_recipients;
	for (size_t i = 0; i < in->n_recipients; i++)
		s->recipients[i] = (struct recipient_shown){word(issued_recipient_kind_choices, in->recipients[i].kind), in->recipients[i].name,
			word(issued_how_choices, in->recipients[i].how), in->recipients[i].on_day};
}

static err show(struct req *r, err e)
{
	struct page_view *page = page_view(r, "文書");
	struct person_card card;
	struct issued_view *docs;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct documents_view v = {.page = page, .pid = card.p.pid};
	TRY(issued_list(r->c, card.p.id, NULL, 0, &docs, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct document_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		fill_row(r, &card, &docs[i], &v.rows[i]);
	v.kind = code_field(r, "kind", "渡した相手", issued_recipient_kind_choices);
	v.how = code_field(r, "how", "渡し方", issued_how_choices);
	tmpl_person_documents(res_page_of(r, e), &v);
	return OK;
}

err page_documents(struct req *r) { return show(r, OK); }

/* The stored bytes, never a new drawing. */
err page_document_pdf(struct req *r)
{
	struct t_issued_doc row;
	const void *pdf;
	size_t n;
	TRY(issued_read(r->c, req_param(r, "pid"), &pdf, &n, &row));
	look_person(r, row.person_id);
	look_as(r, ACTION_PRINT);
	return res_pdf(r, pdf, n, arena_fmt(r->arena, "%s.pdf", row.title));
}

/* The document under this person's address; another person's answers as if it did not exist. */
static err document_of(struct req *r, struct issued_view *d)
{
	struct person_card card;
	TRY(person_open(r->c, req_param(r, "pid"), &card));
	look_person(r, card.p.id);
	TRY(issued_find(r->c, req_param(r, "dpid"), d));
	for (size_t i = 0; i < card.n_cluster; i++)
		if (card.cluster_ids[i] == d->row.person_id)
			return OK;
	return ERR_NOTFOUND;
}

err page_document_recipient(struct req *r)
{
	static const struct formin_field fields[] = {
		{.name = "kind", .label = "渡した相手", .kind = FORMIN_CODE, .required = true}, {.name = "name", .label = "相手の名前", .kind = FORMIN_TEXT, .max = 100, .required = true},
		{.name = "how", .label = "渡し方", .kind = FORMIN_CODE, .required = true},      {.name = "on_day", .label = "渡した日", .kind = FORMIN_DAY, .past = true},
	};
	struct issued_view d;
	TRY(document_of(r, &d));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = issued_add_recipient(r->c, d.row.pid, &(struct issued_recipient){.kind = req_field(r, "kind"), .name = req_field(r, "name"),
			.how = req_field(r, "how"), .on_day = formin_day(r, "on_day")});
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s/documents", req_param(r, "pid"));
}

static err show_withdraw(struct req *r, err e)
{
	struct page_view *page = page_view(r, "文書の取り消し");
	struct issued_view d;
	TRY(document_of(r, &d));
	TRY(person_page_head(r, page, req_param(r, "pid")));
	const char *list = arena_fmt(r->arena, "/persons/%s/documents", req_param(r, "pid"));
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "%s/%s/withdraw", list, d.row.pid), .cancel_path = list, .label = "取り消す理由",
	                        .button = "取り消す", .sentence = arena_fmt(r->arena, "「%s」を取り消します。", d.row.title),
	                        .more = "文書そのものは残り、いつでも開けます。取り消した日と理由が付きます。"};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_document_withdraw_ask(struct req *r) { return show_withdraw(r, OK); }

err page_document_withdraw(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "取り消す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};
	struct issued_view d;
	TRY(document_of(r, &d));
	err e = formin_read(r, fields, 1);
	if (e == OK)
		e = issued_withdraw(r->c, d.row.pid, req_field(r, "reason"));
	if (page_is_input(e))
		return show_withdraw(r, e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s/documents", req_param(r, "pid"));
}
