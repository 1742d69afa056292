#include "web/pages/drafts.h"

#include "access/account.h"
#include "base/pid.h"
#include "base/str.h"
#include "codec/json.h"
#include "register/person.h"
#include "tmpl/admin_drafts.h"
#include "web/formin.h"
#include "web/route.h"

#include <string.h>

/* key up to %s, then a public id, then the end; the address with the same id. */
static const char *const PATHS[][3] = {
	{"person/new", "", "/persons/new"},
	{"consult:new", "", "/consults/new"},
	{"person/", "/basic", "/persons/%s/edit"},
	{"consult:", "", "/consults/%s/edit"},
	{"consult-entry:", "", "/consults/%s"},
	{"person/", "/consult/new", "/consults/new?person=%s"},
	{"person/", "/checklist", "/persons/%s/checklists/new"},
	{"person/", "/routing", "/persons/%s/routings/new"},
	{"person/", "/basic-info/new", "/persons/%s/basic-info/new"},
	{"person/", "/illness/new", "/persons/%s/illnesses"},
	{"person/", "/relation/new", "/persons/%s/relations/new"},
	{"person/", "/consent/new", "/persons/%s/consents/new"},
};

/* person/<pid>/<what>/<pid>: the address may need both ids, or the second alone. */
static const char *const OF_RECORD[][3] = {
	{"basic-info", "/persons/%s/basic-info/", "/edit"},
	{"illness", "/persons/%s/illnesses?edit=", ""},
	{"response", "/responses/", "/edit"},
	{"consent", "/persons/%s/consents/", ""},
};

static const char *record_path(struct arena *a, const char *key)
{
	size_t n = strlen("person/") + PID_TEXT - 1;
	if (!str_starts(key, "person/") || strlen(key) <= n || key[n] != '/')
		return "";
	const char *person = arena_strn(a, key + strlen("person/"), PID_TEXT - 1), *what = key + n + 1, *pid = strchr(what, '/');
	if (!pid || !pid_valid(person) || !pid_valid(pid + 1))
		return "";
	for (size_t i = 0; i < FORMIN_N(OF_RECORD); i++) {
		const char *at = OF_RECORD[i][1], *mark = strstr(at, "%s");
		if (!str_eq(arena_strn(a, what, (size_t)(pid - what)), OF_RECORD[i][0]))
			continue;
		if (mark)
			at = arena_fmt(a, "%.*s%s%s", (int)(mark - at), at, person, mark + 2);
		return arena_fmt(a, "%s%s%s", at, pid + 1, OF_RECORD[i][2]);
	}
	return "";
}

const char *draft_path(struct arena *a, const char *key)
{
	for (size_t i = 0; i < FORMIN_N(PATHS); i++) {
		const char *pattern = PATHS[i][2], *mark = strstr(pattern, "%s");
		if (!mark) {
			if (str_eq(key, PATHS[i][0]))
				return pattern;
			continue;
		}
		size_t n = strlen(PATHS[i][0]);
		if (!str_starts(key, PATHS[i][0]) || strlen(key) < n + PID_TEXT - 1 || !str_eq(key + n + PID_TEXT - 1, PATHS[i][1]))
			continue;
		const char *pid = arena_strn(a, key + n, PID_TEXT - 1);
		if (pid_valid(pid))
			return arena_fmt(a, "%.*s%s%s", (int)(mark - pattern), pattern, pid, mark + 2);
	}
	return record_path(a, key);
}

static err shown(struct req *r, const struct draft *d, struct draft_shown *out)
{
	*out = (struct draft_shown){.d = d, .title = str_blank(d->title) ? "下書き" : d->title, .path = draft_path(r->arena, d->key), .owner = "",
		.from = ""};
	if (d->from_account_id)
		TRY(account_name(r->c, d->from_account_id, &out->from));
	return OK;
}

/* ---- list ---- */

static err own(struct req *r, struct drafts_view *v)
{
	struct draft *d;
	TRY(draft_list(r->c, &d, &v->n_own));
	struct draft_shown *out = ARENA_ARRAY(r->arena, v->n_own + 1, struct draft_shown);
	for (size_t i = 0; i < v->n_own; i++)
		TRY(shown(r, &d[i], &out[i]));
	v->own = out;
	return OK;
}

static err of_org(struct req *r, struct drafts_view *v)
{
	struct draft *d;
	struct account *a;
	size_t n, n_accounts, k = 0;
	TRY(draft_list_org(r->c, r->c->actor.org_id, &d, &n));
	TRY(account_list(r->c, r->c->actor.org_id, &a, &n_accounts));
	struct draft_shown *out = ARENA_ARRAY(r->arena, n + 1, struct draft_shown);
	struct ui_choice *to = ARENA_ARRAY(r->arena, n_accounts + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		if (d[i].account_id == r->who.account_id)
			continue;
		TRY(shown(r, &d[i], &out[k]));
		TRY(account_name(r->c, d[i].account_id, &out[k++].owner));
	}
	v->to = (struct ui_field){.name = "to", .label = "渡す相手", .choices = to, .optional_blank = true};
	for (size_t i = 0; i < n_accounts; i++)
		if (str_eq(a[i].state, "active"))
			to[v->to.n_choices++] = (struct ui_choice){.value = a[i].pid, .label = a[i].name};
	v->others = out;
	v->n_others = k;
	return OK;
}

static err show_drafts(struct req *r, err e)
{
	struct drafts_view v = {.page = page_view(r, "下書き")};
	v.manages = (r->who.rights & RIGHT_ACCOUNTS) && r->c->actor.org_id > 0;
	TRY(own(r, &v));
	if (v.manages)
		TRY(of_org(r, &v));
	tmpl_admin_drafts(res_page_of(r, e), &v);
	return OK;
}

err page_drafts(struct req *r) { return show_drafts(r, OK); }

/* ---- the words, and what becomes of them ---- */

static bool hidden(const char *name) { return str_eq(name, "csrf") || str_eq(name, "once") || str_eq(name, "base") || str_eq(name, "draft"); }

static err words(struct req *r, const struct draft *d, struct draft_text_view *v)
{
	struct json *o;
	TRY(json_parse(r->arena, d->fields, strlen(d->fields), NULL, &o, NULL));
	size_t n = json_is(o, JSON_OBJECT) ? o->n : 0;
	struct pair *out = ARENA_ARRAY(r->arena, n + 1, struct pair);
	for (size_t i = 0; i < n; i++) {
		const char *name = o->keys[i];
		struct buf b = buf_new(r->arena);
		const struct json *value = o->items[i];
		if (json_is(value, JSON_STRING))
			buf_str(&b, json_text(value, ""));
		else if (json_is(value, JSON_ARRAY))
			for (size_t k = 0; k < value->n; k++)
				buf_fmt(&b, "%s%s", k ? "\n" : "", json_text(json_at(value, k), ""));
		if (!hidden(name) && b.n && !str_blank(b.p))
			out[v->n_fields++] = (struct pair){name, b.p};
	}
	v->fields = out;
	return OK;
}

err page_draft_text(struct req *r)
{
	struct draft d;
	bool found;
	TRY(draft_get(r->c, req_param(r, "key"), &d, &found));
	if (!found)
		return ERR_NOTFOUND;
	if (d.subject_person_id)
		look_person(r, d.subject_person_id);
	struct page_view *page = page_view(r, "下書きの内容");
	struct draft_text_view v = {.page = page};
	page->back_path = "/drafts";
	page->back_label = "下書き";
	TRY(shown(r, &d, &v.x));
	TRY(words(r, &d, &v));
	tmpl_admin_draft_text(res_page(r), &v);
	return OK;
}

err page_draft_drop(struct req *r)
{
	TRY(formin_read(r, NULL, 0));
	TRY(draft_discard(r->c, req_param(r, "key")));
	return res_done(r, "discarded", "/drafts");
}

static const struct formin_field HAND[] = {
	{.name = "to", .label = "渡す相手", .kind = FORMIN_PID, .required = true},
};

err page_draft_hand(struct req *r)
{
	struct account to;
	err e = formin_read(r, HAND, FORMIN_N(HAND));
	if (e == OK) {
		TRY(account_find(r->c, req_field(r, "to"), &to));
		e = draft_hand_over(r->c, req_param(r, "pid"), to.id);
	}
	if (page_is_input(e))
		return show_drafts(r, e);
	TRY(e);
	return res_done(r, "handed", "/drafts");
}
