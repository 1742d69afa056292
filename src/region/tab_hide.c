/* Small cells (C-193): what is hidden so that neither a small count nor what follows from it by subtraction is printed.
 *
 * A count from 1 to below - 1 is small. On every line whose total is printed, the hidden counts together must leave room: no hidden
 * count can be pinned down below the threshold, even by a reader who knows that hidden counts are at least 1. In a grid, hidden cells
 * seen as edges between rows and columns must moreover lie on a cycle each: an edge on no cycle (a bridge) is exactly what some sum and
 * difference of printed lines gives away (D. Gusfield, A graph theoretic approach to statistical data security, 1988). */
#include "region/tab_own.h"

int64_t tab_hide_below(const struct tab_data *d)
{
	return (d->owner && !d->anonymous) || d->small_cell <= 1 ? 0 : d->small_cell;
}

static bool is_small(int64_t below, int64_t v)
{
	return v > 0 && v < below;
}

/* Of n cells at v[i * step] that add up to something printed: hide more until what is hidden protects itself. True if some were added. */
static bool protect_line(int64_t below, const int64_t *v, uint8_t *hide, size_t n, size_t step)
{
	int64_t sum = 0, hidden = 0;
	bool added = false;
	for (size_t i = 0; i < n; i++)
		if (hide[i * step]) {
			sum += v[i * step];
			hidden++;
		}
	/* any hidden count can be as large as sum - (hidden - 1) */
	while (hidden && (hidden < 2 || sum - (hidden - 1) < below)) {
		size_t best = n;
		for (size_t i = 0; i < n; i++) {
			if (hide[i * step])
				continue;
			int64_t x = v[i * step];
			/* the smallest that is not 0 costs the reader least; zeros only when nothing else is left */
			if (best == n || (x && (!v[best * step] || x < v[best * step])))
				best = i;
		}
		if (best == n)
			break;
		hide[best * step] = 1;
		sum += v[best * step];
		hidden++;
		added = true;
	}
	return added;
}

void tab_hide_line(int64_t below, const int64_t *v, size_t n, uint8_t *hide)
{
	for (size_t i = 0; i < n; i++)
		hide[i] = is_small(below, v[i]);
	(void)protect_line(below, v, hide, n, 1);
}

/* ---- grid -------------------------------------------------------------------------------------------------------- */

struct grid {
	const int64_t *v;
	uint8_t *hide;
	size_t nr, nc, width; /* width = nc + 1 */
	int64_t below;
	/* search for bridges; nodes: rows 0 … nr, then columns */
	int *seen, *low;
	int clock;
	size_t bridge;        /* cell, or SIZE_MAX */
};

static bool edge(const struct grid *g, size_t x, size_t y, size_t *cell)
{
	size_t rows = g->nr + 1;
	if ((x < rows) == (y < rows))
		return false;
	*cell = x < rows ? x * g->width + (y - rows) : y * g->width + (x - rows);
	return g->hide[*cell];
}

/* Depth is at most the number of lines of one table. */
static void walk(struct grid *g, size_t node, size_t from)
{
	size_t nodes = g->nr + 1 + g->width;
	g->seen[node] = g->low[node] = ++g->clock;
	for (size_t next = 0; next < nodes; next++) {
		size_t cell;
		if (!edge(g, node, next, &cell) || next == from)
			continue;
		if (!g->seen[next]) {
			walk(g, next, node);
			g->low[node] = g->low[next] < g->low[node] ? g->low[next] : g->low[node];
			if (g->low[next] > g->seen[node])
				g->bridge = cell;
		} else if (g->seen[next] < g->low[node]) {
			g->low[node] = g->seen[next];
		}
	}
}

static bool find_bridge(struct grid *g)
{
	size_t nodes = g->nr + 1 + g->width;
	g->bridge = SIZE_MAX;
	g->clock = 0;
	for (size_t i = 0; i < nodes; i++)
		g->seen[i] = g->low[i] = 0;
	for (size_t i = 0; i < nodes; i++)
		if (!g->seen[i])
			walk(g, i, SIZE_MAX);
	return g->bridge != SIZE_MAX;
}

/* Hide the cheapest inner cell that shares a line with the bridge; any if its lines are full. A hidden total is a bridge too as long
 * as all it is made of is printed. False when all is hidden. */
static bool mend_bridge(struct grid *g)
{
	size_t r = g->bridge / g->width, c = g->bridge % g->width, best = SIZE_MAX;
	for (int anywhere = 0; anywhere < 2 && best == SIZE_MAX; anywhere++)
		for (size_t i = 0; i < g->nr; i++)
			for (size_t k = 0; k < g->nc; k++) {
				size_t cell = i * g->width + k;
				if (g->hide[cell] || (!anywhere && i != r && k != c))
					continue;
				if (best == SIZE_MAX || (g->v[cell] && (!g->v[best] || g->v[cell] < g->v[best])))
					best = cell;
			}
	if (best == SIZE_MAX)
		return false;
	g->hide[best] = 1;
	return true;
}

static bool protect_lines(struct grid *g)
{
	bool added = false;
	for (size_t r = 0; r < g->nr; r++)
		added |= !g->hide[r * g->width + g->nc] && protect_line(g->below, g->v + r * g->width, g->hide + r * g->width, g->nc, 1);
	for (size_t c = 0; c < g->nc; c++)
		added |= !g->hide[g->nr * g->width + c] && protect_line(g->below, g->v + c, g->hide + c, g->nr, g->width);
	return added;
}

void tab_hide_grid(struct arena *a, int64_t below, const int64_t *v, size_t nr, size_t nc, uint8_t *hide)
{
	struct grid g = {.v = v, .hide = hide, .nr = nr, .nc = nc, .width = nc + 1, .below = below};
	size_t w = g.width, cells = (nr + 1) * w;
	for (size_t i = 0; i < cells; i++)
		hide[i] = 0;
	if (below <= 1)
		return;
	for (size_t i = 0; i < cells; i++)
		hide[i] = is_small(below, v[i]);
	/* the totals first and alone: other tables print the same ones */
	(void)protect_line(below, v + nc, hide + nc, nr, w);
	(void)protect_line(below, v + nr * w, hide + nr * w, nc, 1);
	if (hide[cells - 1]) { /* fewer people than the threshold in all: nothing is printed */
		for (size_t i = 0; i < cells; i++)
			hide[i] = 1;
		return;
	}
	if (nr == 1 || nc == 1) { /* each inner cell is one of the totals */
		for (size_t r = 0; r < nr; r++)
			for (size_t c = 0; c < nc; c++)
				hide[r * w + c] = nr == 1 ? hide[w + c] : hide[r * w + nc];
		return;
	}
	g.seen = ARENA_ARRAY(a, nr + 1 + w, int);
	g.low = ARENA_ARRAY(a, nr + 1 + w, int);
	for (bool more = true; more;) {
		while (protect_lines(&g))
			;
		more = find_bridge(&g) && mend_bridge(&g);
	}
}
