/* meta.json: what the form is called, where it stands, how long and under which class its records are kept. */
#include "base/ctx.h"
#include "base/str.h"
#include "form/loader.h"

static int class_of(struct loader *l, const char *code)
{
	for (int bit = 1; bit; bit = (int)((unsigned)bit << 1))
		if (str_eq(class_code(bit), code) && *code)
			return bit;
	loader_problem(l, "class", "「%s」という記録の種類はありません", code);
	return 0;
}

void loader_meta(struct loader *l)
{
	struct form_def *d = l->def;
	const struct json *m = l->meta_json;
	l->file = arena_fmt(l->a, "%s/%s/meta.json", d->id, d->version);
	if (!loader_keys(l, "", m, "name short_name notice source confidence kind class retention_years retention_source "
				   "valid_to date_item index_items"))
		return;
	d->name = loader_text(l, "", m, "name");
	d->short_name = json_get_text(m, "short_name", d->name);
	d->notice = loader_text(l, "", m, "notice");
	d->source = loader_text(l, "", m, "source");
	const char *kind = loader_text(l, "", m, "kind");
	if (!str_eq(kind, "answers") && !str_eq(kind, "view"))
		loader_problem(l, "kind", "answers か view のどちらかです");
	d->kind = str_eq(kind, "view") ? FORM_VIEW : FORM_ANSWERS;
	d->class_bit = class_of(l, loader_text(l, "", m, "class"));
	int64_t years = 0;
	if (!json_int(json_get(m, "retention_years"), &years) || years < 1 || years > 100)
		loader_problem(l, "retention_years", "1〜100 の数で書いてください");
	d->retention_years = (int)years;
	d->retention_source = loader_text(l, "", m, "retention_source");
	const char *to = json_get_text(m, "valid_to", NULL);
	if (to && (!civil_parse(to, &d->to) || d->to < d->from))
		loader_problem(l, "valid_to", "日付が正しくありません");
	d->date_item = json_get_text(m, "date_item", "");
	const struct json *ix = json_get(m, "index_items");
	if (ix && ix->type != JSON_ARRAY)
		loader_problem(l, "index_items", "[ ] で書いてください");
	d->index_items = ARENA_ARRAY(l->a, ix ? ix->n + 1 : 1, const char *);
	for (size_t i = 0; ix && ix->type == JSON_ARRAY && i < ix->n; i++)
		d->index_items[d->n_index_items++] = json_text(ix->items[i], "");
}
