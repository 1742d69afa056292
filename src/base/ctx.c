#include "base/ctx.h"

#include "base/str.h"

#include <string.h>

static const struct {
	int bit;
	const char *code, *label;
} classes[] = {
#define CLASS(name, b, c, l) {b, c, l},
#include "base/classes.tbl.h"
#undef CLASS
};

int class_index(int bit)
{
	for (int i = 0; i < CLASS_COUNT; i++)
		if (classes[i].bit == bit)
			return i;
	return -1;
}

const char *class_label_ja(int bit)
{
	int i = class_index(bit);
	return i < 0 ? "" : classes[i].label;
}

const char *class_code(int bit)
{
	int i = class_index(bit);
	return i < 0 ? "" : classes[i].code;
}

void ctx_init(struct ctx *c, struct arena *a, int64_t now_ms)
{
	memset(c, 0, sizeof *c);
	c->arena = a;
	c->now_ms = now_ms;
	c->today = civil_of_instant(now_ms);
	c->actor.login = "";
	c->actor.purpose = "";
	c->request_id = "";
}

err fault_add(struct ctx *c, const char *field, err code, const char *fmt, ...)
{
	if (c->n_faults == c->cap_faults) {
		size_t cap = c->cap_faults ? c->cap_faults * 2 : 8;
		struct fault *v = ARENA_ARRAY(c->arena, cap, struct fault);
		if (c->n_faults)
			memcpy(v, c->faults, c->n_faults * sizeof *v);
		c->faults = v;
		c->cap_faults = cap;
	}
	struct fault *f = &c->faults[c->n_faults];
	f->field = arena_str(c->arena, field);
	f->code = code;
	f->offer = NULL;
	if (fmt) {
		va_list ap;
		va_start(ap, fmt);
		f->message = arena_vfmt(c->arena, fmt, ap);
		va_end(ap);
	} else {
		f->message = arena_fmt(c->arena, "%s%s", err_sentence_ja(code), err_mend_ja(code));
	}
	c->n_faults++;
	return code;
}

void fault_offer(struct ctx *c, const char *value)
{
	if (c->n_faults)
		c->faults[c->n_faults - 1].offer = arena_str(c->arena, value);
}

const struct fault *fault_of(const struct ctx *c, const char *field)
{
	for (size_t i = 0; i < c->n_faults; i++)
		if (str_eq(c->faults[i].field, field))
			return &c->faults[i];
	return NULL;
}

void fault_clear(struct ctx *c) { c->n_faults = 0; }
