#include "web/pages/about.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "law/names.h"
#include "tmpl/admin_about.h"
#include "web/route.h"

#define BACKUP_OLD_MS (7LL * 24 * 3600 * 1000)

static const char *size_ja(struct req *r, int64_t bytes)
{
	if (bytes == INT_NULL)
		return "";
	if (bytes >= 10LL << 30)
		return arena_fmt(r->arena, "%lldGB", (long long)(bytes >> 30));
	return bytes >= 1 << 20 ? arena_fmt(r->arena, "%lldMB", (long long)(bytes >> 20)) : arena_fmt(r->arena, "%lldKB", (long long)(bytes >> 10));
}

err page_about(struct req *r)
{
	const struct house *h = r->c->house;
	struct about_view v = {.page = page_view(r, "このシステムについて"), .program = TSUNAGI_VERSION, .law = h->law, .forms = h->forms,
		.law_version = h->law ? h->law->version : "", .admin = policy_may_administer(r->c)};
	TRY(house_state(r->c, &v.state));
	v.data_size = size_ja(r, v.state.data_bytes);
	v.free_size = size_ja(r, v.state.free_bytes);
	v.backup_old = v.state.backup_ms == INT_NULL || r->c->now_ms - v.state.backup_ms > BACKUP_OLD_MS;
	tmpl_admin_about(res_page(r), &v);
	return OK;
}

static void lists_of(struct req *r, const struct law_catalogue *law, struct law_view *v)
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
	v->lists = out;
}

static void codes_of(struct req *r, const struct law_catalogue *law, struct law_view *v)
{
	struct law_code_shown *out = ARENA_ARRAY(r->arena, law->n_codes + 1, struct law_code_shown);
	for (size_t i = 0; i < law->n_codes; i++)
		if (str_eq(law->codes[i].list, v->list))
			out[v->n_codes++] = (struct law_code_shown){&law->codes[i], law_confidence_words(r->arena, law->codes[i].confidence),
				law_from_open(law->codes[i].from)};
	v->codes = out;
}

/* A decision table with its rules in their order; neighbouring rules of one table are together in the file. */
static void tables_of(struct req *r, const struct law_catalogue *law, struct law_view *v)
{
	struct law_rule_shown *rules = ARENA_ARRAY(r->arena, law->n_rules + 1, struct law_rule_shown);
	struct law_table_shown *out = ARENA_ARRAY(r->arena, law->n_rules + 1, struct law_table_shown);
	for (size_t i = 0; i < law->n_rules; i++) {
		const struct law_rule *k = &law->rules[i];
		rules[i] = (struct law_rule_shown){k, law_condition_words(law, r->arena, k), law_outcome_name(law, k),
			law_handin_names(law, r->arena, k), law_confidence_words(r->arena, k->confidence), law_from_open(k->from)};
		if (i == 0 || !str_eq(k->table, law->rules[i - 1].table))
			out[v->n_tables++] = (struct law_table_shown){.name = law_table_name(law, k->table), .rules = &rules[i]};
		out[v->n_tables - 1].n_rules++;
	}
	v->tables = out;
}

err page_law(struct req *r)
{
	const struct law_catalogue *law = r->c->house->law;
	if (!law)
		return ERR_NOTFOUND;
	struct page_view *page = page_view(r, "制度の表");
	struct law_view v = {.page = page, .version = law->version, .list = req_query(r, "list")};
	page->back_path = v.list[0] ? "/law" : "/about";
	page->back_label = v.list[0] ? "制度の表" : "このシステムについて";
	page->wide = true;
	v.list_name = law_list_name(law, v.list);
	lists_of(r, law, &v);
	codes_of(r, law, &v);
	tables_of(r, law, &v);
	if (v.list[0] && v.n_codes == 0)
		return ERR_NOTFOUND;
	tmpl_admin_law(res_page(r), &v);
	return OK;
}

err page_help(struct req *r)
{
	struct about_view v = {.page = page_view(r, "使い方")};
	tmpl_admin_help(res_page(r), &v);
	return OK;
}
