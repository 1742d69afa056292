/* define — the catalogue of forms: what stands in forms/<id>/<effective-from>/, loaded, checked, immutable.
 *
 * A form is data (docs/forms.md): form.json (items), rules.json (named expressions, form/rules.h), print.json
 * (boxes, form/print.h), meta.json. One version is known by (id, version = effective-from, sha256 over the four
 * files); old records keep their version. kind answers: the response is the truth; kind view: tables are the
 * truth and every item that is stored is bound to a getter by its binding name (forms/bindings.tsv lists them).
 * Units: boxes 0.1 mm; decimals as integers scaled by 10^scale; days civil.
 * Ownership: everything hangs in the arena given to form_load, which must outlive the catalogue (house); static
 * for everyone else. Errors: ERR_FORM_DEF with the list of problems, ERR_IO.
 * Tests: tests/unit/test_form_define.c. */
#ifndef TSU_FORM_DEFINE_H
#define TSU_FORM_DEFINE_H

#include "base/civil.h"
#include "base/err.h"
#include "codec/json.h"

struct form_rules; /* form/rules.h */
struct rule_expr;

enum item_type {
	ITEM_TEXT,         /* one line */
	ITEM_MEMO,         /* several lines */
	ITEM_DATE,         /* a civil day */
	ITEM_PARTIAL_DATE, /* year, year+month or day; may be 「頃」 */
	ITEM_YM,           /* year and month */
	ITEM_TIME,         /* HH:MM */
	ITEM_INT,
	ITEM_DEC,          /* scaled integer, item->scale places */
	ITEM_BOOL,         /* true / false; options[0] = true, options[1] = false (labels, points) */
	ITEM_CODE,         /* one option */
	ITEM_CODES,        /* any number of options */
	ITEM_LIST,         /* rows of children */
	ITEM_REF,          /* a key of another record, item->ref names of what (staff, org, person) */
	ITEM_IMG,          /* a stored file by sha256 */
	ITEM_DERIVED,      /* the value of rule item->derive; never stored */
	ITEM_DISPLAY,      /* fixed text, item->label */
	ITEM_TYPE_COUNT
};
const char *item_type_name(enum item_type t); /* "partial-date"; static */

enum required {
	REQUIRED_NO,   /* 任 */
	REQUIRED_FORM, /* 様: the form may not leave it empty */
	REQUIRED_LINK, /* 連: the data link asks for it */
	REQUIRED_COND  /* 条: when required_when holds */
};

enum form_kind { FORM_ANSWERS, FORM_VIEW };

struct form_option {
	const char *code, *label;
	int64_t points; /* 0 if the form gives none */
};

struct form_item {
	const char *id;            /* within its level: "when" */
	const char *path;          /* from the form: "med.when"; equals id at the top */
	enum item_type type;
	int index;                 /* position within its level, = index into struct answers */
	const char *label;         /* official label */
	const char *short_label;   /* for narrow tables; equals label if none */
	const char *no;            /* printed number, e.g. "1"; "" if none */
	const char *help;          /* how to answer; "" if none */
	const char *help_source;   /* where the help comes from and how sure it is */
	const char *unit;          /* "cm"; "" if none */
	const char *section;       /* id of its section; "" inside lists */
	struct form_option *options;
	size_t n_options;
	enum required required;
	const struct rule_expr *shown_when, *required_when; /* NULL = always / never */
	struct form_item *children; /* ITEM_LIST */
	size_t n_children;
	int max_rows;              /* ITEM_LIST */
	int max_length;            /* code points, TEXT MEMO REF; never 0 there */
	int digits, scale;         /* ITEM_DEC: dec(digits, scale) */
	int places;                /* ITEM_DEC: places always shown; finer ones only where they are not zero */
	int64_t min, max;          /* INT, DEC (scaled) */
	bool future_ok;            /* dates: may lie after today */
	int class_bit;             /* record class; the form's if the item names none */
	const char *derive;        /* ITEM_DERIVED: rule id */
	const char *ref;           /* ITEM_REF */
	const char *binding;       /* kind view: name of the getter; "" if not bound */
	bool from_register;        /* bound to a value another table or page owns (bindings.tsv: register) */
	const char *link_id;       /* FHIR */
	const char *source, *confidence;
	const struct form_item *parent; /* the list it is a column of, or NULL */
};

struct form_section {
	const char *id, *label;
	size_t first, n; /* items[first .. first+n) */
};

struct form_def {
	const char *id, *version;  /* version = effective-from, "2015-04-01" */
	char sha256[65];           /* over form.json, rules.json, print.json, meta.json (define.c) */
	civil from, to;            /* validity; to = CIVIL_OPEN while in force */
	enum form_kind kind;
	const char *name, *short_name, *notice, *source; /* official name and the notice it stands in */
	int class_bit;             /* record class */
	int retention_years;       /* counted from the completion; a default, insurers set their own */
	const char *retention_source;
	const char *date_item;     /* item that decides the version and stands in the index (記入日) */
	const char **index_items;  /* ids kept beside the record for lists */
	size_t n_index_items;
	struct form_item *items;
	size_t n_items;
	struct form_section *sections;
	size_t n_sections;
	const struct form_rules *rules; /* never NULL; may be empty */
	const struct json *print;       /* print.json as read, NULL if the form has none */
	const char *dir;                /* folder it came from */
};

struct form_catalogue {
	struct form_def **defs; /* by id, then by version */
	size_t n_defs;
};

/* What form check and form_load found; one line each: "file: item: sentence" (arena). */
struct form_problems {
	const char **lines;
	size_t n, cap;
};
void form_problem(struct arena *a, struct form_problems *p, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Load every version below dir (the folder `forms`). All problems of all files are collected before ERR_FORM_DEF. */
MUST err form_load(struct arena *a, const char *dir, struct form_catalogue **out, struct form_problems *p);
/* Build one version from texts (published surveys, tests). print may be NULL. bindings: text of bindings.tsv. */
struct form_text {
	const char *id, *version, *form, *rules, *print, *meta, *bindings;
};
MUST err form_build(struct arena *a, const struct form_text *t, struct form_def **out, struct form_problems *p);

/* The version of a form valid on a day; NULL if there is none. */
const struct form_def *form_find(const struct form_catalogue *c, const char *id, civil on_day);
const struct form_def *form_find_version(const struct form_catalogue *c, const char *id, const char *version);
bool form_known(const struct form_catalogue *c, const char *id);

/* "kcl01", "med.when", and with a row number "med.0.when"; NULL if unknown. */
const struct form_item *form_item_find(const struct form_def *d, const char *path);
/* Does print.json give the item a place? A form without print.json prints everything. What the official form has no place
 * for stands in its "not_printed". */
bool form_prints(const struct form_def *d, const struct form_item *it);
const struct form_option *form_option_find(const struct form_item *it, const char *code); /* NULL if none */

#endif
