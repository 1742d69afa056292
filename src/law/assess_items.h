/* law/assess_items — the items of an assessment and the rows of 課題整理総括表, as dated data.
 *
 * law/assess_items.tsv: 課題分析標準項目 (23, 2023-10; a row with an empty part) and the sub-items of each, with the usual ICF box,
 * the record class, the area of 介護予防 its text may be proposed for, and the old item's name for imports.
 * law/issue_rows.tsv: rows of 課題整理総括表 in official order, each with its scale and the sub-items its 現在 is proposed from.
 * Sources: forms-careplan §4, §5.2; each row names its own. A record written before the first list uses the first list.
 * Ownership: borrowed from the catalogue. Tests: tests/unit/test_law.c.
 */
#ifndef TSU_LAW_ASSESS_ITEMS_H
#define TSU_LAW_ASSESS_ITEMS_H

#include "law/tables.h"

struct law_assess_item {
	const char *code;   /* a11_adl */
	int no;             /* 1–23 */
	const char *part;   /* "" = the item itself; else a sub-item: turn */
	const char *label;
	const char *kind;   /* item; a scale (list of law/codes); text, num, rank_adl, rank_dementia */
	const char *icf;    /* code of assess_icf */
	const char *area;   /* code of assess_area or "" */
	const char *old;    /* names of the items of 1999, | between; "" = new */
	int class_bit;
	civil from, to;
	const char *source, *confidence;
};

struct law_issue_row {
	const char *code, *group, *label, *scale; /* scale: list of law/codes */
	const char *from_parts; /* "a11_adl.indoor …", blank-separated */
	int no;
	civil from, to;
	const char *source, *confidence;
};

/* The items (parts = false) or every row (parts = true) of the list that holds on the day, in the order of the file. Arena array. */
const struct law_assess_item **law_assess_list(const struct law_catalogue *law, struct arena *a, civil on, bool parts, size_t *n);
/* The newest row of a code and part; NULL if there is none. */
const struct law_assess_item *law_assess_find(const struct law_catalogue *law, const char *code, const char *part);
/* The item that an item's name of today or of 1999 means; NULL if none. For imports. */
const struct law_assess_item *law_assess_by_name(const struct law_catalogue *law, const char *label);
const struct law_issue_row **law_issue_list(const struct law_catalogue *law, struct arena *a, civil on, size_t *n);
const struct law_issue_row *law_issue_find(const struct law_catalogue *law, const char *code);

/* Used by law_load. */
MUST err law_assess_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *out);

#endif
