/* Versions of a record with 「この版に戻す」 and 競合の記録: the text that lost a conflict, put back in one act (F143, F144; U23). */
#include "web/pages/person.h"

#include "base/str.h"
#include "register/conflict.h"
#include "register/consent.h"
#include "register/gen.h"
#include "tmpl/person_history.h"
#include "web/formin.h"
#include "web/pages/columns.h"
#include "web/pages/common.h"
#include "web/pages/insurance.h"
#include "web/route.h"

static const char *columns_words(struct req *r, const struct table_desc *t, const char *columns)
{
	struct buf b = buf_new(r->arena);
	size_t n;
	char **v = str_split(r->arena, columns, ',', &n);
	for (size_t i = 0; i < n; i++) {
		const char *label = column_label(t->name, str_trim(r->arena, v[i]));
		if (*label)
			buf_fmt(&b, "%s%s", b.n ? "、" : "", label);
	}
	return b.n ? b.p : "";
}

static const char *act_word(const char *action)
{
	static const char *const words[][2] = {
		{"insert", "登録"}, {"save", "変更"}, {"retire", "ごみ箱へ移した"}, {"restore", "ごみ箱から戻した"}, {"revert", "元の版に戻した"}};
	for (size_t i = 0; i < 5; i++)
		if (str_eq(words[i][0], action))
			return words[i][1];
	return action;
}

err history_fill(struct req *r, struct history_view *v, const struct row_version *rows, size_t n, const struct table_desc *t, int64_t row_id,
	int64_t person_id, int record_class)
{
	struct conflict_row *c;
	v->versions = ARENA_ARRAY(r->arena, n + 1, struct version_shown);
	v->n_versions = n;
	for (size_t i = 0; i < n; i++)
		v->versions[i] = (struct version_shown){&rows[i], account_word(r, rows[i].by), act_word(rows[i].action), i == 0};
	TRY(conflict_list(r->c, t, row_id, person_id, record_class, &c, &v->n_conflicts));
	v->conflicts = ARENA_ARRAY(r->arena, v->n_conflicts + 1, struct conflict_shown);
	for (size_t i = 0; i < v->n_conflicts; i++) {
		struct conflict_shown *s = &v->conflicts[i];
		*s = (struct conflict_shown){.pid = c[i].pid, .name = c[i].name, .at_ms = c[i].at_ms, .is_own = c[i].is_own, .columns = columns_words(r, t, c[i].columns)};
		if (!c[i].is_own)
			continue;
		struct conflict_field *f;
		size_t nf;
		TRY(conflict_text_mine(r->c, t, c[i].pid, &f, &nf));
		struct conflict_field_text *text = ARENA_ARRAY(r->arena, nf + 1, struct conflict_field_text);
		for (size_t k = 0; k < nf; k++)
			if (*column_label(t->name, f[k].column))
				text[s->n_fields++] = (struct conflict_field_text){column_label(t->name, f[k].column),
					column_words(r, t->name, f[k].column, f[k].text)};
		s->fields = text;
	}
	return OK;
}

static err open_person(struct req *r, struct page_view *page, struct person_card *card, const struct table_desc **t)
{
	*t = &T_person;
	return page ? person_page(r, page, req_param(r, "pid"), card) : person_open(r->c, req_param(r, "pid"), card);
}

err page_person_history(struct req *r)
{
	struct page_view *page = page_view(r, "基本情報の変更の履歴");
	struct person_card card;
	const struct table_desc *t;
	struct row_version *rows;
	size_t n;
	TRY(open_person(r, page, &card, &t));
	TRY(person_history(r->c, card.p.pid, &rows, &n));
	bool may = card.view.may[ACTION_WRITE] & CLASS_NAMECARD;
	struct history_view v = {.page = page, .revert_action = may ? arena_fmt(r->arena, "/persons/%s/revert", card.p.pid) : "",
	                         .take_action = arena_fmt(r->arena, "/persons/%s/conflicts", card.p.pid)};
	page->back_path = arena_fmt(r->arena, "/persons/%s", card.p.pid);
	page->back_label = "基本情報";
	TRY(history_fill(r, &v, rows, n, t, card.p.id, card.p.id, CLASS_NAMECARD));
	tmpl_person_history(res_page(r), &v);
	return OK;
}

static const struct formin_field REVERT[] = {{.name = "version", .label = "版", .kind = FORMIN_INT, .lo = 1, .hi = 1000000, .required = true}};

err page_person_revert(struct req *r)
{
	TRY(formin_read(r, REVERT, FORMIN_N(REVERT)));
	TRY(person_revert(r->c, req_param(r, "pid"), formin_int(r, "version")));
	return res_done(r, "restored", "/persons/%s/history", req_param(r, "pid"));
}

err page_person_conflict_take(struct req *r)
{
	struct person_card card;
	const struct table_desc *t;
	TRY(open_person(r, NULL, &card, &t));
	TRY(conflict_take_mine(r->c, t, card.p.id, card.p.id, CLASS_NAMECARD, req_param(r, "cpid")));
	return res_done(r, "restored", "/persons/%s/history", card.p.pid);
}

/* The same for a period record (pages/insurance_form). */
err page_record_conflict_take(struct req *r)
{
	const struct record_page *p = record_page_of(req_param(r, "kind"));
	int64_t id, owner;
	if (!p)
		return ERR_NOTFOUND;
	TRY(record_ids(r, p, req_param(r, "rpid"), &id, &owner));
	TRY(conflict_take_mine(r->c, p->kind->table, id, owner, p->kind->class_bit, req_param(r, "cpid")));
	return res_done(r, "restored", "/persons/%s/records/%s/%s", req_param(r, "pid"), p->slug, req_param(r, "rpid"));
}

/* And for a consent (pages/consents); its grants follow. */
err page_consent_conflict_take(struct req *r)
{
	struct t_consent row;
	struct person_card card;
	TRY(person_open(r->c, req_param(r, "pid"), &card));
	look_person(r, card.p.id);
	TRY(consent_find(r->c, req_param(r, "cpid"), &row));
	TRY(conflict_take_mine(r->c, &T_consent, row.id, row.person_id, CLASS_CARE, req_param(r, "xpid")));
	return res_done(r, "restored", "/persons/%s/consents/%s", card.p.pid, row.pid);
}
