#include "web/pages/law.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "jp/kana.h"
#include "law/names.h"
#include "tmpl/law_law.h"
#include "web/formin.h"
#include "web/route.h"

#include <string.h>

static const struct formin_field QUERY[] = {{.name = "on", .label = "いつ", .kind = FORMIN_DAY}, {.name = "q", .label = "さがす言葉", .max = 60},
	{.name = "subject", .label = "対象", .kind = FORMIN_CODE}, {.name = "open", .label = "確かさ", .kind = FORMIN_CODE}, {.name = "list", .label = "一覧", .max = 60}};

static civil day_asked(struct req *r)
{
	civil day;
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	return era_guess(str_or(req_query(r, "on"), ""), &day) && day != CIVIL_NONE ? day : r->c->today;
}

/* Blanks between words: all of them must stand in it. */
static bool found(struct req *r, const char *text, const char *words)
{
	size_t n;
	char **v = str_split(r->arena, words, ' ', &n);
	for (size_t i = 0; i < n; i++)
		if (*v[i] && !strstr(text, v[i]))
			return false;
	return true;
}

static bool is_unsure(const char *confidence) { return strstr(confidence, "C") || strstr(confidence, "要確認"); }

/* ---- all the files ----------------------------------------------------------------------------------------------- */

static bool holds(const struct law_file *f, const char *const *field, civil on)
{
	size_t from = law_column(f, "valid_from"), to = law_column(f, "valid_to");
	civil day;
	return (from == SIZE_MAX || !*field[from] || (civil_parse(field[from], &day) && day <= on)) && (to == SIZE_MAX || !*field[to] || (civil_parse(field[to], &day) && day >= on));
}

err law_files_shown(struct req *r, const struct law_file_shown **v, size_t *n)
{
	struct law_table_view *stored;
	size_t n_stored;
	*n = law_file_count();
	struct law_file_shown *out = ARENA_ARRAY(r->arena, *n, struct law_file_shown);
	TRY(law_table_list(r->c, NULL, &stored, &n_stored));
	for (size_t i = 0; i < *n; i++) {
		const struct law_file *f = law_file_at(i);
		struct law_text_row *rows;
		const char *text;
		size_t cols;
		out[i] = (struct law_file_shown){.f = f, .path = str_eq(f->name, "duties.tsv") ? "/law/duties" : arena_fmt(r->arena, "/law/tables/%s", f->name), .from = "プログラムの表"};
		TRY(law_table_text(r->c, f->name, &text));
		law_text_rows(r->arena, f, text, &rows, &out[i].n_rows, &cols);
		for (size_t k = 0; k < out[i].n_rows; k++)
			out[i].n_now += holds(f, rows[k].field, r->c->today);
		for (size_t k = 0; k < n_stored; k++)
			if (stored[k].in_force && str_eq(stored[k].file, f->name)) {
				out[i].imported = true;
				out[i].from = arena_fmt(r->arena, "%sに%sが取り込んだ表（%s）", era_text(r->arena, civil_of_instant(stored[k].created_ms)), stored[k].by_name, stored[k].ground);
			}
	}
	*v = out;
	return OK;
}

static err home(struct req *r)
{
	struct page_view *page = page_view(r, "制度の表");
	struct law_home_view v = {.page = page, .version = r->c->house->law->version, .may_import = policy_may_administer(r->c)};
	struct law_table_view *stored;
	size_t n;
	page->back_path = "/about";
	page->back_label = "このシステムについて";
	TRY(law_files_shown(r, &v.files, &v.n_files));
	TRY(law_table_list(r->c, NULL, &stored, &n));
	struct law_table_view *old = ARENA_ARRAY(r->arena, n + 1, struct law_table_view);
	for (size_t i = 0; i < n; i++)
		if (stored[i].outdated)
			old[v.n_outdated++] = stored[i];
	v.outdated = old;
	tmpl_law_home(res_page(r), &v);
	return OK;
}

/* ---- one file ---------------------------------------------------------------------------------------------------- */

static void lists_of(struct req *r, const struct law_catalogue *law, struct law_file_view *v)
{
	struct law_list *out = ARENA_ARRAY(r->arena, law->n_codes + 1, struct law_list);
	for (size_t i = 0; i < law->n_codes; i++) {
		size_t k = 0;
		while (k < v->n_lists && !str_eq(out[k].code, law->codes[i].list))
			k++;
		if (k == v->n_lists)
			out[v->n_lists++] = (struct law_list){.code = law->codes[i].list, .name = law_list_name(law, law->codes[i].list)};
		out[k].n++;
	}
	size_t kept = 0;
	for (size_t k = 0; k < v->n_lists; k++)
		if (found(r, out[k].name, v->word))
			out[kept++] = out[k];
	v->lists = out;
	v->n_lists = kept;
}

static void codes_of(struct req *r, const struct law_catalogue *law, struct law_file_view *v)
{
	struct law_code_shown *out = ARENA_ARRAY(r->arena, law->n_codes + 1, struct law_code_shown);
	for (size_t i = 0; i < law->n_codes; i++) {
		const struct law_code *k = &law->codes[i];
		if (!str_eq(k->list, v->list))
			continue;
		v->n_all++;
		if (k->from <= v->day && v->day <= k->to && found(r, k->label, v->word))
			out[v->n_codes++] = (struct law_code_shown){k, law_confidence_words(r->arena, k->confidence), law_from_open(k->from)};
	}
	v->codes = out;
}

/* A decision table with its rules in their order; neighbouring rules of one table are together in the file. */
static void decisions_of(struct req *r, const struct law_catalogue *law, struct law_file_view *v)
{
	struct law_rule_shown *rules = ARENA_ARRAY(r->arena, law->n_rules + 1, struct law_rule_shown);
	struct law_decision_shown *out = ARENA_ARRAY(r->arena, law->n_rules + 1, struct law_decision_shown);
	const char *table = NULL;
	for (size_t i = 0, n = 0; i < law->n_rules; i++) {
		const struct law_rule *k = &law->rules[i];
		struct law_rule_shown x = {k, law_condition_words(law, r->arena, k), law_outcome_name(law, k), law_handin_names(law, r->arena, k), law_confidence_words(r->arena, k->confidence),
			law_from_open(k->from)};
		if (k->from > v->day || v->day > k->to || !found(r, arena_fmt(r->arena, "%s %s %s %s %s", k->id, x.condition, x.outcome, k->reason, k->source), v->word))
			continue;
		rules[n] = x;
		if (!table || !str_eq(k->table, table))
			out[v->n_decisions++] = (struct law_decision_shown){.name = law_table_name(law, k->table), .rules = &rules[n]};
		table = k->table;
		out[v->n_decisions - 1].n_rules++;
		n++;
	}
	v->decisions = out;
}

static const char *head_ja(const char *column)
{
	static const char *const words[][2] = {{"key", "データ上の名前"}, {"id", "データ上の名前"}, {"type", "値の形"}, {"default", "決めないとき"}, {"lower", "下限・選べる言葉"}, {"upper", "上限"},
		{"unit", "単位"}, {"meaning", "意味"}, {"value", "値"}, {"valid_from", "いつから"}, {"valid_to", "いつまで"}, {"source", "根拠"}, {"confidence", "確かさ"}, {"day", "日"},
		{"name", "名前"}, {"kind", "種類"}, {"label", "名称"}, {"code", "データ上の名前"}, {"no", "番号"}, {"part", "下の項目"}, {"icf", "ICFの区分"}, {"class", "記録の区分"}, {"area", "領域"},
		{"old", "前の名称"}, {"group", "まとまり"}, {"scale", "選択肢"}, {"from", "もとの項目"}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i][0], column))
			return words[i][1];
	return column;
}

static bool is_code(const char *column)
{
	static const char *const codes[] = {"key", "id", "code", "part", "kind", "class", "icf", "scale", "from", "area", "lower", "default", "type"};
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (str_eq(codes[i], column))
			return true;
	return false;
}

static const char *cell_words(struct req *r, const char *column, const char *text)
{
	civil day;
	if (str_eq(column, "confidence"))
		return law_confidence_words(r->arena, text);
	if ((str_eq(column, "valid_from") || str_eq(column, "valid_to") || str_eq(column, "day")) && civil_parse(text, &day))
		return era_text(r->arena, day);
	if (str_eq(column, "type"))
		return str_eq(text, "int") ? "数" : str_eq(text, "choice") ? "選ぶ" : "日付";
	return text;
}

static const char *row_text(struct req *r, const char *const *field, size_t n)
{
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s ", field[i]);
	return b.n ? b.p : "";
}

static err rows_of(struct req *r, struct law_file_view *v)
{
	struct law_text_row *rows;
	const char *text;
	size_t n, cols;
	TRY(law_table_text(r->c, v->f->name, &text));
	law_text_rows(r->arena, v->f, text, &rows, &n, &cols);
	v->heads = ARENA_ARRAY(r->arena, cols + 1, const char *);
	v->n_heads = cols;
	for (size_t i = 0; i < cols; i++)
		v->heads[i] = head_ja(law_column_name(r->arena, v->f, i));
	struct law_row_shown *out = ARENA_ARRAY(r->arena, n + 1, struct law_row_shown);
	v->n_all = n;
	for (size_t k = 0; k < n; k++) {
		if (!holds(v->f, rows[k].field, v->day) || !found(r, row_text(r, rows[k].field, cols), v->word))
			continue;
		struct law_cell *cells = ARENA_ARRAY(r->arena, cols, struct law_cell);
		for (size_t i = 0; i < cols; i++) {
			const char *column = law_column_name(r->arena, v->f, i);
			cells[i] = (struct law_cell){cell_words(r, column, rows[k].field[i]), is_code(column) && !str_eq(column, "type")};
		}
		out[v->n_rows++] = (struct law_row_shown){cells, cols};
	}
	v->rows = out;
	return OK;
}

static err show_file(struct req *r, const struct law_file *f, const char *list)
{
	const struct law_catalogue *law = r->c->house->law;
	struct law_table_view *stored;
	size_t n;
	struct page_view *page = page_view(r, *list ? law_list_name(law, list) : f->title);
	struct law_file_view v = {.page = page, .f = f, .day = day_asked(r), .list = list, .list_name = law_list_name(law, list),
		.word = str_or(req_query(r, "q"), ""), .is_dated = law_column(f, "valid_from") != SIZE_MAX, .path = arena_fmt(r->arena, "/law/tables/%s", f->name)};
	page->wide = true;
	page->back_path = *list ? "/law/tables/codes.tsv" : "/law";
	page->back_label = *list ? "選択肢の一覧" : "制度の表";
	v.on = (struct ui_field){.name = "on", .label = "いつの表か", .day = v.day, .has_day = true};
	v.text = (struct ui_field){.name = "q", .label = "さがす言葉", .value = v.word, .type = "search"};
	TRY(law_table_list(r->c, f->name, &stored, &n));
	for (size_t i = 0; i < n; i++)
		if (stored[i].in_force)
			v.stored = &stored[i];
	if (*list)
		codes_of(r, law, &v);
	else if (str_eq(f->name, "codes.tsv"))
		lists_of(r, law, &v);
	else if (str_eq(f->name, "decisions.tsv"))
		decisions_of(r, law, &v);
	else
		TRY(rows_of(r, &v));
	if (*list && v.n_all == 0)
		return ERR_NOTFOUND;
	tmpl_law_file(res_page(r), &v);
	return OK;
}

err page_law(struct req *r)
{
	const char *list = str_or(req_query(r, "list"), "");
	if (!r->c->house->law)
		return ERR_NOTFOUND;
	return *list ? show_file(r, law_file_find("codes.tsv"), list) : home(r);
}

err page_law_file(struct req *r)
{
	const struct law_file *f = law_file_find(req_param(r, "file"));
	if (!f || !r->c->house->law)
		return ERR_NOTFOUND;
	if (str_eq(f->name, "duties.tsv"))
		return res_redirect(r, "/law/duties");
	return show_file(r, f, "");
}

err page_law_text(struct req *r)
{
	const char *text, *name = req_param(r, "file");
	TRY(law_table_text(r->c, name, &text));
	return res_file(r, "text/tab-separated-values; charset=utf-8", text, strlen(text), name);
}

/* ---- duties ------------------------------------------------------------------------------------------------------ */

static struct law_duty_shown duty_shown(struct req *r, const struct duty_rule *rule)
{
	const struct law_catalogue *law = r->c->house->law;
	struct law_duty_shown d = {.r = *duty_rule_view(rule)};
	d.path = arena_fmt(r->arena, "/law/duties/%s", d.r.id);
	d.subject = str_eq(d.r.subject, "plan") ? "計画ごと" : str_eq(d.r.subject, "cert") ? "認定ごと" : law_name_or(law, "duty_subject", d.r.subject, d.r.subject);
	d.strength = law_name_or(law, "duty_strength", d.r.strength, d.r.strength);
	d.consequence = law_rule_codes(law, r->arena, "duty_consequence", d.r.consequence);
	d.confidence = law_confidence_words(r->arena, d.r.confidence);
	d.from_open = law_from_open(d.r.from);
	d.open = is_unsure(d.r.confidence);
	return d;
}

static struct ui_field subject_field(const char *chosen)
{
	static const struct ui_choice c[] = {{.value = "", .label = "すべて"}, {.value = "case", .label = "ケース"}, {.value = "plan", .label = "計画ごと"}, {.value = "person", .label = "本人"},
		{.value = "cert", .label = "認定ごと"}, {.value = "office", .label = "事業所"}, {.value = "insurer", .label = "保険者"}};
	return (struct ui_field){.name = "subject", .label = "対象", .value = chosen, .choices = c, .n_choices = sizeof c / sizeof c[0]};
}

err page_law_duties(struct req *r)
{
	const struct law_catalogue *law = r->c->house->law;
	struct page_view *page = page_view(r, "義務の表");
	struct law_duties_view v = {.page = page, .day = day_asked(r)};
	const char *word = str_or(req_query(r, "q"), ""), *subject = str_or(req_query(r, "subject"), "");
	page->wide = true;
	page->back_path = "/law";
	page->back_label = "制度の表";
	v.open_only = str_eq(req_query(r, "open"), "1");
	v.on = (struct ui_field){.name = "on", .label = "いつの義務か", .day = v.day, .has_day = true};
	v.text = (struct ui_field){.name = "q", .label = "さがす言葉", .value = word, .type = "search", .help = "規則の番号・内容・根拠から"};
	v.subject = subject_field(subject);
	struct law_duty_shown *out = ARENA_ARRAY(r->arena, duty_rule_count(law) + 1, struct law_duty_shown);
	for (size_t i = 0; i < duty_rule_count(law); i++) {
		struct law_duty_shown d = duty_shown(r, duty_rule_at(law, i));
		if (d.r.from > v.day || v.day > d.r.to)
			continue;
		v.n_all++;
		if ((v.open_only && !d.open) || (*subject && !str_eq(subject, d.r.subject)) ||
			!found(r, arena_fmt(r->arena, "%s %s %s %s %s", d.r.id, d.r.title, d.consequence, d.r.source, d.strength), word))
			continue;
		out[v.n_rows++] = d;
	}
	v.rows = out;
	tmpl_law_duties(res_page(r), &v);
	return OK;
}

err page_law_duty(struct req *r)
{
	const struct law_catalogue *law = r->c->house->law;
	struct arena *a = r->arena;
	struct law_duty_view v = {.id = req_param(r, "rule")};
	struct law_version_shown *out = ARENA_ARRAY(a, duty_rule_count(law) + 1, struct law_version_shown);
	for (size_t i = duty_rule_count(law); i-- > 0;) { /* newest first */
		struct law_version_shown x = {.d = duty_shown(r, duty_rule_at(law, i))};
		const struct duty_rule_view *k = &x.d.r;
		if (!str_eq(k->id, v.id))
			continue;
		x.now = k->from <= r->c->today && r->c->today <= k->to;
		x.raw = policy_may_administer(r->c);
		x.applies = law_rule_condition(law, a, k->applies);
		x.kind = law_name_or(law, "duty_kind", k->kind, k->kind);
		x.by = law_name_or(law, "duty_by", k->apply_by, k->apply_by);
		x.mend = law_name_or(law, "duty_mend", k->mend, k->mend);
		x.evidence = law_rule_codes(law, a, "evidence", k->evidence);
		x.exceptions = law_rule_codes(law, a, "exc_kind", k->exceptions);
		x.params = law_rule_params(law, a, k, x.now ? r->c->today : k->from, &x.n_params);
		out[v.n++] = x;
		v.title = str_or(v.title, k->title);
	}
	if (!v.n)
		return ERR_NOTFOUND;
	struct page_view *page = page_view(r, v.title);
	page->back_path = "/law/duties";
	page->back_label = "義務の表";
	v.page = page;
	v.v = out;
	tmpl_law_duty(res_page(r), &v);
	return OK;
}
