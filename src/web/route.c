#include "web/route.h"

#include "base/pid.h"
#include "base/str.h"
#include "web/formin.h"

#include <stdio.h>
#include <string.h>

static const struct route table[] = {
#define ROUTE(method, pattern, handler, right, body_kb, audit, title)                                                          \
	{METHOD_##method, pattern, handler, #handler, right, body_kb, audit, title},
#include "web/routes.tbl.h"
#undef ROUTE
};

const struct route *route_table(size_t *n)
{
	*n = sizeof table / sizeof table[0];
	return table;
}

static bool segment_fits(const char *pattern, size_t n_pattern, const char *s, size_t n)
{
	if (pattern[0] != '{')
		return n_pattern == n && memcmp(pattern, s, n) == 0;
	if (n == 0)
		return false;
	bool pid = n_pattern >= 5 && memcmp(pattern + n_pattern - 4, "pid}", 4) == 0;
	if (!pid)
		return true;
	char text[PID_TEXT];
	if (n != PID_TEXT - 1)
		return false;
	memcpy(text, s, n);
	text[n] = '\0';
	return pid_valid(text);
}

bool route_match(struct arena *a, const char *pattern, const char *path, struct pairs *params)
{
	if (params)
		*params = (struct pairs){0};
	const char *p = pattern, *s = path;
	for (;;) {
		if (*p != '/' || *s != '/')
			return *p == '\0' && *s == '\0';
		size_t np = strcspn(p + 1, "/"), ns = strcspn(s + 1, "/");
		if (!segment_fits(p + 1, np, s + 1, ns))
			return false;
		if (p[1] == '{' && params)
			pairs_add(a, params, arena_strn(a, p + 2, np - 2), arena_strn(a, s + 1, ns));
		p += 1 + np;
		s += 1 + ns;
	}
}

/* A literal segment wins over {name} at the first place where two patterns differ. */
static bool more_literal(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		if (*a == *b)
			continue;
		return *a != '{' && *b == '{';
	}
	return false;
}

err route_find(struct req *r, const char **allow)
{
	const struct route *best = NULL;
	bool get = false, post = false;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct route *t = &table[i];
		if (!route_match(r->arena, t->pattern, r->path, NULL))
			continue;
		get |= t->method == METHOD_GET;
		post |= t->method != METHOD_GET;
		bool same = (t->method == METHOD_GET) == (r->method == METHOD_GET);
		if (same && (!best || more_literal(t->pattern, best->pattern)))
			best = t;
	}
	if (!best) {
		*allow = get ? "GET, HEAD" : "POST";
		return get || post ? ERR_METHOD : ERR_NOTFOUND;
	}
	route_match(r->arena, best->pattern, r->path, &r->params);
	/* decoded only now: a %2F inside a parameter is no separator */
	for (size_t i = 0; i < r->params.n; i++)
		if (!formin_decode(r->arena, r->params.v[i].value, strlen(r->params.v[i].value), false, &r->params.v[i].value))
			return ERR_NOTFOUND;
	r->route = best;
	r->method = best->method;
	return OK;
}

const char *right_label(enum right right)
{
	static const struct {
		enum right right;
		const char *label;
	} labels[] = {
#define RIGHT(name, bit, label) {RIGHT_##name, label},
#include "web/rights.tbl.h"
#undef RIGHT
	};
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (labels[i].right == right)
			return labels[i].label;
	return "";
}

void route_print(void)
{
	static const char *const methods[] = {"GET", "POST", "POST_FREE"};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
		const struct route *t = &table[i];
		printf("%s\t%s\t%s\t%s\t%d\t%s\t%s\n", methods[t->method], t->pattern, t->handler, right_label(t->right), t->body_kb, t->audit,
			t->title);
	}
}
