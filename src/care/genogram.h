/* genogram — the family picture of a client (F034): the same people as the register (register/relation), never a copy.
 *
 * The register tells relations to the client. Between two relatives a tie is inferred only where there is one answer
 * (one spouse: parent of the children; 「長男の妻」: married to the one called 長男); else the user says it (register/kin_tie).
 * A tie that was said goes before one inferred. Friends, neighbours and helpers stand in the picture only as key person,
 * main carer or member of the household; they belong to the ecomap.
 * Sex: as recorded; else from a 続柄 that leaves no doubt (長女, 夫); else unknown (◇).
 * Gate: SEE of class family; ERR_DENIED without it. Adding and changing people writes relation and contact; every act can
 * be undone (care/drawing). Ownership: arena. Errors: of register/relation and register/kin_tie. Tests: tests/unit/test_care_drawing.c. */
#ifndef TSU_CARE_GENOGRAM_H
#define TSU_CARE_GENOGRAM_H

#include "care/drawing.h"
#include "care/genogram_draw.h"
#include "register/kin_tie.h"
#include "register/relation.h"

struct genogram_entry {
	const char *key;              /* pid of the relation; "me" = the client */
	int64_t relation_id;          /* INT_NULL = the client */
	const struct relation_view *rel; /* NULL = the client */
	bool is_contact, may_edit;    /* may_edit: it is this client's own relation */
	bool in_picture;
	const char *sex;              /* as recorded: "1" "2" "" … */
	bool sex_guessed;             /* told by the 続柄 */
	int64_t birth_year;           /* INT_NULL */
	civil deceased_on;
	int64_t contact_version;
	bool loose;                   /* no line leads here */
	int order;                    /* set by hand; 0 = none */
};
struct genogram_tie {
	const char *pid;              /* of kin_tie; "" = inferred or told by the relation itself */
	int64_t version;
	const struct t_kin_tie *row;  /* NULL if inferred */
	int a, b;                     /* index of people */
	const char *words;            /* 婚姻, 親と子 */
	bool drawn;
};

struct genogram {
	int64_t person_id;
	const char *person_pid, *name;
	struct geno_person *people;   /* people[0] is the client */
	struct genogram_entry *who;   /* beside people */
	size_t n;                     /* in the picture */
	struct geno_tie *geno_ties;
	struct genogram_tie *ties;    /* beside geno_ties */
	size_t n_ties;
	size_t n_left_out;            /* more than GENO_PEOPLE_MAX */
	bool may_write;
};

MUST err genogram_get(struct ctx *c, const char *person_pid, struct genogram *out);
/* "me" or the pid of a relation → index; -1. */
int genogram_find(const struct genogram *g, const char *key);
/* Lays out; marks loose people and ties that were not drawn. */
const struct drawing *genogram_drawing(struct ctx *c, struct genogram *g, const struct geno_size *size);
/* A sheet of its own, A4 across. Gate: PRINT of class family. */
MUST err genogram_pdf(struct ctx *c, const char *person_pid, const char **bytes, size_t *n);

/* ---- acts ---- */
struct genogram_person_input {
	const char *key;              /* "" = a new one */
	int64_t version, contact_version;
	const char *kind, *label, *living;
	bool is_key_person, is_main_carer;
	/* a contact only */
	const char *name, *kana, *sex;
	int64_t birth_year;
	bool is_deceased;
	civil deceased_on;
	/* a new one only: tied at once; "" = not */
	const char *tie_kind, *tie_to;
};
MUST err genogram_person_save(struct ctx *c, const char *person_pid, const struct genogram_person_input *in, struct row_conflict **conflict);
MUST err genogram_person_remove(struct ctx *c, const char *person_pid, const char *key, const char *reason);
struct genogram_tie_input {
	const char *pid;              /* "" = a new one, or the tie of the same two if there is one */
	int64_t version;
	const char *a, *b, *kind;     /* keys; a is the parent of b */
	civil from_on, to_on;         /* to_on CIVIL_NONE = open */
	int64_t sort_no;
	const char *note;
};
MUST err genogram_tie_save(struct ctx *c, const char *person_pid, const struct genogram_tie_input *in, struct row_conflict **conflict);
MUST err genogram_tie_remove(struct ctx *c, const char *person_pid, const char *tie_pid, const char *reason);
/* One place to the left or right among brothers and sisters (or marriages' children); ERR_RANGE at the end of the row. */
MUST err genogram_move(struct ctx *c, const char *person_pid, const char *key, bool right);

/* ---- shared by genogram.c and genogram_infer.c ---- */
void genogram_infer(struct ctx *c, struct genogram *g, const struct t_kin_tie *rows, size_t n);
enum geno_sex genogram_sex_of_kin(const char *label); /* 長女 → woman; GENO_UNKNOWN where the word leaves a doubt */

#endif
