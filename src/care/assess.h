/* care/assess — アセスメント: the 23 items of 課題分析標準項目 and the four areas of 介護予防 in one record (F029, F032, F036, F039, F051).
 *
 * Legal source: 居宅基準13条6・7号, 予防基準30条6・7号 (rules R-CM-13-06, R-CM-13-07-visit, R-YB-30-06, R-YB-30-07); items, sub-items and
 * their ICF box are data (law/assess_items.tsv). `view` says which of the two views is in front; the other stays as it is, so
 * switching loses nothing. What the register holds is shown beside the items (known), never typed again.
 * Record classes: the record is of class care; item 10 medical, item 21 (with the section of the carers) family. Items without a
 * right are `locked`: not read, not written, not copied, and not asked for on confirmation.
 * A draft may be blank; a confirmed one must be complete (assess_missing) and stays so: a save that leaves a gap is refused.
 * Confirming writes evidence REC-ASSESS and the task plan_due (table "assessment"; whoever makes the plan settles it with
 * task_settle(c, "assessment", id, "plan_due", …)). Two people on one assessment merge by field, a sub-item is a field.
 * Every function passes the gate, writes history, audit and time line in one transaction. Ownership: arena.
 * Errors: ERR_INPUT with faults (fields as the page names them: done_on, a11_adl.state, move.issue …), ERR_CONFLICT, ERR_NOTFOUND,
 * ERR_DENIED. Tests: tests/unit/test_care_assess.c, tests/http/test_assess.py.
 */
#ifndef TSU_CARE_ASSESS_H
#define TSU_CARE_ASSESS_H

#include "law/assess_items.h"
#include "register/gen.h"

struct child_conflicts; /* care/children.h */

enum { ASSESS_AREAS = 4, ASSESS_CARER_FIELDS = 5 };
extern const char *const ASSESS_AREA[ASSESS_AREAS];                 /* move home social health */
extern const char *const ASSESS_CARER_FIELD[ASSESS_CARER_FIELDS];   /* will burden work self goal: list assess_carer */

/* What the register knows of an item, in words, with the page it comes from. */
struct assess_known {
	const char *code, *text, *source; /* item code; 「要介護1（…）」; 「保険・認定」 */
};
struct assess_part {
	const struct law_assess_item *def;
	const char *value;
};
struct assess_item {
	const struct law_assess_item *def;
	struct t_assessment_item row;  /* id 0: not stored */
	bool locked, may_write;
	struct assess_part *parts;
	size_t n_parts;
	struct assess_known *known;
	size_t n_known;
};
struct assess_carer {
	const char *pid, *name, *facts; /* of register/carer: works, hours, strain */
	const char *value[ASSESS_CARER_FIELDS];
};
struct assess_view {
	struct t_assessment row;       /* version: what the editor starts from */
	const char *person_pid, *staff_name, *updated_by, *confirmed_by;
	bool is_new, may_write;
	const struct t_assessment *source; /* what it was copied from, as it stood then; NULL */
	struct assess_item *items;
	size_t n_items, n_locked;
	struct t_assessment_area areas[ASSESS_AREAS];
	struct assess_carer *carers;   /* empty when item 21 is locked */
	size_t n_carers;
};
MUST err assess_get(struct ctx *c, const char *pid, struct assess_view *out);
/* A blank one with what the register knows; writes nothing. */
MUST err assess_new(struct ctx *c, const char *person_pid, struct assess_view *out);
/* The key of a carer's field in the detail of item 21. */
const char *assess_carer_key(struct ctx *c, const char *carer_pid, const char *field);
/* One value of an item's detail; "" if there is none. */
const char *assess_detail(struct ctx *c, const char *detail, const char *key);

struct assess_row {
	const char *pid, *view, *status, *reason, *org_name, *staff_name;
	civil done_on;
	int64_t id, updated_ms;
};
MUST err assess_list(struct ctx *c, const char *person_pid, struct assess_row **v, size_t *n);

struct assess_pair {
	const char *key, *value;
};
struct assess_item_input {
	const char *code;
	struct t_assessment_item row;  /* version 0 = not stored then; state fact judgement is_issue source as_of icf */
	struct assess_pair *parts;     /* every sub-item the page had */
	size_t n_parts;
	bool seen;                     /* 「確かめた」: takes the mark of a copied text away */
};
struct assess_input {
	const char *person_pid, *pid;  /* pid "" = new */
	struct t_assessment row;       /* as the page holds it; version = the base */
	struct assess_item_input *items;
	size_t n_items;
	struct t_assessment_area areas[ASSESS_AREAS]; /* version 0 = not on the page */
};
/* One field two people changed; name as the page's field. From all rows at once. */
struct assess_clash {
	const char *name, *label;      /* label: of the row (「11 ADL」), "" for the head */
	const char *table, *column;    /* "" for a sub-item */
	const struct law_assess_item *part; /* a sub-item; NULL else */
	const char *base, *theirs, *mine; /* as the page sends them */
	bool disputed;                 /* else only theirs changed: carried */
	bool is_text, is_yes_no;
};
struct assess_clashes {
	struct assess_clash *v;
	size_t n, cap;
	int64_t theirs_by, theirs_ms;
	struct assess_pair *versions;  /* field "a11_adl.version" (or "base") → the version to send next time */
	size_t n_versions;
};
MUST err assess_save(struct ctx *c, const struct assess_input *in, const char **pid, struct assess_clashes *clash);

/* What is still needed before it can be confirmed; each names the field that mends it. */
struct assess_gap {
	const char *field, *message;
};
MUST err assess_missing(struct ctx *c, const struct assess_view *v, struct assess_gap **gaps, size_t *n);
/* A text of the head that is still as it was copied: wish_person wish_family advocate overall. */
bool assess_head_untouched(const struct assess_view *v, const char *column);
/* per cent of the copied fields nobody has touched; 0 if it was not copied. */
int assess_untouched(const struct assess_view *v);
/* More than 80 % untouched: ERR_INPUT with a fault on "accept" until accept is true (F051). */
MUST err assess_confirm(struct ctx *c, const char *pid, bool accept);
MUST err assess_reopen(struct ctx *c, const char *pid);
MUST err assess_set_view(struct ctx *c, const char *pid, const char *view);
/* The text of the areas from the mapped items; blank boxes only. *n = how many were filled. */
MUST err assess_propose_areas(struct ctx *c, const char *pid, size_t *n);
/* What the register knows now, added to the fact of the item with its source and day. */
MUST err assess_take_known(struct ctx *c, const char *pid, const char *code);
MUST err assess_copy(struct ctx *c, const char *from_pid, const char **pid);
MUST err assess_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

/* The words of a sub-item's value. */
const char *assess_value_words(struct ctx *c, const struct law_assess_item *part, const char *value);

/* Proposals for the needs of a plan or 課題整理総括表. */
struct assess_need {
	const char *item_code, *label, *text, *whose; /* whose: person or family */
};
MUST err assess_needs(struct ctx *c, const struct assess_view *v, struct assess_need **needs, size_t *n);
/* 「一部介助: 入浴／見守り: 更衣」; "" if nothing is said. all: what is no trouble, too. */
const char *assess_part_words(struct ctx *c, const struct assess_item *it, bool all);

/* The same items by ICF box (F032). */
enum { ASSESS_ICF_BOXES = 6 };
struct assess_icf {
	const char *code, *label, *text; /* lines; "" = nothing yet */
};
MUST err assess_icf(struct ctx *c, const struct assess_view *v, struct assess_icf out[ASSESS_ICF_BOXES]);

struct diff_piece; /* care/plan_diff.h */
struct assess_difference {
	const char *label, *field, *before, *after;
	struct diff_piece *pieces; /* of two texts, word by word; n 0: a choice, or a text on one side only */
	size_t n_pieces;
};
MUST err assess_compare(struct ctx *c, const struct assess_view *before, const struct assess_view *after, struct assess_difference **v, size_t *n);

struct assess_version {
	const char *what, *code; /* 「11 ADL」; code "" = the head, else an item or area */
	int64_t version, at_ms, by;
	const char *action;
	bool is_now;
};
MUST err assess_history(struct ctx *c, const char *pid, struct assess_version **v, size_t *n);
MUST err assess_revert(struct ctx *c, const char *pid, const char *code, int64_t version);

/* 競合の記録 of all its rows; the losing text is shown to whoever typed it. */
struct assess_conflict {
	const char *what, *code, *pid, *table, *columns, *name;
	int64_t at_ms;
	bool is_own;
	const char *(*text)[2]; /* column and text, own ones only */
	size_t n_text;
};
MUST err assess_conflicts(struct ctx *c, const char *pid, struct assess_conflict **v, size_t *n);
MUST err assess_conflict_take(struct ctx *c, const char *pid, const char *code, const char *conflict_pid);

/* 今日の仕事: drafts, and people whose certification is newer than their assessment. */
struct assess_work {
	const char *pid, *person_pid, *person_name, *reason, *staff_name;
	int64_t person_id;
	civil done_on, from_on;
};
MUST err assess_work(struct ctx *c, bool again, int64_t staff_id, int64_t offset, int64_t limit, struct assess_work **v, size_t *n);
MUST err assess_work_count(struct ctx *c, bool again, int64_t staff_id, int64_t *n);

#endif
