#include "register/ranks.h"

#include "base/buf.h"
#include "base/str.h"
#include "sql/q_record.h"

#include <string.h>

struct code_row {
	enum code_kind kind;
	const char *ours, *label, *system[CODE_OURS];
	bool choice;
};
static const struct code_row code_rows[] = {
#define CODE_ROW(kind, ours, label, link, basic, yobo, life, choice) {CODE_##kind, ours, label, {link, basic, yobo, life}, choice},
#include "register/codes.tbl.h"
#undef CODE_ROW
};
enum { N_CODES = sizeof code_rows / sizeof code_rows[0] };

static const char *code_in_system(const struct code_row *r, enum code_system system)
{
	return system == CODE_OURS ? r->ours : r->system[system];
}

const char *ranks_code_out(enum code_kind kind, enum code_system system, const char *ours)
{
	for (size_t i = 0; i < N_CODES; i++)
		if (code_rows[i].kind == kind && str_eq(code_rows[i].ours, ours))
			return code_in_system(&code_rows[i], system);
	return "";
}

const char *ranks_code_in(enum code_kind kind, enum code_system system, const char *theirs)
{
	if (!theirs || !*theirs)
		return NULL;
	for (size_t i = 0; i < N_CODES; i++)
		if (code_rows[i].kind == kind && str_eq(code_in_system(&code_rows[i], system), theirs))
			return code_rows[i].ours;
	return NULL;
}

const char *ranks_label_ja(enum code_kind kind, const char *ours)
{
	for (size_t i = 0; i < N_CODES; i++)
		if (code_rows[i].kind == kind && str_eq(code_rows[i].ours, ours))
			return code_rows[i].label;
	return "";
}

size_t ranks_count(enum code_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < N_CODES; i++)
		n += code_rows[i].kind == kind && code_rows[i].choice;
	return n;
}

const char *ranks_code(enum code_kind kind, size_t at)
{
	for (size_t i = 0; i < N_CODES; i++)
		if (code_rows[i].kind == kind && code_rows[i].choice && at-- == 0)
			return code_rows[i].ours;
	return "";
}

int ranks_level_group(const char *level)
{
	if (!*ranks_label_ja(CODE_LEVEL, level))
		return -1;
	return level[0] == 's' ? 1 : level[0] == 'c' ? 2 : 0;
}

/* One spelling of what is typed: half width, upper case, Ⅰ–Ⅳ and 1–4 alike as digits, no spaces. out holds 32 bytes. */
static bool fold_typed(const char *typed, char out[32])
{
	size_t n = 0;
	while (*typed) {
		uint32_t u = str_next(&typed);
		if (u == ' ' || u == 0x3000 || u == '\t')
			continue;
		if (u >= 0xFF01 && u <= 0xFF5E)
			u -= 0xFEE0;
		if (u >= 0x2160 && u <= 0x2163)
			u = u - 0x2160 + '1';
		if (u >= 0x2170 && u <= 0x2173)
			u = u - 0x2170 + '1';
		if (u >= 'a' && u <= 'z')
			u = u - 'a' + 'A';
		if (n > 24)
			return false;
		if (u < 0x80) {
			out[n++] = (char)u;
		} else { /* kanji: three bytes of UTF-8 */
			out[n++] = (char)(0xE0 | (u >> 12 & 15));
			out[n++] = (char)(0x80 | (u >> 6 & 63));
			out[n++] = (char)(0x80 | (u & 63));
		}
	}
	out[n] = '\0';
	return n > 0;
}

/* I, II, III, IV at the beginning → digits, so that II a and Ⅱａ meet. */
static void roman(char *s)
{
	static const char *const r[] = {"IV", "III", "II", "I"};
	static const char d[] = "4321";
	for (int i = 0; i < 4; i++)
		if (str_starts(s, r[i])) {
			size_t n = strlen(r[i]);
			s[0] = d[i];
			memmove(s + 1, s + n, strlen(s + n) + 1);
			return;
		}
}

const char *ranks_read(enum code_kind kind, const char *typed)
{
	char a[32], b[32];
	if (!typed || !fold_typed(typed, a))
		return NULL;
	if (kind == CODE_DEMENTIA)
		roman(a);
	for (size_t i = 0; i < N_CODES; i++) {
		const struct code_row *r = &code_rows[i];
		if (r->kind != kind || !r->choice)
			continue;
		for (int k = 0; k < 2; k++) {
			if (!fold_typed(k ? r->label : r->ours, b))
				continue;
			if (str_eq(a, b))
				return r->ours;
		}
	}
	return NULL;
}

/* --- 自立度 as rows --- */

static const struct gen_code kinds[] = {{"adl", "障害高齢者の日常生活自立度"}, {"dementia", "認知症高齢者の日常生活自立度"}};
static const struct gen_code sources[] = {
	{"survey", "認定調査票"}, {"opinion", "主治医意見書"}, {"own", "自機関の判断"}, {"other", "その他"},
};

static enum code_kind kind_of(const struct t_person_rank *r) { return str_eq(r->kind, "adl") ? CODE_ADL : CODE_DEMENTIA; }

static err ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_record_rank_ids_row *rows;
	TRY(q_record_rank_ids(c, &(struct q_record_rank_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void check(struct ctx *c, void *row)
{
	struct t_person_rank *r = row;
	GEN_CHECK_CODE(c, "kind", "自立度の種類", kinds, r->kind, true);
	GEN_CHECK_CODE(c, "source", "判定のもと", sources, r->source, true);
	const char *read = ranks_read(kind_of(r), r->value);
	if (str_blank(r->value))
		(void)fault_add(c, "value", ERR_REQUIRED, "日常生活自立度を選んでください。");
	else if (!read)
		(void)fault_add(c, "value", ERR_NOT_CHOICE, kind_of(r) == CODE_ADL
			? "障害高齢者の日常生活自立度は 自立・J1・J2・A1・A2・B1・B2・C1・C2 から選んでください。"
			: "認知症高齢者の日常生活自立度は 自立・Ⅰ・Ⅱa・Ⅱb・Ⅲa・Ⅲb・Ⅳ・M から選んでください。");
	else
		r->value = read;
	if (r->judged_on == CIVIL_NONE)
		(void)fault_add(c, "judged_on", ERR_REQUIRED, "判定日を入力してください。");
	else if (r->judged_on > c->today)
		(void)fault_add(c, "judged_on", ERR_DATE_FUTURE, "判定日がこれから先の日付です。確かめてください。");
	gen_check_text(c, "judged_by", "判定した人", r->judged_by, false, 100);
}

static bool same_series(const void *a, const void *b)
{
	return str_eq(((const struct t_person_rank *)a)->kind, ((const struct t_person_rank *)b)->kind);
}

static void period(const void *row, civil *from, civil *to)
{
	*from = ((const struct t_person_rank *)row)->judged_on;
	*to = CIVIL_OPEN; /* until a newer one */
}

static const char *text(struct ctx *c, const void *row)
{
	const struct t_person_rank *r = row;
	return arena_fmt(c->arena, "%s %s（%s）", GEN_LABEL(kinds, r->kind), ranks_label_ja(kind_of(r), r->value),
		GEN_LABEL(sources, r->source));
}

const struct gen_kind GEN_RANK = {.label = "日常生活自立度", .table = &T_person_rank, .class_bit = CLASS_CARE, .timeline = "rank",
	.ids = ids, .check = check, .same_series = same_series, .period = period, .text = text};
GEN_FACE_C(rank, t_person_rank, GEN_RANK);

err rank_newest(struct ctx *c, int64_t person_id, const char *kind, struct gen_asof asof, struct t_person_rank *row, bool *found)
{
	if (asof.on == CIVIL_NONE)
		asof.on = c->today;
	struct t_person_rank *rows;
	size_t n;
	TRY(rank_list(c, person_id, asof, &rows, &n));
	*found = false;
	for (size_t i = 0; i < n && !*found; i++)
		if (str_eq(rows[i].kind, kind)) {
			*row = rows[i];
			*found = true;
		}
	return OK;
}

GEN_CHOICES_C(rank_source_choices, sources);
