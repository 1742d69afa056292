#include "web/pages/record.h"

#include "base/str.h"
#include "register/draft.h"
#include "tmpl/person_reason.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/person.h"

/* ---- a repeated choice -------------------------------------------------------------------------------------------- */

const char *codes_joined(struct req *r, const char *field)
{
	const char **v;
	size_t n = req_all(r, field, &v);
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "|" : "", v[i]);
	return b.p ? b.p : "";
}

const char *codes_labels(struct req *r, const char *list, const char *codes)
{
	size_t n;
	char **v = str_split(r->arena, codes, '|', &n);
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			buf_fmt(&b, "%s%s", b.n ? "、" : "", code_label(r, list, v[i]));
	return b.p ? b.p : "";
}

struct ui_field codes_field(struct req *r, const char *name, const char *label, const char *list, const char *codes)
{
	struct ui_field f = choice_field(r, name, label, list, NULL);
	char **v = str_split(r->arena, codes, '|', &f.n_values);
	f.values = (const char *const *)v;
	return f;
}

/* ---- a time of the day --------------------------------------------------------------------------------------------- */

const char *record_clock(struct req *r, int64_t min)
{
	return min == INT_NULL ? "" : arena_fmt(r->arena, "%02lld:%02lld", (long long)(min / 60), (long long)(min % 60));
}

int64_t record_minutes(struct req *r, const char *field, const char *label)
{
	const char *p = req_field(r, field);
	int h = -1, m = 0, digits = 0;
	if (str_blank(p))
		return INT_NULL;
	int v[2] = {0, 0}, n[2] = {0, 0}, k = 0;
	for (; *p; p++) {
		if (*p >= '0' && *p <= '9') {
			v[k] = v[k] * 10 + *p - '0';
			n[k]++;
			digits++;
		} else if (digits && k == 0) {
			k = 1;
		}
	}
	if (n[0] <= 2) {
		h = v[0];
		m = v[1];
	} else if (n[0] <= 4 && !n[1]) {
		h = v[0] / 100;
		m = v[0] % 100;
	}
	if (h < 0 || h > 23 || m > 59 || !digits) {
		(void)fault_add(r->c, field, ERR_INPUT, "「%s」は 14:05 のように入力してください。", label);
		return INT_NULL;
	}
	return h * 60 + m;
}

/* ---- the form, the record ----------------------------------------------------------------------------------------- */

static const char *draft_key(struct req *r, const char *person_pid, const char *pid, const char *what, bool is_new)
{
	return is_new ? arena_fmt(r->arena, "person/%s/%s/new", person_pid, what) : arena_fmt(r->arena, "%s/%s", what, pid);
}

const char *record_form(struct req *r, struct page_view *page, const struct record_frame *f)
{
	bool is_new = str_blank(str_or(f->pid, ""));
	const char *list = arena_fmt(r->arena, "/persons/%s/%s", f->person_pid, f->list);
	const char *one = is_new ? list : arena_fmt(r->arena, "%s/%s", f->one, f->pid);
	page->back_path = one;
	page->back_label = f->label;
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->draft_key = draft_key(r, f->person_pid, f->pid, f->what, is_new);
	page->draft_class = f->draft_class;
	page->base_version = f->version;
	return one;
}

err record_draft_done(struct req *r, const char *person_pid, const char *pid, const char *what, bool was_new)
{
	return draft_discard(r->c, draft_key(r, person_pid, pid, what, was_new));
}

void record_shown(struct req *r, struct page_view *page, int64_t updated_ms, const char *updated_by, const char *back_path, const char *back_label)
{
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, updated_ms, updated_by);
	page->back_path = back_path;
	page->back_label = back_label;
}

err record_paper(struct req *r, enum paper_kind kind, const char *bytes, size_t n, const char *name)
{
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, arena_fmt(r->arena, "%s.pdf", name));
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, arena_fmt(r->arena, "%s.xlsx", name));
}

/* ---- bin ---------------------------------------------------------------------------------------------------------- */

err record_bin_ask(struct req *r, const struct record_bin *b, err e)
{
	struct page_view *page = page_view(r, b->title);
	if (*b->person_pid) /* a record of the office itself is about nobody */
		TRY(person_page_head(r, page, b->person_pid));
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "%s/retire", b->path), .cancel_path = b->path, .label = "移す理由",
		.button = "ごみ箱へ移す", .sentence = b->sentence, .more = b->more};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err record_bin_put(struct req *r, const struct record_bin *b, const char *pid, record_retire_fn *retire)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "移す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};
	const char *bin = "";
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = retire(r->c, pid, req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return record_bin_ask(r, b, e);
	TRY(e);
	return res_done(r, "deleted", "%s?%s", b->back_path, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}
