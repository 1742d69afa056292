/* care/consult — 総合相談: taking a call in one screen, what follows, until it is closed.
 *
 * Legal source: 介護保険法第115条の45第2項第1号; R-HC-EXTEND; C-013…C-016; F016–F018. Codes: law/codes.tsv
 * (consult_channel, consult_source, consult_class, consult_response, consult_urgency, consult_status).
 * A consultation may be about a person not yet known (F017): person_id is INT_NULL and the record belongs to the
 * organisation that took it; linking later keeps both times and who linked. The classes abuse, guardian and fraud
 * put the record into class RIGHTS: whoever lacks that right finds no trace of it. Its team are the one who took it, the
 * one in charge, and the group of the organisation (社会福祉士, センター長); about nobody yet, the same. Who hands it over sees
 * it to the end of that day; docs/decisions/008-end-of-charge.md.
 * Two who save at once merge by field; boxes ticked (classes, responses) merge box by box.
 * Every function passes the policy gate, writes history, audit, time line, tasks and evidence in one transaction.
 * Errors: ERR_INPUT with the faults in ctx, ERR_CONFLICT with *conflict, ERR_NOTFOUND, ERR_DENIED.
 * Ownership: results in the arena. Tests: tests/unit/test_care_consult.c.
 */
#ifndef TSU_CARE_CONSULT_H
#define TSU_CARE_CONSULT_H

#include "base/ctx.h"

struct row_conflict;       /* store/revision.h */
struct consult_entry_view; /* below */

/* What the intake screen holds; text as typed, so that a fault keeps it. Codes as in the lists. */
struct consult_input {
	const char *pid;            /* NULL or "" = new */
	int64_t version;            /* the version the editor started from; 0 = new */
	const char *person_pid;     /* "" = not yet known */
	const char *person_label;
	const char *received_on, *received_time; /* typed; empty = now */
	const char *channel, *source, *urgency;
	const char *caller_name, *caller_relation, *caller_phone;
	const char *content, *wish, *response_text;
	const char *const *classes;   /* codes */
	size_t n_classes;
	const char *const *responses; /* codes */
	size_t n_responses;
	const char *minutes;          /* typed */
	const char *status, *next_action, *next_on, *close_reason;
	const char *assignee_pid;     /* staff of the organisation; "" = the actor (new), as it was (change) */
};

struct consult_view {
	int64_t id, version, person_id; /* person_id INT_NULL when unknown or not visible */
	const char *pid, *person_pid, *person_name, *person_kana, *person_label;
	const char *org_name, *assignee_name, *assignee_pid;
	int record_class;
	int64_t received_ms, linked_ms;
	const char *linked_by;
	const char *channel, *source, *urgency, *status; /* codes; labels by law_code_label */
	const char *caller_name, *caller_relation, *caller_phone, *content, *wish, *response_text;
	const char **classes, **responses;
	size_t n_classes, n_responses;
	int64_t minutes; /* INT_NULL when not entered */
	const char *next_action;
	civil next_on, closed_on;
	const char *close_reason, *area_name;
	struct consult_entry_view *entries;
	size_t n_entries;
	bool may_write;
};

struct consult_entry_view {
	const char *pid, *channel, *counterpart, *content, *staff_name;
	int64_t at_ms, minutes, version;
	bool reached;
};

/* New or changed; *pid (arena) names the record. */
MUST err consult_save(struct ctx *c, const struct consult_input *in, const char **pid, struct row_conflict **conflict);
MUST err consult_get(struct ctx *c, const char *pid, struct consult_view *out);
/* Link an unknown person later (F017); a second link to another person needs a reason and keeps the first in history. */
MUST err consult_link_person(struct ctx *c, const char *pid, const char *person_pid, const char *reason);

struct consult_entry_input {
	const char *consult_pid, *at_on, *at_time, *channel, *counterpart, *content, *minutes;
	bool reached;
	/* the next step, saved with the entry (F018) */
	const char *status, *next_action, *next_on, *close_reason;
	int64_t consult_version;
};
/* Somebody else moved the same step meanwhile: ERR_INPUT with a fault on "status", nothing written; try again on the version
 * of now. */
MUST err consult_entry_add(struct ctx *c, const struct consult_entry_input *in);

enum consult_sort { CONSULT_BY_RECEIVED, CONSULT_BY_NEXT };
struct consult_filter {
	const char *status, *class_code, *person_pid, *assignee; /* NULL = any; assignee "me" or a staff pid */
	civil from_on, to_on;       /* CIVIL_NONE = open */
	/* NULL = any; unlinked (no person yet), idle (open, without a next day: F018 要確認), overdue, today, open */
	const char *only;
	enum consult_sort sort;
	int64_t offset, limit;
	int64_t count_most;         /* counting stops there: that number means "so many or more"; 0 = counts all */
};
struct consult_row {
	const char *pid, *person_pid, *person_name, *person_label, *content, *status, *urgency, *channel, *next_action, *assignee_name;
	int64_t received_ms;
	civil next_on;
	int record_class;
	int64_t person_id; /* INT_NULL when unknown; for the log of looks */
};
/* Rows and their number (total NULL: not counted) by the same filter, so a figure is always a link to exactly its rows (F122). */
MUST err consult_list(struct ctx *c, const struct consult_filter *f, struct consult_row **rows, size_t *n, int64_t *total);
/* The number alone. */
MUST err consult_count(struct ctx *c, const struct consult_filter *f, int64_t *total);
/* What consult_count gives for only = open, idle and overdue, in one walk. assignee as in the filter. */
struct consult_open_figures {
	int64_t open, idle, overdue;
};
MUST err consult_open_count(struct ctx *c, const char *assignee, struct consult_open_figures *out);

/* To the 30-day bin with its entries, time line and tasks; the team of a rights-protection record keeps its right for as
 * long as the record can come back. A reason is required. */
MUST err consult_retire(struct ctx *c, const char *pid, const char *reason);

/* Figures of the actor's organisation, received in [from, to] (CIVIL_NONE = open): by class, response, channel, source, area
 * (the area's id at the time of the consultation, "" = none) or month ("2026-11"). A consultation counts once in *total and once in each of its classes (C-013). Only what the actor may
 * see is counted. ERR_NOTFOUND: no such grouping. */
struct consult_figure {
	const char *code;
	int64_t n;
};
MUST err consult_count_by(struct ctx *c, const char *by, civil from, civil to, struct consult_figure **v, size_t *n, int64_t *total);

#endif
