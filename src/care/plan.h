/* plan — 居宅サービス計画・介護予防サービス・支援計画 as a record (F040–F051): reading, and saving its contents.
 *
 * One row of table plan per version. The life of a version, by plan.status:
 *   draft 原案 → explained 説明済 → consented 同意済 → delivered 交付済・確定; provisional: in use without consent, with a reason
 *   and a deadline (F045); then replaced (a newer version was agreed), ended, or cancelled (an 原案 given up).
 * Contents may be saved in draft and explained only. A save of an explained version makes it 原案 again: what was
 * explained is no longer what stands there. Every other state is frozen: plan_save refuses with one sentence (F043).
 *   care/plan_create  new, from an assessment, copied from the version before     care/plan_check   what is wrong before consent
 *   care/plan_flow    explain, consent, provisional, change, end                  care/plan_deliver delivery, 個別サービス計画
 *   care/plan_diff    word differences of two versions                            care/plan_fill    the official forms
 * Gate: class care of the person. Sources: 居宅基準13条8–12・16号, 予防基準30条8–12・18号; forms-careplan §2.2, §3, §6.
 * Days are civil, minutes those of the day. Ownership: arena. Errors: of policy_check, ERR_NOTFOUND, ERR_PLAN_FROZEN,
 * ERR_CONFLICT, ERR_INPUT with faults. Tests: tests/unit/test_care_plan.c, tests/http/test_plan.py.
 */
#ifndef TSU_CARE_PLAN_H
#define TSU_CARE_PLAN_H

#include "care/children.h"
#include "care/plan_part.h"
#include "sql/tables.h"

struct plan_tree {
	struct t_plan plan;
	/* Each in the order of the forms: needs by 課題NO, goals by need and 目標NO, services by goal and 援助内容NO, slots by day. */
	struct t_plan_area *areas;
	struct t_plan_need *needs;
	struct t_plan_goal *goals;
	struct t_plan_service *services;
	struct t_plan_slot *slots;
	struct t_plan_activity *activities;
	struct t_plan_consent *consents;
	struct t_plan_delivery *deliveries;
	struct t_provider_plan *provider_plans;
	struct t_plan_comment *comments;
	size_t n_areas, n_needs, n_goals, n_services, n_slots, n_activities, n_consents, n_deliveries, n_provider_plans, n_comments;
	const char *person_pid, *person_name, *case_pid, *org_pid, *org_name;
	const char *author_org_name, *staff_name;        /* "" if none */
	const char *previous_pid, *assessment_pid, *own_words; /* "" if none; own_words: 本人の言葉 of the assessment behind it */
	bool may_write;  /* the actor's right, whatever the state */
	bool is_frozen;  /* contents cannot be saved any more */
};

MUST err plan_get(struct ctx *c, const char *pid, struct plan_tree *out);
/* The version in force that day: agreed (or provisional), the newest whose 計画期間 has begun, not ended before it. A renewal agreed early
 * leaves the plan before it in force until its own period begins.
 * kind: "home", "prevention" or NULL. person_id: any record of the person. */
MUST err plan_current(struct ctx *c, int64_t person_id, const char *kind, civil on, struct plan_tree *out, bool *found);
/* The same gated by id: for writers inside care/ that hold the row. */
MUST err plan_load(struct ctx *c, int64_t id, struct plan_tree *out);

struct plan_row {
	int64_t id, person_id, case_id, version_no, revision_no, updated_ms;
	const char *pid, *kind, *status, *change_kind, *level, *org_name, *author_name;
	bool is_provisional;
	civil provisional_until, plan_on, from_on, to_on, consented_on, delivered_on;
};
/* Newest first. */
MUST err plan_list(struct ctx *c, const char *person_pid, const char *kind /* NULL: both */, struct plan_row **v, size_t *n);
MUST err plan_of_case(struct ctx *c, int64_t case_id, struct plan_row **v, size_t *n);

const char *plan_kind_ja(const char *kind);     /* 居宅サービス計画, 介護予防サービス・支援計画; static */
const char *plan_status_ja(const char *status); /* 原案 … ; static; "" if unknown */
bool plan_status_frozen(const char *status);
/* 第2版, 第2版（軽微な変更 1） */
const char *plan_version_ja(struct arena *a, int64_t version_no, int64_t revision_no);

/* The rows of one part, with their number and size (table of plan_part(p)). */
void *plan_rows(const struct plan_tree *t, enum plan_part p, size_t *n);

/* ---- saving the contents ---------------------------------------------------------------------------------------
 * One call saves head and children in one transaction; either all of it stands or nothing.
 *
 * A child is known by `key`: for a stored row its pid, for a new one any word of the editor's choice that no other child
 * of the same part has ("n1", "goal-3"). A goal names its need, a service its goal, a slot its service by parent_key:
 * the key (or pid) of a row of that part, given in the same edit or stored already. parent_key "": a stored row stays
 * where it is; a new slot belongs to no service; a new goal or service without parent is a fault.
 * A need taken out takes its goals along, a goal its services; slots of a service taken out stay and lose it.
 * Rows not named in the edit are left alone, so a page may send only what it shows, and an autosave only what changed.
 * row->version (children) and head->version: the version the editor was filled from. Columns that no editor writes
 * (state, version numbers, origin, dates of consent …) are taken from the store whatever the edit says.
 * Faults name their field "<part>.<key>.<column>", e.g. "goal.n1.short_to_on"; those of the head bear the column's name.
 */
struct plan_child {
	enum plan_part part;
	const char *key, *parent_key;
	void *row;   /* t_plan_<part>; row->pid "" or NULL: new */
	bool gone;   /* the editor took it out */
};

struct plan_edit {
	const char *pid;      /* the plan; it exists (plan_create) */
	struct t_plan *head;  /* NULL: the head was not on the page */
	struct plan_child *children;
	size_t n_children;
};

struct plan_conflict {
	enum plan_part part;         /* PLAN_HEAD for the head */
	const char *key;             /* of the child; "" for the head */
	const char *what;            /* e.g. 課題1「…」, for people */
	struct row_conflict *row;    /* base, theirs, mine per field; plan_field_label_ja gives the words */
};
struct plan_conflicts {
	struct plan_conflict *v;
	size_t n;
	int64_t theirs_by, theirs_ms; /* of the newest */
	const char *theirs_name;
};

/* ERR_CONFLICT: *conflicts holds every row in dispute; nothing was written, and what lost stays retrievable. *pid (may be
 * NULL) is the plan's. The rows of the edit hold their new pid and version after success. */
MUST err plan_save(struct ctx *c, const struct plan_edit *e, const char **pid, struct plan_conflicts *conflicts);

/* The bin; only an 原案 that nobody agreed to. bin_pid may be NULL. */
MUST err plan_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
/* The versions of the head. */
MUST err plan_history(struct ctx *c, const char *pid, struct row_version **v, size_t *n);
/* The whole draft as it stood at an instant of its history: the head's texts, and areas, needs, goals, services, slots and activities;
 * what was added later is taken out, what was taken out since comes back with its id (for 30 days). The columns of the flow stay as they
 * are. A revision like any other, so it can be undone in turn. ERR_PLAN_FROZEN; ERR_NOTFOUND before there was a plan. */
MUST err plan_revert(struct ctx *c, const char *pid, int64_t at_ms);
/* Every save of head and rows, newest first (at most 300). */
struct plan_change_note {
	int64_t at_ms, version; /* version: of the head; 0 for a row below */
	const char *what, *action, *who;
};
MUST err plan_changes(struct ctx *c, const char *pid, struct plan_change_note **v, size_t *n);

/* For the writers of care/plan_*: the plan behind a pid, gated to write. ERR_NOTFOUND if it is in the bin. */
MUST err plan_open(struct ctx *c, const char *pid, enum action a, struct t_plan *row);
/* sha256 (hex) over the contents in a canonical order: what a consent refers to. */
const char *plan_content_sha(struct ctx *c, const struct plan_tree *t);

#endif
