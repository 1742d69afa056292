/* The declared half: what a page said it takes. */
#include "web/formin.h"

#include "base/pid.h"
#include "base/str.h"
#include "jp/era.h"
#include "web/page.h"

#include <string.h>

static const char *const own_fields[] = {"csrf", "once", "base", "draft", NULL};

static const struct formin_field *declared(const struct formin_field *fields, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(fields[i].name);
		if (len > 0 && fields[i].name[len - 1] == '*' ? strncmp(fields[i].name, name, len - 1) == 0 : strcmp(fields[i].name, name) == 0)
			return &fields[i];
	}
	return NULL;
}

/* Full-width digits and signs as people type them with the IME on. */
static const char *ascii_digits(struct arena *a, const char *s)
{
	struct buf b = buf_new(a);
	const char *p = s;
	for (uint32_t u; (u = str_next(&p)) != 0;) {
		if (u >= 0xFF10 && u <= 0xFF19)
			u = u - 0xFF10 + '0';
		else if (u == 0xFF0D || u == 0x2212)
			u = '-';
		if (u != ',' && u != 0xFF0C)
			buf_utf8(&b, u);
	}
	return str_trim(a, b.p);
}

static void check_int(struct req *r, const struct formin_field *f, struct pair *v)
{
	int64_t n;
	const char *digits = ascii_digits(r->arena, v->value);
	if (!str_int(digits, &n)) {
		fault_add(r->c, v->name, ERR_NOT_NUMBER, "「%s」は数字で入力してください。", f->label);
		return;
	}
	if (f->lo < f->hi && (n < f->lo || n > f->hi)) {
		fault_add(r->c, v->name, ERR_RANGE, "「%s」は %lld から %lld までの数を入力してください。", f->label, (long long)f->lo, (long long)f->hi);
		return;
	}
	v->value = digits;
}

static void check_code(struct req *r, const struct formin_field *f, const struct pair *v)
{
	bool good = f->n_choices == 0;
	for (size_t i = 0; i < f->n_choices; i++)
		good |= strcmp(f->choices[i].value, v->value) == 0;
	for (const char *p = v->value; f->n_choices == 0 && *p; p++)
		good = good && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || strchr("_.:-", *p));
	if (!good)
		fault_add(r->c, v->name, ERR_NOT_CHOICE, "「%s」は表示されている選択肢から選んでください。", f->label);
}

static void check_day(struct req *r, const struct formin_field *f, const struct pair *v)
{
	struct era_date d;
	err e = f->kind == FORMIN_DAY ? era_parse(r->c, v->name, v->value, &d) : era_parse_partial(r->c, v->name, v->value, &d);
	if (e == OK && f->past && d.from != CIVIL_NONE)
		e = era_check_past(r->c, v->name, d.from);
	(void)e; /* the fault is collected */
}

static void check_value(struct req *r, const struct formin_field *f, struct pair *v)
{
	if (f->kind != FORMIN_LINES && f->kind != FORMIN_SECRET)
		v->value = str_trim(r->arena, v->value);
	int max = f->max > 0 ? f->max : f->kind == FORMIN_LINES ? FORMIN_LINES_MAX : FORMIN_DEFAULT_MAX;
	size_t len = str_count(v->value);
	if (len > (size_t)max) {
		fault_add(r->c, v->name, ERR_TOO_LONG, "「%s」は %d 文字までで入力してください（いま %zu 文字です）。", f->label, max, len);
		return;
	}
	if (str_blank(v->value))
		return;
	if (f->kind != FORMIN_LINES && strpbrk(v->value, "\n\t\x0b\x0c")) {
		fault_add(r->c, v->name, ERR_INPUT, "「%s」は改行を入れずに入力してください。", f->label);
		return;
	}
	for (const unsigned char *p = (const unsigned char *)v->value; *p; p++)
		if ((*p < 0x20 && *p != '\n' && *p != '\t') || *p == 0x7f) {
			fault_add(r->c, v->name, ERR_INPUT, "「%s」に使えない制御文字が入っています。打ち直してください。", f->label);
			return;
		}
	switch (f->kind) {
	case FORMIN_INT:
		check_int(r, f, v);
		break;
	case FORMIN_DAY:
	case FORMIN_PARTIAL:
		check_day(r, f, v);
		break;
	case FORMIN_CODE:
		check_code(r, f, v);
		break;
	case FORMIN_PID:
		if (!pid_valid(v->value))
			fault_add(r->c, v->name, ERR_NOT_CHOICE, "「%s」をもう一度選んでください。", f->label);
		break;
	case FORMIN_BOOL:
		if (strcmp(v->value, "1") != 0)
			fault_add(r->c, v->name, ERR_NOT_CHOICE, "「%s」を選び直してください。", f->label);
		break;
	default:
		break;
	}
}

static bool present(const struct req *r, const struct formin_field *f)
{
	size_t len = strlen(f->name);
	bool star = len > 0 && f->name[len - 1] == '*';
	for (size_t i = 0; i < r->form.n; i++) {
		const char *name = r->form.v[i].name;
		if ((star ? strncmp(name, f->name, len - 1) == 0 : strcmp(name, f->name) == 0) && !str_blank(r->form.v[i].value))
			return true;
	}
	return req_file(r, f->name) != NULL;
}

err formin_read(struct req *r, const struct formin_field *fields, size_t n)
{
	for (size_t i = 0; i < r->form.n; i++) {
		struct pair *v = &r->form.v[i];
		bool own = false;
		for (size_t k = 0; own_fields[k]; k++)
			own |= strcmp(own_fields[k], v->name) == 0;
		const struct formin_field *f = declared(fields, n, v->name);
		if (!f && own)
			continue;
		if (!f)
			return ERR_FORM_FIELD;
		for (size_t k = 0; k < i && !f->repeat; k++)
			if (strcmp(r->form.v[k].name, v->name) == 0)
				return ERR_FORM_FIELD;
		check_value(r, f, v);
	}
	for (size_t i = 0; i < r->n_files; i++)
		if (!declared(fields, n, r->files[i].field))
			return ERR_FORM_FIELD;
	for (size_t i = 0; i < n; i++)
		if (fields[i].required && !present(r, &fields[i]))
			fault_add(r->c, fields[i].name, ERR_REQUIRED, "「%s」を入力してください。", fields[i].label);
	return r->c->n_faults > 0 ? ERR_INPUT : OK;
}

void formin_read_query(struct req *r, const struct formin_field *fields, size_t n)
{
	struct pairs kept = {0}, form = r->form;
	for (size_t i = 0; i < r->query.n; i++) {
		struct pair v = r->query.v[i];
		const struct formin_field *f = declared(fields, n, v.name);
		size_t before = r->c->n_faults;
		if (!f) {
			/* the layout's own: what was done, its undoing, and the page of a list (a number in bounds: pager_of) */
			if (strcmp(v.name, "done") == 0 || strcmp(v.name, "undo") == 0 || strcmp(v.name, "page") == 0)
				pairs_add(r->arena, &kept, v.name, v.value);
			continue;
		}
		check_value(r, f, &v);
		if (r->c->n_faults == before)
			pairs_add(r->arena, &kept, v.name, v.value);
		r->c->n_faults = before;
	}
	r->query = kept;
	r->form = form;
}

int64_t formin_int(const struct req *r, const char *name)
{
	int64_t n;
	return str_int(ascii_digits(r->arena, req_field(r, name)), &n) ? n : INT64_MIN;
}

civil formin_day(const struct req *r, const char *name)
{
	civil day;
	return era_guess(req_field(r, name), &day) ? day : CIVIL_NONE;
}

bool formin_bool(const struct req *r, const char *name) { return strcmp(req_field(r, name), "1") == 0; }
