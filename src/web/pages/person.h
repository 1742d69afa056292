/* pages/person — the views of the pages about one person and of the list of persons (F001–F009, F143, F144; U05–U08, U15–U26).
 *
 * Everything a view holds is borrowed from the request's arena. What the reader may not see never gets into a view.
 * Tests: tests/unit/test_web_pages_person.c (struct in → HTML out), tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_PERSON_H
#define TSU_WEB_PAGES_PERSON_H

#include "register/bin.h"
#include "register/certification.h"
#include "register/cluster.h"
#include "register/person.h"
#include "register/person_list.h"
#include "register/seen.h"
#include "register/staff.h"
#include "register/task.h"
#include "register/timeline.h"
#include "web/page.h"
#include "web/pages/duty.h"

/* ---- list ---- */
struct person_list_row {
	const struct person_hit *h;
	int age;                  /* -1 unknown */
	const char *category;     /* 要支援1 …, 申請中, 認定なし, 同意なし */
	civil until;              /* CIVIL_NONE: no end */
	const char *until_word;   /* 期限切れ, あと14日, "" */
	const char *until_kind;   /* class of the tag: bad, warn */
	const char *phone;
};

struct person_list_switch {
	const char *value, *label;
	bool chosen;
	int64_t count;            /* INT64_MIN: not counted */
};

struct person_list_view {
	const struct page_view *page;
	struct person_list_switch switches[3], kana[10];
	const char *scope, *row;  /* as the form sends them */
	struct ui_field area, sort, ended;
	bool is_search;
	const char *search; /* public id of the search shown; "" = none */
	const char *search_text;
	struct person_list_row *rows;
	size_t n_rows;
	int64_t n_total;
	bool at_least;            /* n_total was counted up to a bound */
	const char *next_path, *first_path; /* "": none */
};

/* ---- edit ---- */
struct person_edit_view {
	const struct page_view *page;
	const char *action;
	bool is_new;
	const char *consult_pid;  /* "" : none */
	const struct person_input *in;
	const struct duplicate_list *dup; /* NULL: none found */
	struct ui_field sex, living, insurer, area[AREA_SLOTS];
	const char *retire_action, *history_path;
	bool may_retire;
};

/* ---- an act that needs a reason: bin, withdrawal, merge undone ---- */
struct reason_view {
	const struct page_view *page;
	const char *action, *sentence, *more, *label, *button, *cancel_path;
};

/* ---- one person ---- */
struct person_class_row {
	const char *label, *word, *kind; /* 見られます / 同意なし */
};
struct person_task_shown {
	const struct task_row *t;
	const char *kind, *path;
};
struct timeline_shown {
	const struct timeline_entry *e;
	const char *kind, *class_label, *org_name, *path;
	const char *mark, *who;   /* 新, 変更 and who wrote it; "" : nothing new to the reader */
};
/* What changed since the reader looked last (register/seen). */
struct seen_view {
	const char *action, *csrf;
	const char *list_path;    /* exactly the new lines; "" on that page itself */
	bool first;               /* never read: nothing is marked yet */
	bool by_itself;           /* everything new stands on the page: the script may say that it was read */
	int64_t n, upto_ms;
	struct seen_marks marks;
	struct timeline_shown *lines; /* up to ten, the oldest change first */
	size_t n_lines;
};
MUST err seen_fill(struct req *r, const struct person_card *card, struct seen_view *v);
struct person_charge_shown {
	const struct charge *c;
	const char *role;
};
struct person_merge_shown {
	const struct merge_row *m;
	bool may_undo;
};
struct person_show_view {
	const struct page_view *page;
	const struct person_card *card;
	bool may_write, may_consult, may_care, may_looks, care_open, family_open;
	struct duty_strip duty;
	const char *cert_status, *cert_level;
	civil today, cert_from, cert_to;
	const char *cert_application; /* 更新申請中（申請日…）; "" none */
	const char *insured_no, *insurer_no, *burden, *rank_adl, *rank_dementia, *key_person, *key_phone, *main_carer;
	struct person_class_row *classes;
	size_t n_classes;
	struct person_task_shown *tasks;
	size_t n_tasks;
	struct timeline_shown *entries;
	size_t n_entries;
	struct seen_view seen;
	struct person_charge_shown *charges;
	size_t n_charges;
	struct person_name *names;
	size_t n_names;
	struct person_area *areas;
	size_t n_areas;
	struct person_merge_shown *merges;
	size_t n_merges;
	struct ui_field charge_staff, charge_role, name_kind;
};

/* ---- merge ---- */
struct person_merge_view {
	const struct page_view *page;
	const char *pid, *text;
	const struct person_hit *hits;
	size_t n_hits;
	bool searched, more;
};

/* ---- history and conflicts of one record ---- */
struct version_shown {
	const struct row_version *v;
	const char *who, *what;
	bool is_now;
};
struct conflict_shown {
	const char *pid, *name, *columns;
	int64_t at_ms;
	bool is_own;
	const struct conflict_field_text {
		const char *label, *text;
	} *fields; /* the reader's own losing text */
	size_t n_fields;
};
struct history_view {
	const struct page_view *page;
	const char *revert_action; /* "" : the reader may not write */
	const char *take_action;   /* "…/conflicts/" + pid + "/take" */
	struct version_shown *versions;
	size_t n_versions;
	struct conflict_shown *conflicts;
	size_t n_conflicts;
};
/* Fills the lists of a history view; conflict_columns become Japanese. */
MUST err history_fill(struct req *r, struct history_view *v, const struct row_version *rows, size_t n, const struct table_desc *t,
	int64_t row_id, int64_t person_id, int record_class);

/* ---- time line (pages/timeline.c) ---- */
struct timeline_view {
	const struct page_view *page;
	const char *pid;
	struct ui_field kind, org, record_class;
	const char *from, *to;    /* as typed */
	struct timeline_shown *entries;
	size_t n_entries;
	int64_t n_total;
	const char *next_path;    /* "" : last page */
	bool fresh;               /* only what is new to the reader */
	struct seen_view seen;
};
/* marks NULL: nothing is marked. */
/* Where a record of a table leads; "" if it has no page. */
const char *timeline_record_path(struct req *r, const char *table, const char *row_pid, const char *person_pid);
MUST err timeline_shown_of(struct req *r, const struct seen_marks *marks, const struct timeline_entry *e, size_t n, struct timeline_shown **out);

/* ---- bin (pages/bin.c) ---- */
struct bin_shown {
	const struct bin_row *b;
	const char *kind, *org;
};
struct bin_view {
	const struct page_view *page;
	struct bin_shown *rows;
	size_t n_rows;
	int limit;
	const char *next_path, *first_path;
};

/* Words for 期限: "" more than 60 days off. *kind is the class of the tag. */
const char *until_word(struct arena *a, civil until, civil today, const char **kind);
/* Name of an account for 「だれが」; "" never: an unknown one is 「（不明）」. */
const char *account_word(struct req *r, int64_t account_id);
/* Name of an organisation, "" if it is not to be had. */
const char *org_word(struct req *r, int64_t org_id);

#endif
