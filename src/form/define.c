/* Reading the folders, hashing, finding. The items, rules and references are read in define_*.c. */
#include "base/map.h"
#include "base/str.h"
#include "form/loader.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MAX_BYTES = 4 << 20, FILES = 4 };
static const char *const file_names[FILES] = {"form.json", "rules.json", "print.json", "meta.json"};

void form_problem(struct arena *a, struct form_problems *p, const char *fmt, ...)
{
	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 16;
		const char **lines = ARENA_ARRAY(a, cap, const char *);
		if (p->n)
			memcpy(lines, p->lines, p->n * sizeof *lines);
		p->lines = lines;
		p->cap = cap;
	}
	va_list ap;
	va_start(ap, fmt);
	p->lines[p->n++] = arena_vfmt(a, fmt, ap);
	va_end(ap);
}

void loader_problem(struct loader *l, const char *where, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *text = arena_vfmt(l->a, fmt, ap);
	va_end(ap);
	form_problem(l->a, l->p, "%s: %s%s%s", l->file, where, *where ? ": " : "", text);
}

bool loader_keys(struct loader *l, const char *where, const struct json *v, const char *allowed)
{
	if (!json_is(v, JSON_OBJECT)) {
		loader_problem(l, where, "{ } で書いてください");
		return false;
	}
	for (size_t i = 0; i < v->n; i++) {
		size_t n = strlen(v->keys[i]);
		bool known = false;
		for (const char *p = allowed; *p && !known; p += strcspn(p, " "), p += *p == ' ')
			known = strcspn(p, " ") == n && memcmp(p, v->keys[i], n) == 0;
		if (!known)
			loader_problem(l, where, "「%s」という欄は決められていません", v->keys[i]);
	}
	return true;
}

const char *loader_text(struct loader *l, const char *where, const struct json *v, const char *key)
{
	const char *s = json_get_text(v, key, NULL);
	if (!s || str_blank(s)) {
		loader_problem(l, where, "「%s」がありません", key);
		return "";
	}
	return s;
}

static const struct json *parse(struct loader *l, const char *file, const char *text)
{
	if (!text)
		return NULL;
	struct json *v = NULL;
	const char *why = "";
	if (json_parse(l->a, text, strlen(text), NULL, &v, &why) == OK)
		return v;
	form_problem(l->a, l->p, "%s/%s/%s: %s", l->def->id, l->def->version, file, why);
	return NULL;
}

/* SHA-256 over the four files in a fixed order: for each its name, its length in bytes, and the bytes. A missing
 * file has the length "-". So neither a moved border nor a swapped file can give the same sum. */
static void hash(struct form_def *d, const char *const text[FILES])
{
	crypto_hash_sha256_state st;
	crypto_hash_sha256_init(&st);
	for (int i = 0; i < FILES; i++) {
		char head[64];
		size_t n = text[i] ? strlen(text[i]) : 0;
		int h = text[i] ? snprintf(head, sizeof head, "%s %zu\n", file_names[i], n)
				: snprintf(head, sizeof head, "%s -\n", file_names[i]);
		crypto_hash_sha256_update(&st, (const unsigned char *)head, (unsigned long long)h);
		if (n)
			crypto_hash_sha256_update(&st, (const unsigned char *)text[i], n);
	}
	unsigned char sum[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final(&st, sum);
	for (size_t i = 0; i < sizeof sum; i++)
		snprintf(d->sha256 + 2 * i, 3, "%02x", sum[i]);
}

/* bindings.tsv: name, type, owner (register or own), meaning, with tabs; "#" comments. */
static void read_bindings(struct loader *l, const char *text)
{
	l->bindings = map_new(l->a);
	size_t n = 0, k = 0;
	char **lines = str_split(l->a, text ? text : "", '\n', &n);
	for (size_t i = 0; i < n; i++) {
		if (!*lines[i] || lines[i][0] == '#')
			continue;
		char **cell = str_split(l->a, lines[i], '\t', &k);
		if (k < 3 || (!str_eq(cell[2], "register") && !str_eq(cell[2], "own"))) {
			form_problem(l->a, l->p, "bindings.tsv: %zu行目が読めません", i + 1);
			continue;
		}
		struct loader_binding *b = ARENA_NEW(l->a, struct loader_binding);
		*b = (struct loader_binding){cell[1], str_eq(cell[2], "register")};
		map_set(&l->bindings, cell[0], b);
	}
}

err form_build(struct arena *a, const struct form_text *t, struct form_def **out, struct form_problems *p)
{
	struct form_def *d = ARENA_NEW(a, struct form_def);
	struct form_rules *rules = ARENA_NEW(a, struct form_rules);
	size_t before = p->n;
	d->id = arena_str(a, t->id);
	d->version = arena_str(a, t->version);
	d->rules = rules;
	d->to = CIVIL_OPEN;
	struct loader l = {.a = a, .p = p, .def = d, .rules = rules, .links = map_new(a)};
	if (!civil_parse(d->version, &d->from))
		form_problem(a, p, "%s/%s: フォルダの名前が日付（YYYY-MM-DD）ではありません", d->id, d->version);
	hash(d, (const char *const[]){t->form, t->rules, t->print, t->meta});
	read_bindings(&l, t->bindings);
	l.meta_json = parse(&l, "meta.json", t->meta);
	l.form_json = parse(&l, "form.json", t->form);
	l.rules_json = parse(&l, "rules.json", t->rules);
	d->print = parse(&l, "print.json", t->print);
	if (!t->form || !t->meta)
		form_problem(a, p, "%s/%s: form.json または meta.json がありません", d->id, d->version);
	if (p->n == before) {
		static void (*const steps[])(struct loader *) = {loader_meta, loader_items, loader_rules, loader_conditions,
			loader_print};
		for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
			steps[i](&l);
	}
	if (p->n != before)
		return ERR_FORM_DEF;
	*out = d;
	return OK;
}

err loader_slurp(struct arena *a, const char *path, bool may_miss, const char **text)
{
	*text = NULL;
	FILE *f = fopen(path, "rb");
	if (!f)
		return may_miss && errno == ENOENT ? OK : ERR_IO;
	struct stat st;
	if (fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MAX_BYTES) {
		fclose(f);
		return ERR_IO;
	}
	/* the arena is the catalogue's own and has no escape point while files are open, so nothing is skipped */
	char *s = arena_alloc(a, (size_t)st.st_size + 1);
	size_t n = fread(s, 1, (size_t)st.st_size, f);
	bool bad = ferror(f) || n != (size_t)st.st_size || memchr(s, 0, n);
	fclose(f);
	if (bad)
		return ERR_IO;
	*text = s;
	return OK;
}

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* Names of the sub-folders, sorted. */
static err folders(struct arena *a, const char *dir, char ***out, size_t *n)
{
	enum { MOST = 1024 };
	DIR *d = opendir(dir);
	if (!d)
		return ERR_IO;
	char **names = ARENA_ARRAY(a, MOST, char *);
	size_t k = 0;
	for (struct dirent *e; k < MOST && (e = readdir(d));) {
		struct stat st;
		if (e->d_name[0] != '.' && stat(arena_fmt(a, "%s/%s", dir, e->d_name), &st) == 0 && S_ISDIR(st.st_mode))
			names[k++] = arena_str(a, e->d_name);
	}
	closedir(d);
	qsort(names, k, sizeof *names, by_name);
	*out = names;
	*n = k;
	return OK;
}

static err load_version(struct arena *a, const char *dir, const char *id, const char *version, const char *bindings,
	struct form_catalogue *c, struct form_problems *p)
{
	const char *text[FILES];
	const char *folder = arena_fmt(a, "%s/%s/%s", dir, id, version);
	for (int i = 0; i < FILES; i++)
		TRY(loader_slurp(a, arena_fmt(a, "%s/%s", folder, file_names[i]), true, &text[i]));
	struct form_text t = {.id = id, .version = version, .form = text[0], .rules = text[1], .print = text[2],
		.meta = text[3], .bindings = bindings};
	struct form_def *d = NULL;
	TRY(form_build(a, &t, &d, p));
	d->dir = folder;
	for (size_t i = 0; i < c->n_defs; i++) /* the version before ends the day before, unless it said so itself */
		if (str_eq(c->defs[i]->id, id) && c->defs[i]->to >= d->from)
			c->defs[i]->to = d->from - 1;
	c->defs[c->n_defs++] = d;
	return OK;
}

err form_load(struct arena *a, const char *dir, struct form_catalogue **out, struct form_problems *p)
{
	enum { MOST = 1024 };
	struct form_catalogue *c = ARENA_NEW(a, struct form_catalogue);
	c->defs = ARENA_ARRAY(a, MOST, struct form_def *);
	char **ids, **versions;
	size_t n_ids, n_versions;
	const char *bindings;
	TRY(loader_slurp(a, arena_fmt(a, "%s/bindings.tsv", dir), true, &bindings));
	TRY(folders(a, dir, &ids, &n_ids));
	err first = OK;
	for (size_t i = 0; i < n_ids; i++) {
		TRY(folders(a, arena_fmt(a, "%s/%s", dir, ids[i]), &versions, &n_versions));
		for (size_t k = 0; k < n_versions && c->n_defs < MOST; k++) {
			err e = load_version(a, dir, ids[i], versions[k], bindings, c, p);
			first = first ? first : e;
		}
	}
	if (first)
		return first;
	*out = c;
	return OK;
}

const struct form_def *form_find(const struct form_catalogue *c, const char *id, civil on_day)
{
	for (size_t i = 0; c && i < c->n_defs; i++)
		if (str_eq(c->defs[i]->id, id) && c->defs[i]->from <= on_day && on_day <= c->defs[i]->to)
			return c->defs[i];
	return NULL;
}

const struct form_def *form_find_version(const struct form_catalogue *c, const char *id, const char *version)
{
	for (size_t i = 0; c && i < c->n_defs; i++)
		if (str_eq(c->defs[i]->id, id) && str_eq(c->defs[i]->version, version))
			return c->defs[i];
	return NULL;
}

bool form_known(const struct form_catalogue *c, const char *id)
{
	for (size_t i = 0; c && i < c->n_defs; i++)
		if (str_eq(c->defs[i]->id, id))
			return true;
	return false;
}

static const struct form_item *in_level(const struct form_item *items, size_t n, const char *id, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(items[i].id) == len && memcmp(items[i].id, id, len) == 0)
			return &items[i];
	return NULL;
}

const struct form_item *form_item_find(const struct form_def *d, const char *path)
{
	size_t n = strcspn(path, ".");
	const struct form_item *it = in_level(d->items, d->n_items, path, n);
	if (!it || !path[n])
		return it;
	path += n + 1;
	size_t digits = strspn(path, "0123456789");
	if (digits && path[digits] == '.')
		path += digits + 1;
	return in_level(it->children, it->n_children, path, strlen(path));
}

const struct form_option *form_option_find(const struct form_item *it, const char *code)
{
	for (size_t i = 0; it && i < it->n_options; i++)
		if (str_eq(it->options[i].code, code))
			return &it->options[i];
	return NULL;
}
