/* The dashed outline around those who live together: rectangles around neighbours, joined by corridors through the
 * bands and gutters where nobody stands, and the edge of all of them walked around. */
#include "care/genogram_layout.h"

#include <stdlib.h>

enum { PAD = 14, CORRIDOR = 10 };

struct rect {
	int x1, y1, x2, y2;
};
struct area {
	struct geno_work *w;
	struct rect *v;
	size_t n, cap;
};
struct run { /* neighbours in one row */
	int row, x1, x2;
	bool joined;
};

static void add(struct area *a, int x1, int y1, int x2, int y2)
{
	if (a->n < a->cap)
		a->v[a->n++] = (struct rect){x1 < x2 ? x1 : x2, y1 < y2 ? y1 : y2, x1 < x2 ? x2 : x1, y1 < y2 ? y2 : y1};
}

static void lane(struct area *a, int x1, int y1, int x2, int y2)
{
	add(a, (x1 < x2 ? x1 : x2) - CORRIDOR, (y1 < y2 ? y1 : y2) - CORRIDOR, (x1 < x2 ? x2 : x1) + CORRIDOR, (y1 < y2 ? y2 : y1) + CORRIDOR);
}

static int row_end(const struct geno_work *w, int row) { return w->row_y[row] + geno_row_height(w->size); }
/* Below the union bars and above the sibship's: a lane may cross lines, never shapes. */
static int band_y(const struct geno_work *w, int band)
{
	int top = band > 0 ? row_end(w, band - 1) : w->row_y[0] - 50, end = band < w->n_rows ? w->row_y[band] : top + 50;
	return (top + end) / 2;
}

static size_t runs_of(struct geno_work *w, struct run *runs)
{
	size_t n = 0;
	int half = w->size->slot / 2 - PAD;
	for (int row = 0; row < w->n_rows; row++) {
		bool open = false;
		for (int i = 0; i < w->n_row[row]; i++) {
			int p = w->row[row][i], x = w->out->at[p].x;
			if (!w->p[p].together) {
				open = false;
				continue;
			}
			if (!open)
				runs[n++] = (struct run){.row = row, .x1 = x - half};
			open = true;
			runs[n - 1].x2 = x + half;
		}
	}
	return n;
}

/* A free x through a row, nearest to the one wished for. */
static int hole(const struct geno_work *w, int row, int x)
{
	int slot = w->size->slot, best = 0, found = -1;
	for (int i = -1; i < w->n_row[row]; i++) {
		int at;
		if (i < 0)
			at = w->out->at[w->row[row][0]].x - slot / 2;
		else if (i + 1 < w->n_row[row])
			at = (w->out->at[w->row[row][i]].x + w->out->at[w->row[row][i + 1]].x) / 2;
		else
			at = w->out->at[w->row[row][i]].x + slot / 2;
		if (found < 0 || abs(at - x) < found) {
			found = abs(at - x);
			best = at;
		}
	}
	return best;
}

static int clamp(int v, int lo, int hi) { return v < lo ? lo : v > hi ? hi : v; }

/* From the upper run to the lower one; in one row through the band below it. */
static void join(struct area *a, const struct run *up, const struct run *low)
{
	struct geno_work *w = a->w;
	int in = 2 * CORRIDOR, target = (low->x1 + low->x2) / 2, x = clamp(target, up->x1 + in, up->x2 - in), y = row_end(w, up->row);
	if (up->row == low->row) {
		int by = band_y(w, up->row + 1);
		bool right = low->x1 > up->x1;
		int from = right ? up->x2 - in : up->x1 + in, to = right ? low->x1 + in : low->x2 - in;
		lane(a, from, y - in, from, by);
		lane(a, from, by, to, by);
		lane(a, to, by, to, y - in);
		return;
	}
	int x1 = up->x1 > low->x1 ? up->x1 : low->x1, x2 = up->x2 < low->x2 ? up->x2 : low->x2;
	if (low->row == up->row + 1 && x2 - x1 > 2 * in) { /* one above the other: as wide as both */
		add(a, x1, y - in, x2, w->row_y[low->row] + in);
		return;
	}
	for (int row = up->row + 1; row <= low->row; row++) {
		int by = band_y(w, row), next = row == low->row ? clamp(x, low->x1 + in, low->x2 - in) : hole(w, row, x);
		lane(a, x, y - in, x, by);
		lane(a, x, by, next, by);
		y = row == low->row ? w->row_y[row] : row_end(w, row);
		lane(a, next, by, next, row == low->row ? y + in : y);
		x = next;
	}
}

static int distance(const struct run *a, const struct run *b)
{
	int gap = a->x1 > b->x2 ? a->x1 - b->x2 : b->x1 > a->x2 ? b->x1 - a->x2 : 0;
	return abs(a->row - b->row) * 4000 + gap + (a->row == b->row ? 1500 : 0);
}

static void join_all(struct area *a, struct run *runs, size_t n)
{
	runs[0].joined = true;
	for (size_t done = 1; done < n; done++) {
		size_t from = 0, to = 0;
		int best = -1;
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < n; k++) {
				if (!runs[i].joined || runs[k].joined)
					continue;
				int d = distance(&runs[i], &runs[k]);
				if (best < 0 || d < best) {
					best = d;
					from = i;
					to = k;
				}
			}
		bool upper = runs[from].row <= runs[to].row;
		join(a, &runs[upper ? from : to], &runs[upper ? to : from]);
		runs[to].joined = true;
	}
}

/* ---- the edge of a union of rectangles ---- */

struct grid {
	int *x, *y;
	int nx, ny;
	bool *in;
	bool *done; /* edges already walked, by corner and direction */
};

static int by_value(const void *a, const void *b)
{
	int x = *(const int *)a, y = *(const int *)b;
	return x < y ? -1 : x > y;
}

static int unique(int *v, int n)
{
	int m = 0;
	qsort(v, (size_t)n, sizeof *v, by_value);
	for (int i = 0; i < n; i++)
		if (m == 0 || v[i] != v[m - 1])
			v[m++] = v[i];
	return m;
}

static bool inside(const struct grid *g, int i, int k) { return i >= 0 && k >= 0 && i < g->nx - 1 && k < g->ny - 1 && g->in[k * g->nx + i]; }

/* Directions right, down, left, up; the area lies to the right hand. Is there an edge from corner (i,k) that way? */
static bool edge(const struct grid *g, int i, int k, int dir)
{
	switch (dir) {
	case 0: return inside(g, i, k) && !inside(g, i, k - 1);
	case 1: return inside(g, i - 1, k) && !inside(g, i, k);
	case 2: return inside(g, i - 1, k - 1) && !inside(g, i - 1, k);
	default: return inside(g, i, k - 1) && !inside(g, i - 1, k - 1);
	}
}

static void walk(struct geno_work *w, struct grid *g, int i, int k)
{
	static const int dx[4] = {1, 0, -1, 0}, dy[4] = {0, 1, 0, -1};
	int *xy = ARENA_ARRAY(w->a, (size_t)g->nx * (size_t)g->ny * 4 + 2, int), dir = 0, last = -1;
	size_t n = 0;
	while (!g->done[(k * g->nx + i) * 4 + dir]) {
		if (dir != last) {
			xy[2 * n] = g->x[i];
			xy[2 * n++ + 1] = g->y[k];
		}
		g->done[(k * g->nx + i) * 4 + dir] = true;
		last = dir;
		i += dx[dir];
		k += dy[dir];
		/* at a corner the sharpest turn to the right that is an edge, so that areas touching there stay apart */
		for (int turn = 0; turn < 4; turn++) {
			int d = (last + 1 - turn + 4) % 4;
			if (edge(g, i, k, d)) {
				dir = d;
				break;
			}
		}
	}
	w->out->outlines[w->out->n_outlines++] = (struct geno_outline){xy, n};
}

static void trace(struct area *a)
{
	struct geno_work *w = a->w;
	int n = (int)a->n;
	struct grid g = {.x = ARENA_ARRAY(w->a, (size_t)(2 * n) + 1, int), .y = ARENA_ARRAY(w->a, (size_t)(2 * n) + 1, int)};
	for (int i = 0; i < n; i++) {
		g.x[2 * i] = a->v[i].x1;
		g.x[2 * i + 1] = a->v[i].x2;
		g.y[2 * i] = a->v[i].y1;
		g.y[2 * i + 1] = a->v[i].y2;
	}
	g.nx = unique(g.x, 2 * n);
	g.ny = unique(g.y, 2 * n);
	g.in = ARENA_ARRAY(w->a, (size_t)g.nx * (size_t)g.ny, bool);
	g.done = ARENA_ARRAY(w->a, (size_t)g.nx * (size_t)g.ny * 4, bool);
	for (int k = 0; k + 1 < g.ny; k++)
		for (int i = 0; i + 1 < g.nx; i++)
			for (int r = 0; r < n && !g.in[k * g.nx + i]; r++)
				g.in[k * g.nx + i] = a->v[r].x1 <= g.x[i] && a->v[r].x2 >= g.x[i + 1] && a->v[r].y1 <= g.y[k] && a->v[r].y2 >= g.y[k + 1];
	w->out->outlines = ARENA_ARRAY(w->a, (size_t)n + 8, struct geno_outline);
	for (int k = 0; k < g.ny; k++)
		for (int i = 0; i < g.nx && w->out->n_outlines < (size_t)n + 8; i++)
			if (edge(&g, i, k, 0) && !g.done[(k * g.nx + i) * 4])
				walk(w, &g, i, k);
}

void geno_outline_make(struct geno_work *w)
{
	size_t together = 0;
	for (size_t i = 0; i < w->n; i++)
		together += w->p[i].together;
	if (together < 2)
		return;
	struct run *runs = ARENA_ARRAY(w->a, w->n + 1, struct run);
	size_t n = runs_of(w, runs);
	struct area a = {.w = w, .cap = n + n * 4 * GENO_ROWS_MAX};
	a.v = ARENA_ARRAY(w->a, a.cap, struct rect);
	for (size_t i = 0; i < n; i++)
		add(&a, runs[i].x1, w->row_y[runs[i].row] - PAD, runs[i].x2, row_end(w, runs[i].row) + 2);
	join_all(&a, runs, n);
	trace(&a);
}
