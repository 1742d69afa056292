/* law/duty: reading law/duties.tsv. The table is compiled once: names become numbers, conditions and parameters are parsed. */
#include "base/str.h"
#include "codec/json.h"
#include "law/duty_own.h"
#include "law/files.h"

#include <string.h>

static const char *const kind_codes[] = {
#define X(name) #name,
	DUTY_KINDS(X)
#undef X
};
static const struct {
	const char *code, *ja;
} status_words[] = {{"future", "まだ先"}, {"due", "予定"}, {"done", "適合"}, {"overdue", "違反"}, {"waived", "免除"}, {"blocked", "できません"}, {"warned", "注意"},
	{"not_applicable", "対象外"}};

const char *duty_kind_code(enum duty_kind k) { return kind_codes[k]; }
const char *duty_status_code(enum duty_status s) { return status_words[s].code; }
const char *duty_status_ja(enum duty_status s) { return status_words[s].ja; }

struct loading {
	struct duty_table *t;
	struct duty_rule *v;
	size_t n, cap;
};

static int word_at(const char *const *words, int n, const char *word)
{
	for (int i = 0; i < n; i++)
		if (str_eq(words[i], word))
			return i;
	return -1;
}

/* Columns of duties.tsv. */
enum { C_RULE, C_VERSION, C_TITLE, C_SUBJECT, C_APPLIES, C_STRENGTH, C_KIND, C_PARAMS, C_EVIDENCE, C_EXCEPTIONS, C_CONSEQUENCE, C_MEND, C_APPLY_BY, C_FROM, C_TO, C_SOURCE,
	C_CONFIDENCE };

/* What is wrong with a row, and in which column. */
struct wrong {
	const char *why; /* NULL: nothing */
	size_t col;
};
#define WRONG(col_, why_) ((struct wrong){why_, col_})

/* The words of a row that are one of a short list. */
static struct wrong read_words(struct duty_rule *r)
{
	static const char *const strengths[] = {"duty", "effort", "block", "inform"}, *const bys[] = {"act", "month", "application"};
	static const char *const subjects[] = {"case", "person", "office", "insurer", "plan", "cert"};
	int kind = word_at(kind_codes, DUTY_KIND_COUNT, r->view.kind), strength = word_at(strengths, 4, r->view.strength);
	int by = word_at(bys, 3, r->view.apply_by), subject = word_at(subjects, 6, r->view.subject);
	if (kind < 0)
		return WRONG(C_KIND, "種類（evaluator）を知りません。");
	if (subject < 0)
		return WRONG(C_SUBJECT, "対象の言葉を知りません。case・person・office・insurer・plan・cert のどれかです。");
	if (strength < 0)
		return WRONG(C_STRENGTH, "強さの言葉を知りません。duty・effort・block・inform のどれかです。");
	if (by < 0)
		return WRONG(C_APPLY_BY, "適用日の言葉を知りません。act・month・application のどれかです。");
	r->kind = (enum duty_kind)kind;
	r->strength = (enum duty_strength)strength;
	r->apply_by = (enum duty_apply_by)by;
	r->subject = subject < 4 ? (enum duty_subject_kind)subject : subject == 4 ? DUTY_CASE : DUTY_PERSON;
	if (subject >= 4 && r->p.each < 0)
		r->p.each = subject == 4 ? W_plan : W_cert;
	return WRONG(0, NULL);
}

static struct wrong read_lists(struct duty_table *t, struct duty_rule *r)
{
	size_t n;
	char **v = str_blank(r->view.evidence) ? NULL : str_split(t->keep, r->view.evidence, '|', &n);
	for (size_t i = 0; v && i < n; i++) {
		int code = duty_code(t, v[i]);
		if (code < 0 || r->n_codes == DUTY_CODES)
			return WRONG(C_EVIDENCE, "codes.tsv の evidence にない記録のコードか、数が多すぎます。");
		r->codes[r->n_codes++] = code;
	}
	v = str_blank(r->view.exceptions) ? NULL : str_split(t->keep, r->view.exceptions, '|', &n);
	for (size_t i = 0; v && i < n; i++) {
		bool known = false;
		for (size_t k = 0; k < t->law->n_codes && !known; k++)
			known = str_eq(t->law->codes[k].list, "exc_kind") && str_eq(t->law->codes[k].code, v[i]);
		if (!known || r->n_exceptions == DUTY_EXC)
			return WRONG(C_EXCEPTIONS, "codes.tsv の exc_kind にない例外か、数が多すぎます。");
		r->exceptions[r->n_exceptions++] = duty_intern(t, v[i]);
	}
	return WRONG(0, NULL);
}

/* Versions of one rule follow each other to the day, and count up. */
static struct wrong fits_before(const struct loading *l, const struct duty_rule *r)
{
	for (size_t i = l->n; i-- > 0;) {
		const struct duty_rule_view *o = &l->v[i].view;
		if (!str_eq(o->id, r->view.id))
			continue;
		if (o->version + 1 != r->view.version)
			return WRONG(C_VERSION, "版の番号が、前の版の次ではありません。");
		if (r->view.from <= o->to)
			return WRONG(C_FROM, "有効期間が、前の版と重なっています。");
		if (r->view.from != o->to + 1)
			return WRONG(C_FROM, "有効期間が、前の版の終わりの翌日から始まっていません（すき間があります）。");
		return l->v[i].subject == r->subject ? WRONG(0, NULL) : WRONG(C_SUBJECT, "対象が、前の版と違います。");
	}
	return r->view.version == 1 ? WRONG(0, NULL) : WRONG(C_VERSION, "版の番号は1から始めてください。");
}

static struct wrong read_rule(struct ctx *c, struct loading *l, struct duty_rule *r)
{
	struct wrong w = read_words(r);
	int each = r->p.each;
	if (!w.why)
		w = WRONG(C_APPLIES, duty_cond_parse(c, l->t, r->view.applies, REF_SUBJECT, &r->applies));
	if (!w.why)
		w = read_lists(l->t, r);
	if (!w.why)
		w = WRONG(C_PARAMS, duty_params_parse(c, l->t, r));
	if (r->p.each < 0)
		r->p.each = each;
	return w.why ? w : fits_before(l, r);
}

/* A row that is wrong stays in the row of versions, so that the one after it is not blamed for it; the load has failed anyhow. */
static err duty_row(struct ctx *c, const struct law_row *row, void *arg)
{
	struct loading *l = arg;
	const char *const *f = row->field;
	int64_t version;
	TRY(law_row_filled(c, row, 1u << C_RULE | 1u << C_VERSION | 1u << C_TITLE | 1u << C_CONSEQUENCE | 1u << C_SOURCE | 1u << C_CONFIDENCE));
	if (!str_int(f[C_VERSION], &version) || version < 1 || version > 99)
		return law_cell_fault(c, row, C_VERSION, "版が数ではありません（1から99まで）。");
	l->v = law_grow(l->t->keep, l->v, l->n, &l->cap, sizeof *l->v);
	struct duty_rule *r = &l->v[l->n];
	memset(r, 0, sizeof *r);
	r->view = (struct duty_rule_view){.id = f[C_RULE], .version = (int)version, .title = f[C_TITLE], .subject = f[C_SUBJECT], .applies = f[C_APPLIES],
		.strength = f[C_STRENGTH], .kind = f[C_KIND], .params = f[C_PARAMS], .evidence = f[C_EVIDENCE], .exceptions = f[C_EXCEPTIONS], .consequence = f[C_CONSEQUENCE],
		.mend = f[C_MEND], .apply_by = f[C_APPLY_BY], .source = f[C_SOURCE], .confidence = f[C_CONFIDENCE]};
	TRY(law_row_period(c, row, C_FROM, &r->view.from, &r->view.to));
	r->p.each = -1;
	struct wrong w = read_rule(c, l, r);
	l->n++;
	return w.why ? law_cell_fault(c, row, w.col, arena_fmt(c->arena, "規則 %s: %s", f[C_RULE], w.why)) : OK;
}

static struct duty_table *table_new(struct arena *keep, struct law_catalogue *cat)
{
	struct duty_table *t = ARENA_NEW(keep, struct duty_table);
	*t = (struct duty_table){.symbols = map_new(keep), .codes = map_new(keep), .cap_symbols = 256, .keep = keep, .law = cat};
	t->symbol_text = ARENA_ARRAY(keep, 256, const char *);
	t->code_text = ARENA_ARRAY(keep, cat->n_codes + 1, const char *);
	for (size_t i = 0; i < cat->n_codes; i++)
		if (str_eq(cat->codes[i].list, "evidence") && !map_get(&t->codes, cat->codes[i].code)) {
			t->code_text[t->n_codes] = cat->codes[i].code;
			map_set(&t->codes, cat->codes[i].code, (void *)(intptr_t)++t->n_codes);
		}
	(void)duty_intern(t, "true");
	t->exc = duty_code(t, "REC-EXC");
	t->tvok = duty_code(t, "REC-TVOK");
	t->notify = duty_code(t, "REC-NOTIFY");
	return t;
}

/* The rows in the order of subjects, so that judging one kind of subject meets only its rules. */
static void settle(struct loading *l, struct law_catalogue *cat)
{
	struct duty_table *t = l->t;
	t->rules = ARENA_ARRAY(t->keep, l->n + 1, struct duty_rule);
	for (int k = 0; k <= DUTY_INSURER; k++) {
		t->first[k] = t->n_rules;
		for (size_t i = 0; i < l->n; i++)
			if ((int)l->v[i].subject == k)
				t->rules[t->n_rules++] = l->v[i];
	}
	t->first[DUTY_INSURER + 1] = t->n_rules;
	cat->duties = t;
}

/* The evaluators themselves look for these. */
static err has_own_codes(struct ctx *c, const struct duty_table *t)
{
	if (t->exc >= 0 && t->tvok >= 0 && t->notify >= 0)
		return OK;
	return fault_add(c, "", ERR_FORM_DEF, "codes.tsv の evidence に、REC-EXC・REC-TVOK・REC-NOTIFY のどれかがありません。");
}

err duty_load_text(struct ctx *c, struct arena *keep, char *text, struct law_catalogue *cat)
{
	struct loading l = {.t = table_new(keep, cat)};
	TRY(has_own_codes(c, l.t));
	TRY(law_read_text(c, "duties.tsv", text, law_file_head("duties.tsv"), duty_row, &l));
	settle(&l, cat);
	return OK;
}

err duty_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *cat)
{
	struct loading l = {.t = table_new(keep, cat)};
	TRY(has_own_codes(c, l.t));
	TRY(law_read_tsv(c, keep, src, "duties.tsv", law_file_head("duties.tsv"), duty_row, &l));
	settle(&l, cat);
	return OK;
}

/* ---- facts ------------------------------------------------------------------------------------------------------------------------- */

static const char *text_of(struct arena *a, const struct json *v)
{
	if (json_is(v, JSON_BOOL))
		return json_bool(v, false) ? "true" : "false";
	if (json_is(v, JSON_STRING) || json_is(v, JSON_NUMBER))
		return arena_str(a, v->text);
	return "";
}

/* A body as register/evidence writes it: one flat object without blanks or escapes, of texts, whole numbers, yes, no and null. It is cut into
 * pieces where it lies; false: anything else is in it, and the reader of JSON decides. */
enum { FLAT_KEYS = 24 };
struct flat {
	char *p;
	const char *key[FLAT_KEYS]; /* of all members so far: two of one name are refused */
	size_t len[FLAT_KEYS], n;
	bool high; /* bytes beyond ASCII are in it */
};

static char *flat_text(struct flat *f)
{
	if (*f->p != '"')
		return NULL;
	char *from = ++f->p;
	for (; *f->p != '"'; f->p++) {
		if ((unsigned char)*f->p < 0x20 || *f->p == '\\')
			return NULL;
		f->high = f->high || (unsigned char)*f->p >= 0x80;
	}
	*f->p++ = '\0';
	return from;
}

static const char *flat_word(struct flat *f)
{
	static const char *const words[][2] = {{"true", "true"}, {"false", "false"}, {"null", ""}};
	for (int i = 0; i < 3; i++)
		if (str_starts(f->p, words[i][0])) {
			f->p += strlen(words[i][0]);
			return words[i][1];
		}
	return NULL;
}

/* Leaves p behind the value and what follows it in *close; a number ends where that stood. */
static const char *flat_value(struct flat *f, char *close)
{
	const char *text = *f->p == '"' ? flat_text(f) : flat_word(f);
	char *number = f->p;
	if (!text) {
		f->p += *f->p == '-';
		char *digits = f->p;
		while (*f->p >= '0' && *f->p <= '9')
			f->p++;
		if (f->p == digits || f->p - digits > 18 || (*digits == '0' && f->p - digits > 1))
			return NULL;
		text = number;
	}
	*close = *f->p;
	if (*close)
		*f->p++ = '\0';
	return text;
}

static bool flat_key_is_new(struct flat *f, const char *key)
{
	size_t len = (size_t)(f->p - 1 - key); /* p stands behind its closing quote */
	for (size_t i = 0; i < f->n; i++)
		if (f->len[i] == len && memcmp(f->key[i], key, len) == 0)
			return false;
	if (f->n == FLAT_KEYS)
		return false;
	f->len[f->n] = len;
	f->key[f->n++] = key;
	return true;
}

static bool flat_read(const struct duty_table *t, struct arena *a, const char *body, struct duty_fact *out)
{
	size_t len = strlen(body), n = 0;
	struct flat f = {.p = arena_strn(a, body, len)};
	struct duty_value v[FLAT_KEYS];
	char close = ',';
	if (*f.p++ != '{')
		return false;
	while (close == ',') {
		const char *key = flat_text(&f);
		if (!key || !flat_key_is_new(&f, key) || *f.p++ != ':')
			return false;
		const char *text = flat_value(&f, &close);
		int name = duty_symbol(t, key);
		if (!text)
			return false;
		if (name >= 0)
			v[n++] = duty_value_named(t, name, text);
	}
	if (close != '}' || *f.p || (f.high && !str_utf8_valid(body, len)))
		return false;
	out->v = arena_copy(a, v, (n ? n : 1) * sizeof v[0]);
	out->n = n;
	return true;
}

bool duty_fact_read(const struct duty_table *t, struct arena *a, const char *code, civil on_day, int64_t recorded_ms, const char *table_name,
                    int64_t row_id, const char *body, struct duty_fact *out)
{
	struct json *o;
	*out = (struct duty_fact){.code = duty_code(t, code), .on_day = on_day, .recorded_ms = recorded_ms, .row_id = row_id, .table = table_name};
	if (out->code < 0)
		return true;
	if (flat_read(t, a, body, out))
		return true;
	if (json_parse(a, body, strlen(body), NULL, &o, NULL) != OK || !json_is(o, JSON_OBJECT))
		return false;
	struct duty_value *v = ARENA_ARRAY(a, o->n + 1, struct duty_value);
	for (size_t i = 0; i < o->n; i++)
		if (duty_symbol(t, o->keys[i]) >= 0)
			v[out->n++] = duty_value(t, o->keys[i], text_of(a, o->items[i]));
	out->v = v;
	return true;
}

/* ---- looking at the table ------------------------------------------------------------------------------------------------------------ */

const struct duty_rule_view *duty_rule_view(const struct duty_rule *r) { return &r->view; }
size_t duty_rule_count(const struct law_catalogue *law) { return law->duties->n_rules; }
const struct duty_rule *duty_rule_at(const struct law_catalogue *law, size_t i) { return &law->duties->rules[i]; }

const struct duty_rule *duty_rule_find(const struct law_catalogue *law, const char *id, civil on)
{
	for (size_t i = 0; i < law->duties->n_rules; i++) {
		const struct duty_rule_view *v = &law->duties->rules[i].view;
		if (str_eq(v->id, id) && v->from <= on && on <= v->to)
			return &law->duties->rules[i];
	}
	return NULL;
}
