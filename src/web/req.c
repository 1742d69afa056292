#include "web/req.h"

#include "base/str.h"
#include "web/route.h"

#include <stdio.h>
#include <string.h>

const char *pairs_get(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].name, name) == 0)
			return p->v[i].value;
	return NULL;
}

void pairs_add(struct arena *a, struct pairs *p, const char *name, const char *value)
{
	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 8;
		struct pair *v = ARENA_ARRAY(a, cap, struct pair);
		if (p->n > 0)
			memcpy(v, p->v, p->n * sizeof *v);
		p->v = v;
		p->cap = cap;
	}
	p->v[p->n++] = (struct pair){name, value};
}

const char *req_param(const struct req *r, const char *name) { return str_or(pairs_get(&r->params, name), ""); }

const char *req_query(const struct req *r, const char *name) { return str_or(pairs_get(&r->query, name), ""); }

int64_t req_query_int(const struct req *r, const char *name, int64_t if_absent, int64_t min, int64_t max)
{
	int64_t n;
	if (!str_int(req_query(r, name), &n))
		return if_absent;
	return n < min ? min : n > max ? max : n;
}

bool req_has(const struct req *r, const char *name) { return pairs_get(&r->form, name) != NULL; }

const char *req_field(const struct req *r, const char *name) { return str_or(pairs_get(&r->form, name), ""); }

size_t req_all(const struct req *r, const char *name, const char ***values)
{
	size_t n = 0;
	*values = ARENA_ARRAY(r->arena, r->form.n + 1, const char *);
	for (size_t i = 0; i < r->form.n; i++)
		if (strcmp(r->form.v[i].name, name) == 0)
			(*values)[n++] = r->form.v[i].value;
	return n;
}

const struct upload *req_file(const struct req *r, const char *name)
{
	for (size_t i = 0; i < r->n_files; i++)
		if (r->files[i].n > 0 && strcmp(r->files[i].field, name) == 0)
			return &r->files[i];
	return NULL;
}

void look_person(struct req *r, int64_t person_id)
{
	for (size_t i = 0; i < r->n_looked; i++)
		if (r->looked[i] == person_id)
			return;
	if (r->n_looked == r->cap_looked) {
		size_t cap = r->cap_looked ? r->cap_looked * 2 : 16;
		int64_t *v = ARENA_ARRAY(r->arena, cap, int64_t);
		if (r->n_looked > 0)
			memcpy(v, r->looked, r->n_looked * sizeof *v);
		r->looked = v;
		r->cap_looked = cap;
	}
	r->looked[r->n_looked++] = person_id;
}

void look_as(struct req *r, enum action a) { r->look_action = a; }

/* ---- answers ---- */

static struct buf *begin(struct req *r, enum res_kind kind, int status, const char *type)
{
	r->res.kind = kind;
	r->res.status = status;
	r->res.type = type;
	r->res.body = buf_new(r->arena);
	return &r->res.body;
}

struct buf *res_page(struct req *r) { return begin(r, RES_PAGE, 200, "text/html; charset=utf-8"); }

struct buf *res_page_of(struct req *r, err e)
{
	r->res.cause = e;
	return begin(r, RES_PAGE, e == OK ? 200 : err_http_status(e), "text/html; charset=utf-8");
}

/* A redirect leads only to a path of this house. */
static bool local_path(const char *p)
{
	if (p[0] != '/' || p[1] == '/' || p[1] == '\\')
		return false;
	for (; *p; p++)
		if ((unsigned char)*p <= 0x20 || *p == 0x7f || *p == '\\')
			return false;
	return true;
}

static err redirect(struct req *r, const char *path)
{
	if (!local_path(path))
		return ERR_BUG;
	begin(r, RES_REDIRECT, 303, "text/plain; charset=utf-8");
	r->res.location = path;
	return OK;
}

err res_redirect(struct req *r, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *path = arena_vfmt(r->arena, fmt, ap);
	va_end(ap);
	return redirect(r, path);
}

err res_done(struct req *r, const char *flash, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *path = arena_vfmt(r->arena, fmt, ap);
	va_end(ap);
	const char *hash = strchr(path, '#');
	size_t n = hash ? (size_t)(hash - path) : strlen(path);
	return redirect(r, arena_fmt(r->arena, "%.*s%cdone=%s%s", (int)n, path, memchr(path, '?', n) ? '&' : '?', flash, str_or(hash, "")));
}

/* RFC 6266 with an ASCII fallback; the name is shown, never used as a path. */
static const char *disposition(struct req *r, const char *how, const char *name)
{
	struct buf b = buf_new(r->arena);
	buf_fmt(&b, "%s; filename=\"", how);
	for (const char *p = name; *p; p++)
		if ((unsigned char)*p < 0x80)
			buf_char(&b, *p < 0x20 || *p == 0x7f || *p == '"' || *p == '\\' || *p == '/' ? '_' : *p);
	buf_str(&b, "\"; filename*=UTF-8''");
	for (const char *p = name; *p; p++) {
		bool plain = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || strchr(".-_", *p);
		if (plain)
			buf_char(&b, *p);
		else
			buf_fmt(&b, "%%%02X", (unsigned char)*p);
	}
	return b.p;
}

err res_show(struct req *r, const char *type, const void *bytes, size_t n, const char *file_name)
{
	buf_add(begin(r, RES_BYTES, 200, type), bytes, n);
	r->res.disposition = disposition(r, "inline", file_name);
	return OK;
}

err res_pdf(struct req *r, const void *bytes, size_t n, const char *file_name) { return res_show(r, "application/pdf", bytes, n, file_name); }

err res_file(struct req *r, const char *type, const void *bytes, size_t n, const char *file_name)
{
	buf_add(begin(r, RES_BYTES, 200, type), bytes, n);
	r->res.disposition = disposition(r, "attachment", file_name);
	return OK;
}

struct buf *res_json(struct req *r, err e)
{
	r->res.cause = e;
	return begin(r, RES_BYTES, e == OK ? 200 : err_http_status(e), "application/json; charset=utf-8");
}

void res_header(struct req *r, const char *name, const char *value)
{
	pairs_add(r->arena, &r->res.headers, name, value);
}

void res_cookie(struct req *r, const char *name, const char *value, int max_age_s)
{
	const char *age = max_age_s < 0 ? "" : arena_fmt(r->arena, "; Max-Age=%d", max_age_s);
	res_header(r, "Set-Cookie",
		arena_fmt(r->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value, r->https ? "; Secure" : "", age));
}
