#include "web/pages/about.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "tmpl/admin_about.h"
#include "web/pages/survey_tool.h"
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

static err uses(struct req *r, struct about_view *v)
{
	const struct form_catalogue *all = v->forms;
	if (!all || !(r->who.rights & RIGHT_CASE))
		return OK;
	v->uses = ARENA_ARRAY(r->arena, all->n_defs + 1, struct about_use);
	for (size_t i = 0; i < all->n_defs; i++) {
		struct about_use *u = &v->uses[v->n_uses];
		u->def = all->defs[i];
		TRY(tool_uses_of_def(r, all->defs[i], &u->uses, &u->n_uses));
		v->n_uses += u->n_uses > 0;
	}
	return OK;
}

err page_about(struct req *r)
{
	const struct house *h = r->c->house;
	struct about_view v = {.page = page_view(r, "このシステムについて"), .program = TSUNAGI_VERSION, .law = h->law, .forms = h->forms,
		.law_version = h->law ? h->law->version : "", .admin = policy_may_administer(r->c)};
	TRY(house_state(r->c, &v.state));
	TRY(uses(r, &v));
	v.data_size = size_ja(r, v.state.data_bytes);
	v.free_size = size_ja(r, v.state.free_bytes);
	v.backup_old = v.state.backup_ms == INT_NULL || r->c->now_ms - v.state.backup_ms > BACKUP_OLD_MS;
	tmpl_admin_about(res_page(r), &v);
	return OK;
}

err page_help(struct req *r)
{
	struct about_view v = {.page = page_view(r, "使い方")};
	tmpl_admin_help(res_page(r), &v);
	return OK;
}
