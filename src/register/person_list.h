/* person_list — the list of people with its switches: mine, being supported, everyone, search result (F005).
 *
 * mine: an open 担当 of the actor's staff record, or pinned; supported: an open 担当 of anybody in the actor's organisation;
 * everyone: all whose name card the actor may see. Dead and moved-out people are left out unless asked for. Pages by
 * keyset. The choice is kept per account and survives the log-out; it holds nothing personal.
 * The number beside a switch is the count of the very same rows (F122). Ownership: arena. Errors: ERR_INPUT.
 * Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_PERSON_LIST_H
#define TSU_REGISTER_PERSON_LIST_H

#include "register/search.h"

enum list_scope { LIST_MINE, LIST_SUPPORTED, LIST_EVERYONE, LIST_SEARCH };
enum list_sort { LIST_BY_KANA, LIST_BY_BIRTH, LIST_BY_NEW };

struct person_list_choice {
	enum list_scope scope;
	enum list_sort sort;
	const char *area_pid;     /* any level; "" = all */
	int kana_row;             /* 0..9; -1 = all */
	bool with_ended;          /* also dead and moved out */
	const char *search_pid;   /* LIST_SEARCH: search_save's id; not kept */
	const char *after;        /* where the page before ended (person_list's *next); "" = first page; not kept */
	int limit;                /* 0 = 20, ≤ 200; not kept */
	int64_t count_most;       /* person_list_count stops there: that number means "so many or more"; 0 = counts all; not kept */
};
void person_list_choice_init(struct person_list_choice *ch); /* everyone, by kana, no filter */
MUST err person_list(struct ctx *c, const struct person_list_choice *ch, struct person_hit **v, size_t *n, const char **next /* "" = last page */);
MUST err person_list_count(struct ctx *c, const struct person_list_choice *ch, int64_t *n);

/* What the list says beside each name. The certification stands under its own class: care_open false tells nothing of it. */
struct person_list_fact {
	const char *phone;        /* telephone at home, else the mobile one; "" */
	bool care_open;
	const char *level;        /* code of the level that holds today, else of the newest that has ended; NULL = none */
	civil to_on;              /* its last day, CIVIL_OPEN = no end; CIVIL_NONE without a level */
	bool is_ended;            /* the level is of a period that has ended */
	const char *application;  /* status of an open application; NULL = none */
};
/* One fact per hit, in their order; one statement for 20 people. */
MUST err person_list_facts(struct ctx *c, const struct person_hit *hits, size_t n, struct person_list_fact **out);

MUST err person_list_choice_save(struct ctx *c, const struct person_list_choice *ch);
MUST err person_list_choice_get(struct ctx *c, struct person_list_choice *ch); /* the kept one or the default */

MUST err person_pin(struct ctx *c, const char *pid, bool on);

#endif
