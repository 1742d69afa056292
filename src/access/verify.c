/* audit_verify: reads both kinds of chains from the first entry on. Every fault names file, number and kind, and the
 * walk goes on with what is stored, so that one fault does not hide the next. */
#include "access/audit.h"
#include "access/chain.h"
#include "access/look.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 500, MOST_FAULTS = 1000, ANCHOR_FILE_MAX = 4 << 20 };

/* Somewhere it was written down that entry seq had this hash. */
struct mark {
	int64_t seq;
	uint8_t hash[KEY_MAC];
	const char *from;
	bool met;
};

struct walk {
	struct ctx *c;
	struct audit_report *r;
	const char *name; /* of the chain, for the faults */
	struct mark *marks;
	size_t n_marks, cap_marks;
	int64_t last;
	uint8_t prev[KEY_MAC];
	size_t first_mark; /* marks before it are behind us */
};

static void fault(struct walk *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void fault(struct walk *w, const char *fmt, ...)
{
	if (w->r->n_faults == MOST_FAULTS)
		return;
	va_list ap;
	va_start(ap, fmt);
	w->r->faults[w->r->n_faults++] = arena_fmt(w->c->arena, "%s: %s", w->name, arena_vfmt(w->c->arena, fmt, ap));
	va_end(ap);
}

static void add_mark(struct walk *w, int64_t seq, const uint8_t *hash, const char *from)
{
	if (w->n_marks == w->cap_marks) {
		size_t cap = w->cap_marks ? w->cap_marks * 2 : 64;
		struct mark *v = ARENA_ARRAY(w->c->arena, cap, struct mark);
		if (w->n_marks)
			memcpy(v, w->marks, w->n_marks * sizeof *v);
		w->marks = v;
		w->cap_marks = cap;
	}
	struct mark *m = &w->marks[w->n_marks++];
	m->seq = seq;
	m->from = from;
	memcpy(m->hash, hash, KEY_MAC);
}

static int by_seq(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static void sort_marks(struct walk *w)
{
	if (w->n_marks)
		qsort(w->marks, w->n_marks, sizeof *w->marks, by_seq);
}

/* One entry: its number, its hash, and every mark that speaks of it. */
static void step(struct walk *w, int64_t seq, struct blob stored, const uint8_t computed[KEY_MAC])
{
	if (seq != w->last + 1)
		fault(w, "番号 %lld の次が %lld です（欠けているか、入れかわっています）", (long long)w->last, (long long)seq);
	bool whole = stored.n == KEY_MAC;
	if (!whole || !key_mac_equal(stored.p, computed))
		fault(w, "番号 %lld の内容が、書かれたときと違います", (long long)seq);
	while (w->first_mark < w->n_marks && w->marks[w->first_mark].seq < seq)
		w->first_mark++;
	for (size_t i = w->first_mark; i < w->n_marks && w->marks[i].seq == seq; i++) {
		w->marks[i].met = true;
		if (!whole || !key_mac_equal(stored.p, w->marks[i].hash))
			fault(w, "番号 %lld が、%sの控えと違います（書き直されています）", (long long)seq, w->marks[i].from);
	}
	if (whole)
		memcpy(w->prev, stored.p, KEY_MAC);
	else
		memcpy(w->prev, computed, KEY_MAC);
	w->last = seq;
}

static void marks_left(struct walk *w)
{
	for (size_t i = 0; i < w->n_marks; i++)
		if (!w->marks[i].met && w->marks[i].seq > 0)
			fault(w, "%sの控えにある番号 %lld がありません（終わりが切り取られています）", w->marks[i].from, (long long)w->marks[i].seq);
}

/* A head file beside the data: present as soon as there is one entry. */
static void head_mark(struct walk *w, const char *path, const char *name, bool expected)
{
	int64_t seq = 0;
	uint8_t hash[KEY_MAC];
	switch (chain_head_read(w->c, path, name, &seq, hash)) {
	case CHAIN_HEAD_GOOD:
		add_mark(w, seq, hash, "末尾ファイル");
		break;
	case CHAIN_HEAD_BAD:
		fault(w, "末尾ファイルが書きかえられています");
		break;
	case CHAIN_HEAD_NONE:
		if (expected)
			fault(w, "末尾ファイルがありません");
		break;
	}
}

static err anchor_marks(struct walk *w, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0)
		return ERR_IO;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > ANCHOR_FILE_MAX) {
		close(fd);
		return ERR_IO;
	}
	char *text = arena_alloc(w->c->arena, (size_t)st.st_size + 1);
	ssize_t got = read(fd, text, (size_t)st.st_size);
	close(fd);
	if (got != st.st_size)
		return ERR_IO;
	if (!str_utf8_valid(text, (size_t)got))
		return ERR_NOT_UTF8;
	size_t n, k = 0;
	char **lines = str_split(w->c->arena, str_lf(w->c->arena, text), '\n', &n);
	for (size_t i = 0; i < n; i++) {
		struct audit_head h;
		uint8_t hash[KEY_MAC];
		if (str_blank(lines[i]) || lines[i][0] == '#')
			continue;
		if (!audit_anchor_parse(str_trim(w->c->arena, lines[i]), &h) || !key_unhex(h.hash, hash, KEY_MAC))
			return fault_add(w->c, "anchor", ERR_INPUT, "控えのファイルの%zu行目が読めません。", i + 1);
		add_mark(w, h.seq, hash, "印刷・保管");
		k++;
	}
	return k ? OK : fault_add(w->c, "anchor", ERR_INPUT, "控えのファイルに控えの行がありません。");
}

/* The months whose files the main chain remembers. */
struct months {
	int64_t *v;
	size_t n, cap;
};

static void add_month(struct ctx *c, struct months *m, int64_t number)
{
	if (m->n == m->cap) {
		size_t cap = m->cap ? m->cap * 2 : 32;
		int64_t *v = ARENA_ARRAY(c->arena, cap, int64_t);
		if (m->n)
			memcpy(v, m->v, m->n * sizeof *v);
		m->v = v;
		m->cap = cap;
	}
	m->v[m->n++] = number;
}

static err walk_main(struct ctx *c, const char *anchor_file, struct audit_report *r, struct months *months)
{
	struct walk w = {.c = c, .r = r, .name = "変更の記録"};
	chain_start(c, "audit", w.prev);
	struct q_audit_head_get_row head;
	bool found;
	TRY(q_audit_head_get(c, &head, &found));
	if (found && head.hash.n == KEY_MAC)
		add_mark(&w, head.seq, head.hash.p, "データベース内の末尾");
	else if (found)
		fault(&w, "データベース内の末尾が壊れています");
	head_mark(&w, arena_fmt(c->arena, "%s/audit.head", c->house->data_dir), "audit", found);
	struct q_anchor_list_row *anchors;
	size_t n;
	TRY(q_anchor_list(c, &anchors, &n));
	for (size_t i = 0; i < n; i++) {
		if (anchors[i].hash.n == KEY_MAC)
			add_mark(&w, anchors[i].seq, anchors[i].hash.p, "データベース内の控え表");
		else
			fault(&w, "控え表の行 %lld が壊れています", (long long)anchors[i].id);
	}
	if (anchor_file)
		TRY(anchor_marks(&w, anchor_file));
	sort_marks(&w);
	for (int64_t after = INT64_MIN + 1;;) {
		struct arena_mark mark = arena_mark_get(c->arena);
		struct q_audit_entry_page_row *rows;
		size_t faults = r->n_faults, n_months = months->n;
		TRY(q_audit_entry_page(c, &(struct q_audit_entry_page_in){.after = after, .n = PAGE}, &rows, &n));
		for (size_t i = 0; i < n; i++) {
			uint8_t hash[KEY_MAC];
			chain_hash_entry(c, w.prev, &rows[i], hash);
			step(&w, rows[i].id, rows[i].hash, hash);
			if (str_eq(rows[i].action, "look-file"))
				add_month(c, months, rows[i].row_id);
		}
		r->entries += (int64_t)n;
		if (n)
			after = rows[n - 1].id;
		bool end = n < PAGE;
		if (faults == r->n_faults && n_months == months->n)
			arena_rewind(c->arena, mark); /* nothing in it is kept */
		if (end)
			break;
	}
	if (!found && w.last)
		fault(&w, "データベース内の末尾がありません");
	if (found && head.seq != w.last)
		fault(&w, "終わりの番号は %lld のはずですが %lld です", (long long)head.seq, (long long)w.last);
	marks_left(&w);
	return OK;
}

static bool knows_month(const struct months *m, const char *month)
{
	for (size_t i = 0; i < m->n; i++) {
		char text[32];
		snprintf(text, sizeof text, "%04lld-%02lld", (long long)(m->v[i] / 100), (long long)(m->v[i] % 100));
		if (str_eq(text, month))
			return true;
	}
	return false;
}

static err walk_month(struct ctx *c, struct ctx *s, const char *month, bool known, struct audit_report *r, int64_t *entries)
{
	struct walk w = {.c = c, .r = r, .name = arena_fmt(c->arena, "閲覧の記録 access-%s.db", month)};
	chain_start(c, month, w.prev);
	/* The main chain notes a month after its first look and head file: then the head must be there. */
	head_mark(&w, look_file(c, month, "head"), month, known);
	for (int64_t after = INT64_MIN + 1;;) {
		struct arena_mark mark = arena_mark_get(c->arena);
		struct q_look_page_row *rows;
		struct q_look_person_page_row *ids;
		size_t n, n_ids, k = 0, faults = r->n_faults;
		TRY(q_look_page(s, &(struct q_look_page_in){.after = after, .n = PAGE}, &rows, &n));
		if (n == 0)
			break;
		TRY(q_look_person_page(s, &(struct q_look_person_page_in){.after = after, .upto = rows[n - 1].id}, &ids, &n_ids));
		int64_t *list = ARENA_ARRAY(c->arena, n_ids ? n_ids : 1, int64_t);
		for (size_t i = 0; i < n; i++) {
			uint8_t hash[KEY_MAC];
			size_t m = 0;
			while (k < n_ids && ids[k].look_entry_id < rows[i].id) {
				fault(&w, "番号 %lld の記録がないのに、対象者の行があります", (long long)ids[k].look_entry_id);
				k++;
			}
			while (k < n_ids && ids[k].look_entry_id == rows[i].id)
				list[m++] = ids[k++].person_id;
			chain_hash_look(c, w.prev, month, &rows[i], list, m, hash);
			step(&w, rows[i].id, rows[i].hash, hash);
		}
		*entries += (int64_t)n;
		after = rows[n - 1].id;
		if (faults == r->n_faults)
			arena_rewind(c->arena, mark);
	}
	struct q_look_person_outside_row outside;
	TRY(q_look_person_outside(s, &(struct q_look_person_outside_in){.last = w.last}, &outside));
	if (outside.n)
		fault(&w, "どの記録にも属さない対象者の行が %lld 件あります", (long long)outside.n);
	marks_left(&w);
	return OK;
}

static bool has_month(const char **v, size_t n, const char *month)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], month))
			return true;
	return false;
}

static err walk_looks(struct ctx *c, struct audit_report *r, const struct months *known)
{
	const char **files, **heads;
	size_t n_files, n_heads;
	struct walk w = {.c = c, .r = r, .name = "閲覧の記録"};
	TRY(look_months(c, "db", &files, &n_files));
	TRY(look_months(c, "head", &heads, &n_heads));
	for (size_t i = 0; i < n_heads; i++)
		if (!has_month(files, n_files, heads[i]))
			fault(&w, "access-%s.db がありません", heads[i]);
	for (size_t i = 0; i < known->n; i++) {
		const char *month = arena_fmt(c->arena, "%04lld-%02lld", (long long)(known->v[i] / 100), (long long)(known->v[i] % 100));
		if (!has_month(files, n_files, month) && !has_month(heads, n_heads, month))
			fault(&w, "access-%s.db がありません", month);
	}
	for (size_t i = 0; i < n_files; i++) {
		struct ctx s;
		int64_t entries = 0;
		err e = look_read(c, look_file(c, files[i], "db"), &s);
		if (e == OK)
			e = walk_month(c, &s, files[i], knows_month(known, files[i]), r, &entries);
		if (err_class_of(e) == ERR_CLASS_RETRY || e == ERR_BUG)
			return e;
		if (e != OK)
			fault(&w, "access-%s.db を読めません（壊れているか、別のファイルです）", files[i]);
		r->looks += entries;
	}
	r->files = (int64_t)n_files;
	return OK;
}

err audit_verify(struct ctx *c, const char *anchor_file, struct audit_report *out)
{
	TRY(chain_ready(c));
	struct audit_report r = {0};
	struct months months = {0};
	r.faults = ARENA_ARRAY(c->arena, MOST_FAULTS, const char *);
	TRY(walk_main(c, anchor_file, &r, &months));
	TRY(walk_looks(c, &r, &months));
	*out = r;
	return OK;
}
