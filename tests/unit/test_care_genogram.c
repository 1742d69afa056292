/* care/genogram_layout and genogram_draw: twelve sample families and many random ones. */
#include "unit.h"

#include "base/pid.h"
#include "base/str.h"
#include "care/genogram_draw.h"
#include "print_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { C = 1, D = 2, K = 4, M = 8, H = 16, MOST = 40 };

struct family {
	const char *id, *title;
	struct geno_person p[MOST];
	size_t n;
	struct geno_tie t[3 * MOST];
	size_t n_ties;
};

#define P(sex_, born_, age_, f, name_, kin_)                                                                          \
	{.key = "", .name = (name_), .kin = (kin_), .sex = GENO_##sex_, .born = (born_), .age = (age_), .deceased = ((f) & D) != 0, \
	 .is_client = ((f) & C) != 0, .is_key = ((f) & K) != 0, .is_carer = ((f) & M) != 0, .together = ((f) & H) != 0},
#define T(kind_, a_, b_, order_) {.kind = GENO_##kind_, .a = (a_), .b = (b_), .order = (order_)},
#define FAMILY(id, title, people, ties)                                                                               \
	static const struct geno_person people_of_##id[] = {people};                                                  \
	static const struct geno_tie ties_of_##id[] = {ties {0}};
#include "genogram_families.tbl.h"
#undef FAMILY
static const struct {
	const char *id, *title;
	const struct geno_person *p;
	size_t n;
	const struct geno_tie *t;
	size_t n_ties;
} samples[] = {
#define FAMILY(id, title, people, ties)                                                                               \
	{#id, title, people_of_##id, sizeof people_of_##id / sizeof(struct geno_person), ties_of_##id, sizeof ties_of_##id / sizeof(struct geno_tie) - 1},
#include "genogram_families.tbl.h"
#undef FAMILY
};
enum { SAMPLES = sizeof samples / sizeof samples[0] };

static void sample(size_t i, struct family *f)
{
	*f = (struct family){.id = samples[i].id, .title = samples[i].title, .n = samples[i].n, .n_ties = samples[i].n_ties};
	for (size_t k = 0; k < f->n; k++)
		f->p[k] = samples[i].p[k];
	for (size_t k = 0; k < f->n_ties; k++)
		f->t[k] = samples[i].t[k];
}

/* ---- what must hold of every picture ---- */

struct area {
	int x1, y1, x2, y2;
};

/* The shape and, below it, the room of its label. */
static struct area cell(const struct geno_layout *l, size_t i, bool label)
{
	int half = l->size->shape / 2, x = l->at[i].x, y = l->at[i].y;
	if (!label)
		return (struct area){x - half, y - half, x + half, y + half};
	return (struct area){x - l->size->label_w / 2, y + half + 4, x + l->size->label_w / 2, y - half + geno_row_height(l->size)};
}

static bool meet(struct area a, struct area b) { return a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2; }

static void nobody_overlaps(const char *id, const struct geno_layout *l, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_true(l->at[i].x > 0 && l->at[i].x < l->w && l->at[i].y > 0 && l->at[i].y < l->h);
		for (size_t k = 0; k < n; k++)
			if ((i != k && meet(cell(l, i, false), cell(l, k, false))) || meet(cell(l, i, false), cell(l, k, true)) ||
			    (i != k && meet(cell(l, i, true), cell(l, k, true))))
				fail_msg("%s: %zu and %zu overlap", id, i, k);
	}
}

/* All lines run along the axes. Inside of a shape or a label there is none, not even the person's own. */
static void no_line_crosses(const char *id, const struct geno_layout *l, const struct family *f)
{
	for (size_t i = 0; i < l->n_lines; i++)
		for (size_t s = 0; s + 1 < l->lines[i].n_points; s++) {
			const int *p = l->lines[i].xy + 2 * s;
			assert_true(p[0] == p[2] || p[1] == p[3]);
			struct area line = {p[0] < p[2] ? p[0] : p[2], p[1] < p[3] ? p[1] : p[3], (p[0] > p[2] ? p[0] : p[2]) + 1, (p[1] > p[3] ? p[1] : p[3]) + 1};
			for (size_t k = 0; k < f->n; k++) {
				struct area c = cell(l, k, false);
				int in = f->p[k].sex == GENO_MAN ? 2 : l->size->shape / 3; /* round shapes leave their corners free */
				struct area core = {c.x1 + in, c.y1 + 2, c.x2 - in, c.y2 - 2};
				if (meet(line, core) || meet(line, cell(l, k, true)))
					fail_msg("%s: line %zu (%d,%d-%d,%d) crosses %zu", id, i, p[0], p[1], p[2], p[3], k);
			}
		}
}

static bool in_polygon(const struct geno_outline *o, int x, int y)
{
	bool in = false;
	for (size_t i = 0, k = o->n_points - 1; i < o->n_points; k = i++) {
		const int *a = o->xy + 2 * i, *b = o->xy + 2 * k;
		if ((a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0])
			in = !in;
	}
	return in;
}

static void outline_encloses_the_right_ones(const char *id, const struct geno_layout *l, const struct family *f)
{
	size_t together = 0;
	for (size_t i = 0; i < f->n; i++)
		together += f->p[i].together;
	assert_int_equal(l->n_outlines > 0, together > 1);
	for (size_t i = 0; i < f->n; i++) {
		struct area c = cell(l, i, false), t = cell(l, i, true);
		const int corner[8][2] = {{c.x1, c.y1}, {c.x2, c.y1}, {c.x1, c.y2}, {c.x2, c.y2}, {t.x1, t.y1}, {t.x2, t.y1}, {t.x1, t.y2}, {t.x2, t.y2}};
		for (int k = 0; k < 8; k++) {
			bool in = false;
			for (size_t o = 0; o < l->n_outlines; o++)
				in ^= in_polygon(&l->outlines[o], corner[k][0], corner[k][1]);
			if (in != (f->p[i].together && together > 1))
				fail_msg("%s: person %zu corner %d is %s the outline", id, i, k, in ? "inside" : "outside");
		}
	}
}

static struct geno_layout *look(struct arena *a, struct family *f, const struct geno_size *size)
{
	struct geno_layout *l = geno_layout(a, size, f->p, f->n, f->t, f->n_ties);
	nobody_overlaps(f->id, l, f->n);
	no_line_crosses(f->id, l, f);
	outline_encloses_the_right_ones(f->id, l, f);
	return l;
}

static int couples(const struct geno_layout *l, enum geno_kind kind)
{
	int n = 0;
	for (size_t i = 0; i < l->n_lines; i++)
		n += l->lines[i].kind == kind;
	return n;
}

static void twelve_families(void **state)
{
	struct arena *a = *state;
	assert_int_equal(SAMPLES, 12);
	struct pdf *p = pdf_new(a, help_fonts(), &(struct pdf_info){.title = "12"});
	for (size_t i = 0; i < SAMPLES; i++) {
		struct family f;
		sample(i, &f);
		for (int small = 0; small < 2; small++) {
			struct geno_layout *l = look(a, &f, small ? &GENO_SIZE_BOX : &GENO_SIZE_PAGE);
			assert_int_equal(l->n_undrawn, 0);
			for (size_t k = 0; k < f.n; k++)
				assert_false(l->at[k].loose);
			for (enum geno_kind kind = GENO_COUPLE; kind <= GENO_PARTNER; kind++) { /* each relation once */
				int want = 0;
				for (size_t t = 0; t < f.n_ties; t++)
					want += f.t[t].kind == kind;
				assert_int_equal(couples(l, kind), want);
			}
			struct drawing *d = geno_draw(a, l, f.p, f.n, f.title, "");
			pdf_page_add(p, PDF_A4_H, PDF_A4_W);
			drawing_pdf(p, d, 100, 100, small ? 780 : PDF_A4_H - 200, small ? 490 : PDF_A4_W - 200);
			assert_true(drawing_least_pt10(d, PDF_A4_H - 200, PDF_A4_W - 200) >= 45);
		}
	}
	struct help_file file = help_write(p);
	if (getenv("GENO_OUT"))
		help_run(a, "cp %s %s/twelve.pdf", file.path, getenv("GENO_OUT"));
	const char *t = help_text(a, &file, "-raw");
	assert_non_null(strstr(t, "見本 花江"));
	assert_non_null(strstr(t, "享年52"));
}

static void marriages_stand_in_their_order(void **state)
{
	struct arena *a = *state;
	struct family f;
	sample(1, &f);
	struct geno_layout *l = look(a, &f, &GENO_SIZE_PAGE);
	assert_true(l->at[1].x < l->at[0].x && l->at[0].x < l->at[2].x);
	assert_true(l->at[3].x < l->at[4].x && l->at[4].x < l->at[5].x);
	assert_true(l->at[0].y == l->at[1].y && l->at[3].y > l->at[0].y);
	f.t[0].order = 3; /* the first wife came last */
	l = look(a, &f, &GENO_SIZE_PAGE);
	assert_true(l->at[2].x < l->at[0].x && l->at[0].x < l->at[1].x);
	sample(5, &f);
	l = look(a, &f, &GENO_SIZE_PAGE);
	assert_int_equal(l->n_rows, 4);
	f.p[8].order = 1; /* the daughter was put first by hand */
	f.p[2].order = 2;
	l = look(a, &f, &GENO_SIZE_PAGE);
	assert_true(l->at[8].x < l->at[2].x);
}

/* An uncle who marries his niece cannot be drawn in rows: it is said, not hidden. */
static void what_cannot_be_drawn_is_counted(void **state)
{
	struct arena *a = *state;
	struct family f;
	sample(2, &f);
	f.t[f.n_ties++] = (struct geno_tie){.kind = GENO_COUPLE, .a = 6, .b = 4};
	struct geno_layout *l = look(a, &f, &GENO_SIZE_PAGE);
	assert_int_equal(l->n_undrawn, 1);
	assert_false(f.t[f.n_ties - 1].drawn);
	f.p[f.n++] = (struct geno_person){.key = "", .name = "見本 いとこ", .kin = "いとこ", .age = -1};
	l = look(a, &f, &GENO_SIZE_PAGE);
	assert_true(l->at[f.n - 1].loose);
}

static uint64_t seed = 42;
static int chance(int n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (uint64_t)n);
}

static int grow(struct family *f, int sex)
{
	struct geno_person *p = &f->p[f->n];
	*p = (struct geno_person){.key = "", .name = "見本 人", .kin = "続柄", .sex = sex < 0 ? (enum geno_sex)chance(3) : (enum geno_sex)sex,
	                          .born = chance(2) ? 1920 + chance(100) : 0, .age = chance(2) ? chance(100) : -1, .deceased = chance(4) == 0,
	                          .is_client = f->n == 0, .is_key = chance(9) == 0, .is_carer = chance(9) == 0, .together = chance(3) == 0,
	                          .order = chance(5) == 0 ? 1 + chance(5) : 0, .generation = chance(4) - 1};
	return (int)f->n++;
}

static void tie(struct family *f, enum geno_kind k, int a, int b)
{
	if (f->n_ties < 3 * MOST)
		f->t[f->n_ties++] = (struct geno_tie){.kind = k, .a = a, .b = b, .order = chance(4)};
}

/* Families grow at any of their people; sometimes two who are already there are tied, however odd that is. */
static void random_family(struct family *f)
{
	*f = (struct family){.id = "random", .title = ""};
	int most = 1 + chance(30);
	grow(f, -1);
	while ((int)f->n < most) {
		int at = chance((int)f->n), who = chance(12) ? grow(f, -1) : chance((int)f->n);
		if (who == at)
			continue;
		switch (chance(7)) {
		case 0: tie(f, (enum geno_kind)chance(4), at, who); break;
		case 1: tie(f, GENO_SIBLING, at, who); break;
		case 2: tie(f, GENO_PARENT, who, at); break;
		case 3:
		case 4: tie(f, chance(6) ? GENO_PARENT : GENO_ADOPTED, at, who); break;
		case 5: /* a child of two */
			for (size_t t = 0; t < f->n_ties; t++)
				if (f->t[t].kind <= GENO_PARTNER && (f->t[t].a == at || f->t[t].b == at)) {
					tie(f, GENO_PARENT, f->t[t].a, who);
					tie(f, GENO_PARENT, f->t[t].b, who);
					break;
				}
			break;
		default: break; /* stands apart */
		}
	}
}

static void random_families(void **state)
{
	(void)state;
	for (int i = 0; i < 1500; i++) {
		struct arena *a = arena_new((size_t)16 << 20);
		struct family f;
		random_family(&f);
		char id[40];
		snprintf(id, sizeof id, "random %d", i);
		f.id = id;
		struct geno_layout *l = look(a, &f, i % 2 ? &GENO_SIZE_PAGE : &GENO_SIZE_BOX);
		size_t undrawn = 0;
		for (size_t t = 0; t < f.n_ties; t++)
			undrawn += !f.t[t].drawn;
		assert_int_equal(undrawn, l->n_undrawn);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(twelve_families), UNIT(marriages_stand_in_their_order), UNIT(what_cannot_be_drawn_is_counted), UNIT(random_families),
	};
	return cmocka_run_group_tests_name("care_genogram", tests, help_start, help_stop);
}
