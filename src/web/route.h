/* route — the table of routes (routes.tbl.h) and how a path finds its line.
 *
 * A pattern is segments; {name} takes one non-empty segment (26-letter public ids if the name ends in "pid"). A literal
 * segment wins over a {name}. HEAD is answered by GET; a known path with another method is 405 with Allow.
 * Tests: tests/unit/test_web.c. */
#ifndef TSU_WEB_ROUTE_H
#define TSU_WEB_ROUTE_H

#include "web/req.h"

enum right {
#define RIGHT(name, bit, label) RIGHT_##name = (bit),
#include "web/rights.tbl.h"
#undef RIGHT
};

struct route {
	enum method method;
	const char *pattern;
	err (*run)(struct req *r);
	const char *handler;
	enum right right;
	int body_kb;        /* the largest body of a POST; 0 for GET */
	const char *audit;  /* action name in the access log */
	const char *title;  /* Japanese name of the page */
};

/* Every handler of the table is declared here. */
#define ROUTE(method, pattern, handler, right, body_kb, audit, title) err handler(struct req *r);
#include "web/routes.tbl.h"
#undef ROUTE

const struct route *route_table(size_t *n);
/* Fills r->route and r->params. ERR_NOTFOUND; ERR_METHOD with *allow = "GET, HEAD" etc. */
MUST err route_find(struct req *r, const char **allow);
/* Matching alone, for tests. */
bool route_match(struct arena *a, const char *pattern, const char *path, struct pairs *params);
void route_print(void); /* tsunagi serve --routes */
const char *right_label(enum right right);

#endif
