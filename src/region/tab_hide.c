/* Small cells (C-193): what is hidden so that neither a small count nor what follows from it by subtraction is printed.
 *
 * A count from 1 to below - 1 is small. What is promised: for every small count there is another table, equal in all that is printed, in
 * which that count is not small; so no sum or difference of printed figures shows that it is. Where possible this holds even for a reader
 * who knows that a hidden count is at least 1, because zeros are printed. Single lines are done by adding up; a grid is a flow from rows
 * to columns (totals flow back), another equal table is a circle of hidden cells along which units can be pushed, and where there is none
 * the cheapest circle through printed cells is hidden too (the shortest-path heuristic of complementary suppression). */
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

/* Cells are arcs: inner cell row → column, total of a row T → row, total of a column column → R, all R → T. Pushing a unit along an arc
 * adds 1 to its cell, against it takes 1 away; what comes into a node goes out of it, as sums want it. */
struct flow {
	const int64_t *v;     /* the true table */
	int64_t *x;           /* another table, equal in all that is printed */
	uint8_t *hide;
	size_t nr, nc, width; /* width = nc + 1 */
	size_t nodes;         /* rows, R, columns, T */
	int64_t low;          /* what the reader knows of hidden counts that are not 0 */
	int64_t *far;         /* [nodes] cost of the cheapest way */
	size_t *via;          /* [nodes] the node before */
	bool *done;
};

static const int64_t FAR = INT64_MAX;

static size_t tail_of(const struct flow *f, size_t cell)
{
	size_t r = cell / f->width, c = cell % f->width;
	return r < f->nr ? c < f->nc ? r : f->nr + 1 + f->nc : c < f->nc ? f->nr + 1 + c : f->nr;
}

static size_t head_of(const struct flow *f, size_t cell)
{
	size_t r = cell / f->width, c = cell % f->width;
	return r < f->nr ? c < f->nc ? f->nr + 1 + c : r : c < f->nc ? f->nr : f->nr + 1 + f->nc;
}

/* The cell between two nodes; SIZE_MAX if there is none. */
static size_t cell_between(const struct flow *f, size_t a, size_t b)
{
	size_t row = a <= f->nr ? a : b, col = a <= f->nr ? b : a;
	return row > f->nr || col <= f->nr ? SIZE_MAX : row * f->width + (col - f->nr - 1);
}

/* What it costs to change the cell in that direction; FAR if it cannot be. Printed totals and the grand total stay. */
static int64_t cost_of(const struct flow *f, size_t cell, bool add)
{
	bool inner = cell / f->width < f->nr && cell % f->width < f->nc;
	if (cell == (f->nr + 1) * f->width - 1 || (!f->hide[cell] && !inner))
		return FAR;
	if (!add && f->x[cell] <= (f->v[cell] > 0 ? f->low : 0))
		return FAR;
	/* each printed cell that has to go costs more than any difference in size; a zero is the last resort */
	return f->hide[cell] ? 0 : f->v[cell] ? ((int64_t)1 << 32) + f->v[cell] : (int64_t)1 << 42;
}

/* The cheapest way from one node to the other that does not use the cell itself (Dijkstra; tables are small). */
static bool find_way(struct flow *f, size_t from, size_t to, size_t without)
{
	for (size_t i = 0; i < f->nodes; i++) {
		f->far[i] = FAR;
		f->done[i] = false;
	}
	f->far[from] = 0;
	for (;;) {
		size_t at = f->nodes;
		for (size_t i = 0; i < f->nodes; i++)
			if (!f->done[i] && f->far[i] != FAR && (at == f->nodes || f->far[i] < f->far[at]))
				at = i;
		if (at == f->nodes)
			return f->far[to] != FAR;
		f->done[at] = true;
		for (size_t i = 0; i < f->nodes; i++) {
			size_t cell = f->done[i] ? SIZE_MAX : cell_between(f, at, i);
			int64_t cost = cell == SIZE_MAX || cell == without ? FAR : cost_of(f, cell, tail_of(f, cell) == at);
			if (cost == FAR || (f->far[i] != FAR && f->far[at] + cost >= f->far[i]))
				continue;
			f->far[i] = f->far[at] + cost;
			f->via[i] = at;
		}
	}
}

/* Can the count grow up to `below` in some table equal to this one? Hides what is needed for it. */
static bool make_room(struct flow *f, size_t cell, int64_t below)
{
	size_t cells = (f->nr + 1) * f->width;
	for (size_t i = 0; i < cells; i++)
		f->x[i] = f->v[i];
	while (f->x[cell] < below) {
		size_t from = head_of(f, cell), to = tail_of(f, cell);
		if (!find_way(f, from, to, cell))
			return false;
		for (size_t i = to; i != from; i = f->via[i]) {
			size_t on = cell_between(f, f->via[i], i);
			f->hide[on] = 1;
			f->x[on] += tail_of(f, on) == f->via[i] ? 1 : -1;
		}
		f->x[cell]++;
	}
	return true;
}

void tab_hide_grid(struct arena *a, int64_t below, const int64_t *v, size_t nr, size_t nc, uint8_t *hide)
{
	size_t w = nc + 1, cells = (nr + 1) * w;
	for (size_t i = 0; i < cells; i++)
		hide[i] = below > 1 && is_small(below, v[i]);
	if (below <= 1)
		return;
	/* the totals first and alone: other tables print the same ones */
	(void)protect_line(below, v + nc, hide + nc, nr, w);
	(void)protect_line(below, v + nr * w, hide + nr * w, nc, 1);
	if (hide[cells - 1]) { /* fewer people than the threshold in all: nothing is printed */
		for (size_t i = 0; i < cells; i++)
			hide[i] = 1;
		return;
	}
	if (nr <= 1 || nc <= 1) { /* each inner cell is one of the totals */
		for (size_t r = 0; r < nr; r++)
			for (size_t c = 0; c < nc; c++)
				hide[r * w + c] = nr == 1 ? hide[w + c] : hide[r * w + nc];
		return;
	}
	struct flow f = {.v = v, .hide = hide, .nr = nr, .nc = nc, .width = w, .nodes = nr + 1 + w};
	f.x = ARENA_ARRAY(a, cells, int64_t);
	f.far = ARENA_ARRAY(a, f.nodes, int64_t);
	f.via = ARENA_ARRAY(a, f.nodes, size_t);
	f.done = ARENA_ARRAY(a, f.nodes, bool);
	for (size_t i = 0; i < cells; i++) {
		if (!is_small(below, v[i]))
			continue;
		/* Against zeros there is always room: with all inner cells hidden a count may be as large as the smaller of its totals, and
		 * printed totals are 0 or not small, hidden ones have room on their own line. More hidden cells never take room away. */
		f.low = 1;
		if (!make_room(&f, i, below)) {
			f.low = 0;
			(void)make_room(&f, i, below);
		}
	}
}
