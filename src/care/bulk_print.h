/* bulk_print — many people, many forms, one file (F132; ux U35, U36): no question per person, and at its front a list of what was
 * printed for whom (印刷済, データなし, 権限なし).
 *
 * People in the order given, the forms of a person together; with both_sides each person begins on a new sheet. What the actor may
 * not print is not printed, and the look at each person is in the access log before the file is given away.
 * Ownership: bytes in the arena of ctx. Errors: ERR_INPUT (nothing chosen, an unknown form), ERR_LIMIT (more than
 * BULK_PRINT_PERSONS), what step returns (ERR_CANCELLED), ERR_FORM_DEF. Tests: tests/unit/test_care_bulk_print.c. */
#ifndef TSU_CARE_BULK_PRINT_H
#define TSU_CARE_BULK_PRINT_H

#include "care/printables.h"
#include "codec/json.h"
#include "register/person_list.h"

enum { BULK_PRINT_PERSONS = 1000, BULK_PRINT_FORMS = 30, BULK_PRINT_CHOSEN = 100 };

struct bulk_print_order {
	const char *form_ids[BULK_PRINT_FORMS];
	size_t n_forms;
	struct person_list_choice list; /* where the people come from (scope, search, ended); not used where they are given */
	const char *chosen_pid;        /* people ticked one by one, kept by bulk_print_choice_save; "" or NULL = the list */
	const char **person_pids;
	size_t n_persons;
	struct printable_period period;
	bool both_sides;
};

struct bulk_print_result {
	const char *pdf; /* NULL: nothing to print */
	size_t n_pdf;
	size_t printed, no_data, denied; /* documents printed; person × form without data, without right */
	size_t pages;
};

/* What was ticked and typed on the page so far, under a public id that only the same account opens (register/search). */
struct bulk_print_choice {
	const char *const *persons, *const *forms;
	size_t n_persons, n_forms;
	const char *text, *from, *to, *which; /* text: the search for more people */
	bool both_sides;
};
MUST err bulk_print_choice_save(struct ctx *c, const struct bulk_print_choice *k, const char **pid);
MUST err bulk_print_choice_get(struct ctx *c, const char *pid, struct bulk_print_choice *k);
/* The people of o->chosen_pid, else of o->list as the page of people shows it, at most BULK_PRINT_PERSONS; *more: there are others. */
MUST err bulk_print_persons(struct ctx *c, struct bulk_print_order *o, bool *more);
/* The order as params of a job: the list by its name, so that it holds nothing personal; and back, with the people that are in
 * the list then. ERR_LIMIT when there are too many by then. */
struct json *bulk_print_params(struct ctx *c, const struct bulk_print_order *o);
MUST err bulk_print_of_params(struct ctx *c, const struct json *params, struct bulk_print_order *o);
/* ERR_INPUT with a fault on "persons", "forms" or "to"; ERR_LIMIT. */
MUST err bulk_print_check(struct ctx *c, const struct bulk_print_order *o);
/* step is called after each person; NULL = not. */
MUST err bulk_print(struct ctx *c, const struct bulk_print_order *o, err (*step)(void *arg, int64_t done, int64_t total), void *arg,
                    struct bulk_print_result *out);
/* 「3人、4様式：印刷済 10、データなし 2、権限なし 0」 Arena. */
const char *bulk_print_list_name(enum list_scope scope); /* "mine" "supported" "everyone" "search"; static */
bool bulk_print_list_of(const char *name, enum list_scope *scope);
const char *bulk_print_summary(struct ctx *c, const struct bulk_print_order *o, const struct bulk_print_result *r);

#endif
