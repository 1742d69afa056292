/* pages/family — 家族・関係者, emergency order, household and carers of a person (F012).
 * The related one is a person of the register, a contact that is there already, or a new contact; typed once.
 * Ownership: arena of the request. Tests: tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_FAMILY_H
#define TSU_WEB_PAGES_FAMILY_H

#include "register/relation.h"
#include "web/pages/insurance.h"

struct family_view {
	const struct page_view *page;
	const char *pid, *name, *locked_word;
	bool is_locked, may_write;
	struct family_row {
		const struct relation_view *v;
		const char *living, *edit_path, *order;
	} *rows;
	size_t n_rows;
	struct record_section sections[2]; /* 世帯, 介護者 */
};

struct relation_edit_view {
	const struct page_view *page;
	const char *action, *find_action, *retire_action;
	bool is_new, is_person, searched;
	const char *shown_name, *shown_path; /* a person of the register */
	const struct person_hit *hits;
	size_t n_hits;
	struct t_contact *contacts;
	size_t n_contacts;
	const struct t_relation *row;
	const struct t_contact *contact;
	struct ui_field kind, living, sex;
	const struct contact_client *clients;
	size_t n_clients;
};

#endif
