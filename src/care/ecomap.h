/* ecomap — the client in the middle of family, services and informal help, on one day (F035, ux U43).
 *
 * Nodes and ties have days, so two days can be set side by side. Kinds of ties differ in shape: strong ═, normal ─,
 * weak ┄, stress zigzag; arrows tell which way support flows. The picture is worked out, nothing is placed by hand but
 * the order around the client.
 * Gate: class family. Acts can be undone (care/drawing). Ownership: arena. Errors: of register/ecomap.
 * Tests: tests/unit/test_care_drawing.c, test_care_genogram.c (layout). */
#ifndef TSU_CARE_ECOMAP_H
#define TSU_CARE_ECOMAP_H

#include "care/drawing.h"
#include "codec/draw.h"
#include "register/ecomap.h"

struct ecomap_node {
	const struct t_ecomap_node *row;
	const char *name, *kind_label, *detail; /* detail: 続柄 or kind of organisation; "" */
	const char *org_pid, *relation_pid;     /* "" */
	bool holds;                             /* on the day */
	int64_t person_id;                      /* of the register, behind a relation; 0 = none */
};
struct ecomap_tie {
	const struct t_ecomap_tie *row;
	int a, b;                               /* index of nodes; -1 = the client */
	const char *words;                      /* 強い、ストレス、→ */
	bool holds;
};
struct ecomap {
	int64_t person_id;
	const char *person_pid, *name, *sex;
	civil on;
	struct ecomap_node *nodes;              /* clockwise; all days */
	size_t n_nodes;
	struct ecomap_tie *ties;
	size_t n_ties;
	bool may_write;
};
/* on CIVIL_NONE = today. */
MUST err ecomap_get(struct ctx *c, const char *person_pid, civil on, struct ecomap *out);
const struct drawing *ecomap_drawing(struct ctx *c, const struct ecomap *e);
/* A4 across; with CIVIL_NONE: one day, else two days side by side. Gate: PRINT of class family. */
MUST err ecomap_pdf(struct ctx *c, const char *person_pid, civil on, civil with, const char **bytes, size_t *n);

/* For a plan that takes up a service: is there a node for this organisation or of this name today? If
 * not, the plan offers to add one. ERR_DENIED without the right to class family: then nothing is offered. */
MUST err ecomap_offer(struct ctx *c, int64_t person_id, int64_t org_id, const char *label, bool *exists);

/* ---- acts ---- */
struct ecomap_node_input {
	const char *pid;                        /* "" = a new one */
	int64_t version;
	int64_t org_id;                         /* INT_NULL = none */
	const char *relation_pid, *label, *kind, *note;
	civil from_on, to_on;                   /* to_on CIVIL_NONE = open */
	/* a new one: the tie to the client is made at once */
	const char *strength, *flow;
	bool is_stress;
};
MUST err ecomap_node_save_act(struct ctx *c, const char *person_pid, const struct ecomap_node_input *in, struct row_conflict **conflict);
struct ecomap_tie_input {
	const char *pid;
	int64_t version;
	const char *a, *b;                      /* pid of nodes; "me" = the client */
	const char *strength, *flow, *note;
	bool is_stress;
	civil from_on, to_on;
};
MUST err ecomap_tie_save_act(struct ctx *c, const char *person_pid, const struct ecomap_tie_input *in, struct row_conflict **conflict);
/* A node takes its ties along; key: pid of a node or of a tie. */
MUST err ecomap_remove(struct ctx *c, const char *person_pid, const char *key, const char *reason);
MUST err ecomap_move(struct ctx *c, const char *person_pid, const char *node_pid, bool later); /* one place clockwise or back */

/* ---- layout, pure ---- */
struct ecomap_place {
	int x, y, w, h;                         /* centre and size */
};
/* Places of n nodes around the middle of *width × *height; no two overlap, none meets the client's circle. */
void ecomap_layout(size_t n, struct ecomap_place *at, int *width, int *height);

#endif
