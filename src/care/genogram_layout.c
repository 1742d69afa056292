/* The rows get their places and the lines their ways. */
#include "care/genogram_layout.h"

#include <stdlib.h>
#include <string.h>

const struct geno_size GENO_SIZE_PAGE = {.slot = 300, .shape = 120, .text = 30, .lines = 3, .label_w = 240, .gap = 110, .min_w = 1300, .margin = 60, .names = true};
const struct geno_size GENO_SIZE_BOX = {.slot = 190, .shape = 110, .text = 34, .lines = 2, .label_w = 146, .gap = 70, .margin = 30, .names = false};

enum { TRACK = 32, SWEEPS = 60, STEP_ASIDE = 16 };

int geno_row_height(const struct geno_size *s) { return s->shape + 8 + s->lines * s->text * 120 / 100 + 6; }

struct way {
	bool beside, split;   /* the two stand side by side; a bar in the band joins them */
	int left, right;      /* members by place; right GENO_NOBODY: a parent alone */
	int exit_l, exit_r;   /* gutters: x of the lines down */
	int drop_x, track, bar; /* where the children hang; track of the sibship, of the bar */
	int from, to;         /* the sibship's bar */
};

struct route {
	struct geno_work *w;
	int *x, *index;       /* by person; index in the row */
	struct way *way;      /* by union */
	int *used;            /* gutters: lines so far, by row and left neighbour */
	int bars[GENO_ROWS_MAX + 1], tracks[GENO_ROWS_MAX + 1]; /* by band */
	size_t cap;
	int64_t *sum, *shift, *wish; /* scratch of a sweep */
	int *count, *votes;
	bool *apart;          /* tied to nobody */
};

/* ---- x ---- */

static int middle(const struct route *r, const struct geno_union *u)
{
	const struct geno_work *w = r->w;
	if (u->n_members == 2)
		return (r->x[u->member[0]] + r->x[u->member[1]]) / 2;
	return r->x[u->member[0]] + w->size->slot / 2;
}

static int child_middle(const struct route *r, const struct geno_union *u)
{
	int lo = r->x[u->child[0]], hi = lo;
	for (int i = 1; i < u->n_children; i++) {
		int x = r->x[u->child[i]];
		lo = x < lo ? x : lo;
		hi = x > hi ? x : hi;
	}
	return (lo + hi) / 2;
}

/* Nearest to the wishes while the order and the slots are kept (pool adjacent violators). */
static void settle(struct route *r, int row)
{
	const int64_t *wish = r->wish;
	struct geno_work *w = r->w;
	int n = w->n_row[row], blocks = 0;
	int64_t *sum = r->sum;
	int *count = r->count;
	for (int i = 0; i < n; i++) {
		sum[blocks] = wish[i] - (int64_t)i * w->size->slot;
		count[blocks++] = 1;
		while (blocks > 1 && sum[blocks - 2] * count[blocks - 1] > sum[blocks - 1] * count[blocks - 2]) {
			sum[blocks - 2] += sum[blocks - 1];
			count[blocks - 2] += count[blocks - 1];
			blocks--;
		}
	}
	for (int b = 0, i = 0; b < blocks; b++)
		for (int k = 0; k < count[b]; k++, i++)
			r->x[w->row[row][i]] = (int)(sum[b] / count[b]) + i * w->size->slot;
}

/* Children want to hang in the middle below their parents, parents to stand above their children. */
static void sweep(struct route *r, int row, bool down)
{
	struct geno_work *w = r->w;
	int64_t *shift = r->shift, *wish = r->wish;
	int *votes = r->votes;
	memset(shift, 0, w->n * sizeof *shift);
	memset(votes, 0, w->n * sizeof *votes);
	for (int i = 0; i < w->n_unions; i++) {
		const struct geno_union *u = &w->u[i];
		if (!u->n_children || !u->n_members)
			continue;
		int d = middle(r, u) - child_middle(r, u);
		for (int k = 0; down && k < u->n_children; k++) {
			shift[u->child[k]] += d;
			votes[u->child[k]]++;
		}
		for (int k = 0; !down && k < u->n_members; k++) {
			shift[u->member[k]] -= d;
			votes[u->member[k]]++;
		}
	}
	for (int i = 0; i < w->n_unions; i++) { /* who has no wish goes with the spouse */
		const struct geno_union *u = &w->u[i];
		for (int k = 0; u->n_members == 2 && k < 2; k++) {
			int self = u->member[k], other = u->member[1 - k];
			if (!votes[self] && votes[other]) {
				shift[self] = shift[other] / votes[other];
				votes[self] = 1;
			}
		}
	}
	for (int i = 0; i < w->n_row[row]; i++) {
		int p = w->row[row][i];
		wish[i] = r->x[p] + (votes[p] ? shift[p] / votes[p] : 0);
		if (i && r->apart[p]) /* nothing draws them anywhere: close to their neighbour */
			wish[i] = wish[i - 1] + w->size->slot;
	}
	settle(r, row);
}

static void place(struct route *r)
{
	struct geno_work *w = r->w;
	for (int row = 0; row < w->n_rows; row++)
		for (int i = 0; i < w->n_row[row]; i++) {
			r->x[w->row[row][i]] = i * w->size->slot;
			r->index[w->row[row][i]] = i;
		}
	for (int k = 0; k < SWEEPS; k++) {
		for (int row = 1; row < w->n_rows; row++)
			sweep(r, row, true);
		for (int row = w->n_rows - 2; row >= 0; row--)
			sweep(r, row, false);
	}
	int lo = 0, hi = 0;
	for (size_t i = 0; i < w->n; i++) {
		lo = i == 0 || r->x[i] < lo ? r->x[i] : lo;
		hi = i == 0 || r->x[i] > hi ? r->x[i] : hi;
	}
	int wide = hi - lo + w->size->slot + 2 * w->size->margin, aside = wide < w->size->min_w ? (w->size->min_w - wide) / 2 : 0;
	for (size_t i = 0; i < w->n; i++)
		r->x[i] += w->size->margin + w->size->slot / 2 - lo + aside;
	w->out->w = wide + 2 * aside;
}

/* ---- ways ---- */

/* A line down beside a person; each further one in the same gutter steps aside, towards the person it comes from. */
static int gutter(struct route *r, int person, bool right)
{
	struct geno_work *w = r->w;
	int row = w->generation[person], left = right ? r->index[person] : r->index[person] - 1;
	int *used = &r->used[(size_t)row * (w->n + 1) + (size_t)(left + 1)];
	int x = r->x[person] + (right ? w->size->slot : -w->size->slot) / 2, k = ++*used;
	return x - (right ? 1 : -1) * (k > 1 ? 1 : 0) * STEP_ASIDE * (k - 1 > 1 ? 1 : k - 1);
}

static bool side_taken(const struct route *r, int person, bool right)
{
	const struct geno_work *w = r->w;
	int row = w->generation[person], left = right ? r->index[person] : r->index[person] - 1;
	return r->used[(size_t)row * (w->n + 1) + (size_t)(left + 1)] > 0;
}

static void way_of(struct route *r, int i)
{
	struct geno_work *w = r->w;
	const struct geno_union *u = &w->u[i];
	struct way *v = &r->way[i];
	v->left = u->member[0];
	v->right = u->member[1];
	if (u->n_members == 0)
		return;
	if (u->n_members == 1) {
		if (!u->n_children)
			return;
		bool right = !side_taken(r, v->left, true) || side_taken(r, v->left, false);
		v->exit_l = v->drop_x = gutter(r, v->left, right);
		return;
	}
	if (r->index[v->left] > r->index[v->right]) {
		v->left = u->member[1];
		v->right = u->member[0];
	}
	v->split = !v->beside;
	if (v->beside) {
		v->drop_x = (r->x[v->left] + r->x[v->right]) / 2;
		r->used[(size_t)w->generation[v->left] * (w->n + 1) + (size_t)(r->index[v->left] + 1)]++;
		return;
	}
	v->exit_l = gutter(r, v->left, true);
	v->exit_r = gutter(r, v->right, false);
	v->drop_x = (v->exit_l + v->exit_r) / 2;
}

static bool stand_beside(const struct route *r, const struct geno_union *u)
{
	return u->n_members == 2 && abs(r->index[u->member[0]] - r->index[u->member[1]]) == 1;
}

static bool above_a_stranger(const struct route *r, int i, int row, int x)
{
	const struct geno_work *w = r->w;
	for (int k = 0; k < w->n_row[row]; k++) {
		int p = w->row[row][k];
		if (w->parents[p] != i && w->parents[p] >= 0 && abs(r->x[p] - x) < STEP_ASIDE)
			return true;
	}
	return false;
}

/* A drop right above the child of somebody else would look like a line to it. */
static void step_aside(struct route *r, int i)
{
	static const int steps[] = {0, STEP_ASIDE, -STEP_ASIDE};
	struct way *v = &r->way[i];
	const struct geno_union *u = &r->w->u[i];
	for (int k = 0; u->n_children && v->beside && k < 3; k++)
		if (!above_a_stranger(r, i, r->w->generation[u->child[0]], v->drop_x + steps[k])) {
			v->drop_x += steps[k];
			return;
		}
}

static void span(struct route *r, int i)
{
	const struct geno_union *u = &r->w->u[i];
	struct way *v = &r->way[i];
	if (!u->n_children)
		return;
	v->from = v->to = u->n_members ? v->drop_x : r->x[u->child[0]];
	for (int k = 0; k < u->n_children; k++) {
		int x = r->x[u->child[k]];
		v->from = x < v->from ? x : v->from;
		v->to = x > v->to ? x : v->to;
	}
}

static int band_of(const struct geno_work *w, int i, bool bar)
{
	const struct geno_union *u = &w->u[i];
	return bar ? w->generation[u->member[0]] + 1 : w->generation[u->child[0]];
}

/* The first track of a band in which nothing of the same kind lies in the way. */
static void tracks(struct route *r, bool bar)
{
	struct geno_work *w = r->w;
	for (int i = 0; i < w->n_unions; i++) {
		struct way *v = &r->way[i];
		if (bar ? !v->split : !w->u[i].n_children)
			continue;
		int band = band_of(w, i, bar), lo = bar ? v->exit_l : v->from, hi = bar ? v->exit_r : v->to, t = 0;
		for (bool free = false; !free; t += !free) {
			free = true;
			for (int k = 0; k < i && free; k++) {
				const struct way *o = &r->way[k];
				if (bar ? !o->split : !w->u[k].n_children)
					continue;
				int olo = bar ? o->exit_l : o->from, ohi = bar ? o->exit_r : o->to;
				free = band_of(w, k, bar) != band || (bar ? o->bar : o->track) != t || olo > hi + TRACK || ohi < lo - TRACK;
			}
		}
		*(bar ? &v->bar : &v->track) = t;
		int *most = bar ? r->bars : r->tracks;
		most[band] = t + 1 > most[band] ? t + 1 : most[band];
	}
}

static void heights(struct route *r)
{
	struct geno_work *w = r->w;
	int y = w->size->margin;
	for (int b = 0; b <= w->n_rows; b++) {
		int lines = r->bars[b] + r->tracks[b], need = lines ? lines * TRACK + 60 : 0;
		bool between = b > 0 && b < w->n_rows;
		y += between && need < w->size->gap ? w->size->gap : need;
		w->row_y[b] = y;
		y += geno_row_height(w->size);
	}
	w->out->h = w->row_y[w->n_rows] + w->size->margin;
}

/* ---- lines ---- */

static struct geno_line *line(struct route *r, enum geno_kind kind, int tie, const int *xy, size_t n)
{
	struct geno_layout *o = r->w->out;
	if (o->n_lines == r->cap) {
		size_t cap = r->cap ? 2 * r->cap : 64;
		struct geno_line *v = ARENA_ARRAY(r->w->a, cap, struct geno_line);
		if (o->n_lines)
			memcpy(v, o->lines, o->n_lines * sizeof *v);
		o->lines = v;
		r->cap = cap;
	}
	int *copy = ARENA_ARRAY(r->w->a, 2 * n, int);
	memcpy(copy, xy, 2 * n * sizeof *copy);
	struct geno_line *l = &o->lines[o->n_lines++];
	*l = (struct geno_line){.kind = kind, .tie = tie, .xy = copy, .n_points = n};
	return l;
}

/* From the middle of a shape to its edge, a quarter of its height below the middle. */
static int edge(const struct geno_work *w, int person)
{
	int half = w->size->shape / 2;
	return w->p[person].sex == GENO_MAN ? half : w->p[person].sex == GENO_WOMAN ? half * 866 / 1000 : half / 2;
}

static int band_top(const struct route *r, int band) { return r->w->row_y[band - 1] + geno_row_height(r->w->size); }
static int bar_y(const struct route *r, int band, int track) { return band_top(r, band) + 16 + track * TRACK; }
static int track_y(const struct route *r, int band, int track) { return r->w->row_y[band] - 40 - track * TRACK; }

static int couple_lines(struct route *r, int i)
{
	struct geno_work *w = r->w;
	const struct geno_union *u = &w->u[i];
	const struct way *v = &r->way[i];
	int row = w->generation[u->member[0]], cy = w->row_y[row] + w->size->shape / 2, low = cy + w->size->shape / 4;
	int half = w->size->shape / 2;
	if (u->n_members == 1) {
		int x = r->x[v->left], e = v->drop_x > x ? edge(w, v->left) : -edge(w, v->left);
		if (u->n_children)
			line(r, GENO_PARENT, u->child_tie[0], (int[]){x + e, low, v->drop_x, low}, 2);
		return low;
	}
	if (v->beside) {
		struct geno_line *l = line(r, u->kind, u->tie, (int[]){r->x[v->left] + half, cy, r->x[v->right] - half, cy}, 2);
		l->mark_x = v->drop_x - (u->n_children ? 30 : 0);
		l->mark_y = cy;
		return cy;
	}
	int y = bar_y(r, row + 1, v->bar);
	struct geno_line *l = line(r, u->kind, u->tie, (int[]){r->x[v->left] + edge(w, v->left), low, v->exit_l, low, v->exit_l, y,
	                           v->exit_r, y, v->exit_r, low, r->x[v->right] - edge(w, v->right), low}, 6);
	l->mark_x = v->drop_x - (u->n_children ? 30 : 0);
	l->mark_y = y;
	return y;
}

static void child_lines(struct route *r, int i, int from_y)
{
	struct geno_work *w = r->w;
	const struct geno_union *u = &w->u[i];
	const struct way *v = &r->way[i];
	int row = w->generation[u->child[0]], y = track_y(r, row, v->track);
	bool adopted = true; /* all of them: then the whole of the line is dashed */
	for (int k = 0; k < u->n_children; k++)
		adopted &= u->child_tie[k] >= 0 && w->ties[u->child_tie[k]].kind == GENO_ADOPTED;
	if (u->n_members)
		line(r, adopted ? GENO_ADOPTED : GENO_PARENT, u->child_tie[0], (int[]){v->drop_x, from_y, v->drop_x, y}, 2);
	if (v->from != v->to)
		line(r, adopted ? GENO_ADOPTED : u->n_members ? GENO_PARENT : GENO_SIBLING, -1, (int[]){v->from, y, v->to, y}, 2);
	for (int k = 0; k < u->n_children; k++) {
		int t = u->child_tie[k];
		enum geno_kind kind = t >= 0 && w->ties[t].kind == GENO_ADOPTED ? GENO_ADOPTED : GENO_PARENT;
		line(r, kind, t, (int[]){r->x[u->child[k]], y, r->x[u->child[k]], w->row_y[row]}, 2);
	}
}

static void draw_lines(struct route *r)
{
	struct geno_work *w = r->w;
	for (int i = 0; i < w->n_unions; i++) {
		const struct geno_union *u = &w->u[i];
		int y = u->n_members ? couple_lines(r, i) : 0;
		if (u->n_children)
			child_lines(r, i, y);
	}
}

static void results(struct route *r)
{
	struct geno_work *w = r->w;
	struct geno_layout *o = w->out;
	o->at = ARENA_ARRAY(w->a, w->n + 1, struct geno_place);
	for (size_t i = 0; i < w->n; i++)
		o->at[i] = (struct geno_place){.x = r->x[i], .y = w->row_y[w->generation[i]] + w->size->shape / 2,
		                               .row = w->generation[i], .loose = r->apart[i] && !w->p[i].is_client};
	for (size_t t = 0; t < w->n_ties; t++)
		o->n_undrawn += !w->ties[t].drawn;
	o->n_rows = w->n_rows;
}

static bool is_tied(const struct geno_work *w, int person)
{
	if (w->parents[person] >= 0)
		return true;
	for (int k = 0; k < w->n_unions; k++) {
		const struct geno_union *u = &w->u[k];
		if ((u->member[0] == person || u->member[1] == person) && (u->n_members == 2 || u->n_children))
			return true;
	}
	return false;
}

struct geno_layout *geno_layout(struct arena *a, const struct geno_size *size, const struct geno_person *people, size_t n,
                                struct geno_tie *ties, size_t n_ties)
{
	struct geno_layout *out = ARENA_NEW(a, struct geno_layout);
	out->size = size;
	if (n == 0 || n > GENO_PEOPLE_MAX)
		return out;
	struct geno_work w = {.a = a, .size = size, .p = people, .n = n, .ties = ties, .n_ties = n_ties, .out = out};
	for (size_t t = 0; t < n_ties; t++)
		ties[t].drawn = false;
	geno_order(&w);
	struct route r = {.w = &w, .x = ARENA_ARRAY(a, n + 1, int), .index = ARENA_ARRAY(a, n + 1, int),
	                  .way = ARENA_ARRAY(a, (size_t)w.n_unions + 1, struct way), .used = ARENA_ARRAY(a, (n + 1) * GENO_ROWS_MAX, int)};
	r.sum = ARENA_ARRAY(a, n + 1, int64_t);
	r.shift = ARENA_ARRAY(a, n + 1, int64_t);
	r.wish = ARENA_ARRAY(a, n + 1, int64_t);
	r.count = ARENA_ARRAY(a, n + 1, int);
	r.votes = ARENA_ARRAY(a, n + 1, int);
	r.apart = ARENA_ARRAY(a, n + 1, bool);
	for (size_t i = 0; i < n; i++)
		r.apart[i] = !is_tied(&w, (int)i);
	place(&r);
	for (int pass = 0; pass < 2; pass++) /* neighbours first: their line takes the middle of the gutter */
		for (int i = 0; i < w.n_unions; i++)
			if ((r.way[i].beside = stand_beside(&r, &w.u[i])) == (pass == 0))
				way_of(&r, i);
	for (int i = 0; i < w.n_unions; i++) {
		step_aside(&r, i);
		span(&r, i);
	}
	tracks(&r, true);
	tracks(&r, false);
	heights(&r);
	draw_lines(&r);
	results(&r);
	geno_outline_make(&w);
	return out;
}
