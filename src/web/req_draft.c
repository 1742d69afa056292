/* Drafts for assets/app.js: POST_FREE /drafts/{key} keeps what is typed, GET gives it back, …/discard forgets it. The key is the
 * page's ("person/<pid>/basic"); a public id in it names the person, who must be visible to the writer. saved_ms of an answer comes
 * back as `seen` with the next save: 409 if another draft was stored meanwhile. Without it (a script) the last one counts. */
#include "base/pid.h"
#include "base/str.h"
#include "codec/json.h"
#include "register/draft.h"
#include "register/person.h"
#include "web/formin.h"
#include "web/route.h"

#include <string.h>

static const struct formin_field FIELDS[] = {
	{.name = "fields", .label = "下書き", .kind = FORMIN_LINES, .max = DRAFT_MAX_BYTES, .required = true},
	{.name = "title", .label = "画面の名前", .kind = FORMIN_TEXT, .max = 100},
	{.name = "class", .label = "記録の種類", .kind = FORMIN_CODE, .max = 40},
	{.name = "focus", .label = "カーソルの位置", .kind = FORMIN_TEXT, .max = 200},
	{.name = "seen", .label = "前の下書き", .kind = FORMIN_INT},
};

static bool key_good(const char *key)
{
	size_t n = strlen(key);
	if (n == 0 || n > 200)
		return false;
	for (const char *p = key; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') || strchr("/_:#-", *p)))
			return false;
	return true;
}

/* "person/<pid>/…" ties the draft to the person: the gate answers for an invisible one as if there were none. */
static err subject(struct req *r, const char *key, int64_t *person_id)
{
	*person_id = 0;
	if (!str_starts(key, "person/"))
		return OK;
	const char *pid = key + strlen("person/"), *slash = strchr(pid, '/');
	char text[PID_TEXT];
	size_t n = slash ? (size_t)(slash - pid) : strlen(pid);
	if (n != PID_TEXT - 1)
		return OK;
	memcpy(text, pid, n);
	text[n] = '\0';
	struct person p;
	TRY(person_get(r->c, text, &p));
	*person_id = p.id;
	return OK;
}

static int class_bit(const char *code)
{
	for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1)
		if (strcmp(class_code(bit), code) == 0)
			return bit;
	return 0;
}

static err answer(struct req *r, const struct draft *d, bool found)
{
	struct arena *a = r->arena;
	struct json *o = json_new(a, JSON_OBJECT), *fields = NULL;
	json_set(a, o, "found", json_new_bool(a, found));
	if (found) {
		json_set(a, o, "base", json_new_int(a, d->base_version));
		json_set(a, o, "saved_ms", json_new_int(a, d->updated_ms));
		json_set(a, o, "focus", json_new_text(a, str_or(d->focus, "")));
		if (d->fields) {
			TRY(json_parse(a, d->fields, strlen(d->fields), NULL, &fields, NULL));
			json_set(a, o, "fields", fields);
		}
	}
	json_write(res_json(r, OK), o, false);
	return OK;
}

err page_draft(struct req *r)
{
	struct draft d;
	bool found;
	if (!key_good(req_param(r, "key")))
		return ERR_NOTFOUND;
	TRY(draft_get(r->c, req_param(r, "key"), &d, &found));
	return answer(r, &d, found);
}

err page_draft_save(struct req *r)
{
	const char *key = req_param(r, "key");
	if (!key_good(key))
		return ERR_NOTFOUND;
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	int64_t base = formin_int(r, "base");
	struct draft d = {.key = key, .title = req_field(r, "title"), .fields = req_field(r, "fields"), .focus = req_field(r, "focus"),
		.record_class = class_bit(req_field(r, "class")), .base_version = base == INT_NULL ? 0 : base,
		.seen_ms = formin_int(r, "seen")};
	TRY(subject(r, key, &d.subject_person_id));
	TRY(draft_save(r->c, &d));
	d.fields = NULL;
	return answer(r, &d, true);
}

err page_draft_discard(struct req *r)
{
	if (!key_good(req_param(r, "key")))
		return ERR_NOTFOUND;
	TRY(draft_discard(r->c, req_param(r, "key")));
	return answer(r, &(struct draft){0}, false);
}
