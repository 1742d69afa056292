/* territory — areas at every level, who serves them when, and which town lies in which area.
 *
 * An area has a free code, several names, a level and a period. A centre may serve several areas, and an area may be
 * split between centres. Moving an area to another centre from a day ends one row and begins another: what a report
 * says about the days before does not change (C-001). The grants of the centre to the people of the area follow in the
 * same transaction. Statistics as of a day read the dated rows (person_area, org_area), never the present state.
 * Gate: read — anybody logged in; write — administrator or insurer's staff. Levels: register/area_levels.tbl.h.
 * Days inclusive. Ownership: arena. Errors: ERR_INPUT with faults, ERR_PERIOD_ORDER, ERR_CONFLICT, ERR_DENIED,
 * ERR_NOTFOUND. Tests: tests/unit/test_register_org.c. */
#ifndef TSU_REGISTER_TERRITORY_H
#define TSU_REGISTER_TERRITORY_H

#include "store/revision.h"

enum area_slot { AREA_SLOT_NONE = -1, AREA_SLOT_ZONE, AREA_SLOT_ELEMENTARY, AREA_SLOT_JUNIOR, AREA_SLOT_MINSEI, AREA_SLOT_DISTRICT, AREA_SLOTS };
const char *area_slot_level(enum area_slot slot); /* static: "zone" … */

struct area {
	int64_t id, version, insurer_org_id /* INT_NULL */, parent_area_id /* INT_NULL */, sort;
	const char *pid, *code, *name, *level, *note;
	civil valid_from, valid_to;
	bool is_retired;
};
void area_init(struct area *a);
MUST err area_create(struct ctx *c, struct area *a);
MUST err area_get(struct ctx *c, const char *pid, struct area *out);
MUST err area_load(struct ctx *c, int64_t id, struct area *out);
MUST err area_save(struct ctx *c, struct area *a, struct row_conflict **conflict);
MUST err area_retire(struct ctx *c, const char *pid, const char *reason);
MUST err area_restore(struct ctx *c, const char *pid);
/* level NULL = all; on CIVIL_NONE = any day. By level, sort, name. */
MUST err area_list(struct ctx *c, const char *level, civil on, struct area **v, size_t *n);
/* By code, name or alias in any spelling (Ⅱ = ② = 2). */
MUST err area_find(struct ctx *c, const char *text, const char *level /* NULL */, struct area **v, size_t *n);
/* Areas with exactly this name, code or other name (in any spelling), or this public id; *out is the first of *n. */
MUST err area_named(struct ctx *c, const char *text, const char *level /* NULL */, struct area *out, size_t *n);

struct area_alias {
	const char *pid, *name;
};
MUST err area_alias_list(struct ctx *c, int64_t area_id, struct area_alias **v, size_t *n);
MUST err area_alias_add(struct ctx *c, int64_t area_id, const char *name); /* a spelling that is there already is no error */
MUST err area_alias_remove(struct ctx *c, int64_t area_id, const char *alias_pid);

/* --- who serves an area --- */
struct org_area {
	int64_t id, org_id, area_id;
	const char *pid, *role, *org_name, *area_name, *area_code;
	civil from_on, to_on;
};
/* role: "charge" (担当), "branch", "cover". Writes the area grants of everybody living there (charge). */
MUST err territory_assign(struct ctx *c, int64_t org_id, int64_t area_id, const char *role, civil from_on, civil to_on);
/* from the day on the area is served by `to_org` instead of `from_org`. *n_persons (may be NULL): whose grants moved. */
MUST err territory_move(struct ctx *c, int64_t area_id, int64_t from_org, int64_t to_org, civil from_on, int64_t *n_persons);
/* The last day of one row of org_area; a row that has not begun by then goes to the bin. The grants end with it. */
MUST err territory_end(struct ctx *c, const char *org_area_pid, civil last_day);
MUST err territory_of_org(struct ctx *c, int64_t org_id, civil on, struct org_area **v, size_t *n); /* CIVIL_NONE: all, ever */
MUST err territory_of_area(struct ctx *c, int64_t area_id, civil on, struct org_area **v, size_t *n);

/* Persons per area on a day, as a centre's report shows them; only persons the actor may see are counted. */
struct area_count {
	int64_t area_id, org_id, persons;
	const char *area_name, *area_code, *org_name;
};
MUST err territory_count(struct ctx *c, const char *level, civil on, struct area_count **v, size_t *n);

/* --- towns --- */
struct town_area {
	int64_t id, insurer_org_id /* INT_NULL */, area_id, block_from, block_to;
	const char *pid, *city, *town, *level, *area_name;
	civil from_on, to_on;
};
MUST err town_area_add(struct ctx *c, struct town_area *t); /* level is taken from the area */
MUST err town_area_list(struct ctx *c, int64_t area_id, struct town_area **v, size_t *n);
MUST err town_area_end(struct ctx *c, const char *pid, civil last_day);

/* The areas of an address on a day: area id per slot, INT_NULL where the table says nothing. *town_fold (arena) is the
 * folded town that was recognised, "" if none. Used by person_create and person_save. */
MUST err territory_of_address(struct ctx *c, const char *address, civil on, int64_t area_id[AREA_SLOTS], const char **town_fold);
/* The same, with an address that begins with the town standing in the municipality of org_id (0, INT_NULL: nowhere). */
MUST err territory_of_address_in(struct ctx *c, const char *address, int64_t org_id, civil on, int64_t area_id[AREA_SLOTS],
	const char **town_fold);

/* C-002: a smaller district (民生委員区, club, cover …) whose towns lie in more than one area of `level`. */
struct area_mismatch {
	int64_t area_id, zone_id;
	const char *area_name, *area_level, *zone_name, *org_name /* the centre; "" if none */;
	int64_t towns;
};
MUST err territory_mismatch(struct ctx *c, civil on, struct area_mismatch **v, size_t *n);

size_t area_level_count(void);
const char *area_level_code(size_t i);
const char *area_level_label_ja(const char *code); /* static; "" if unknown */
/* The word of the municipality for a level (table label, "area.<code>"): of the actor's insurer, else of the only one in
 * the house; else the usual label. Arena or static. */
MUST err area_level_word(struct ctx *c, const char *code, const char **word);
/* The insurer the actor works for (the own one if it is one), else the only one in the house; INT_NULL. */
MUST err territory_insurer(struct ctx *c, int64_t *org_id);

#endif
