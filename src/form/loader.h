/* loader — inside the form room only: the state while one form version is read, shared by define*.c. */
#ifndef TSU_FORM_LOADER_H
#define TSU_FORM_LOADER_H

#include "base/map.h"
#include "form/rules.h"

struct loader_binding {
	const char *type;
	bool from_register;
};

struct loader {
	struct arena *a;
	struct form_problems *p;
	struct form_def *def;
	struct form_rules *rules;
	const char *file;      /* "kihon-checklist/2015-04-01/form.json" for the problem lines */
	const struct json *form_json, *rules_json, *meta_json;
	struct map bindings;   /* name -> struct loader_binding */
	struct map links;      /* link ids seen */
};

void loader_problem(struct loader *l, const char *where, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Names a problem for every key of v that is not in the blank-separated list; v must be an object. */
bool loader_keys(struct loader *l, const char *where, const struct json *v, const char *allowed);
/* A required text; "" and a problem if it is missing. */
const char *loader_text(struct loader *l, const char *where, const struct json *v, const char *key);

/* The whole file as text; *text NULL if there is none and it may be missing. ERR_IO. */
MUST err loader_slurp(struct arena *a, const char *path, bool may_miss, const char **text);

void loader_meta(struct loader *l);      /* define_meta.c */
void loader_items(struct loader *l);     /* define_item.c */
void loader_rules(struct loader *l);     /* define_rule.c */
void loader_conditions(struct loader *l);/* define_rule.c: shown_when, required_when, derive */
void loader_print(struct loader *l);     /* define_print.c: references of print.json */

#endif
