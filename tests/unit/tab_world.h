/* Small surveys for the tests of region/tab: the invented year of demo/survey/rehab_quarter.csv, and tables typed in by hand. */
#ifndef TSU_TESTS_TAB_WORLD_H
#define TSU_TESTS_TAB_WORLD_H

#include "unit.h"

#include "base/str.h"
#include "codec/csv.h"
#include "region/tab_own.h"
#include "region/tab_words.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(v) (sizeof(v) / sizeof *(v))

static inline const struct tab *opened(struct arena *a, const struct tab_data *d)
{
	const struct tab *t = NULL;
	const char *why = NULL;
	err e = tab_open(a, d, &t, &why);
	if (e != OK)
		print_error("%s\n", why ? why : "?");
	assert_int_equal(e, OK);
	return t;
}

/* "39" or "64%" as printed in the row with that code and the nth column. */
static inline const char *printed(const struct tab_table *t, const char *code, size_t col)
{
	const struct tab_cell *c = tab_cell_of(t, code, col);
	if (!c)
		fail_msg("no cell %s %zu in %s", code, col, t->id);
	return c->text;
}
static inline void sound(struct arena *a, const struct tab_table *t)
{
	const char *fault = tab_table_fault(a, t);
	if (fault)
		fail_msg("%s: %s", t->id, fault);
}
static inline bool noted(const struct tab_table *t, const char *part)
{
	for (size_t i = 0; i < t->n_notes; i++)
		if (strstr(t->notes[i], part))
			return true;
	return false;
}

/* ---- a survey typed in ------------------------------------------------------------------------------------------- */

/* One line per answer: "unit round mode value value …", blanks between. Units are numbered from 1, rounds from 1. Values: a code, several
 * with "|", a number; "-" blank, "." not asked, "?" unknown, "!" refused, "n/a". Texts: no blanks in them. */
static inline const char *word(struct arena *a, const char **p)
{
	while (**p == ' ')
		++*p;
	const char *s = *p;
	while (**p && **p != ' ')
		++*p;
	return arena_strn(a, s, (size_t)(*p - s));
}

static inline int mode_of(const char *w)
{
	static const char *const modes[] = {"web", "paper", "mail", "fax", "file"};
	for (int i = 0; i < TAB_MODES; i++)
		if (str_eq(modes[i], w))
			return i;
	fail_msg("mode %s", w);
	return 0;
}

static inline void put_value(const struct tab_question *q, struct tab_column *col, size_t k, const char *w)
{
	static const struct { const char *w; enum tab_state s; } blanks[] = {{".", TAB_HIDDEN}, {"-", TAB_BLANK}, {"", TAB_BLANK}, {"?", TAB_UNKNOWN},
		{"!", TAB_REFUSED}, {"n/a", TAB_NA}};
	for (size_t i = 0; i < COUNT_OF(blanks); i++)
		if (str_eq(w, blanks[i].w)) {
			col->state[k] = (uint8_t)blanks[i].s;
			return;
		}
	col->state[k] = TAB_VALUE;
	if (q->kind == TAB_TEXT) {
		col->text[k] = w;
	} else if (q->kind == TAB_NUMBER) {
		assert_true(str_int(w, &col->number[k]));
	} else if (q->kind == TAB_DATE) {
		civil day;
		assert_true(civil_parse(w, &day));
		col->number[k] = day;
	} else {
		char copy[200];
		snprintf(copy, sizeof copy, "%s", w);
		for (char *save, *p = strtok_r(copy, "|", &save); p; p = strtok_r(NULL, "|", &save)) {
			int o = tab_option_of(q, p);
			if (o < 0)
				fail_msg("option %s of %s", p, q->key);
			col->bits[k] |= (uint64_t)1 << o;
		}
	}
}

static inline void typed(struct arena *a, struct tab_data *d, const char *const *lines, size_t n)
{
	uint32_t *unit = ARENA_ARRAY(a, n + 1, uint32_t);
	uint8_t *round = ARENA_ARRAY(a, n + 1, uint8_t), *mode = ARENA_ARRAY(a, n + 1, uint8_t);
	d->answers.n = n;
	struct tab_column *cols = tab_columns_new(a, d);
	for (size_t k = 0; k < n; k++) {
		const char *p = lines[k];
		unit[k] = (uint32_t)strtol(word(a, &p), NULL, 10) - 1;
		round[k] = (uint8_t)(strtol(word(a, &p), NULL, 10) - 1);
		mode[k] = (uint8_t)mode_of(word(a, &p));
		for (size_t q = 0; q < d->n_questions; q++)
			put_value(&d->questions[q], &cols[q], k, word(a, &p));
	}
	d->answers.unit_of = unit;
	d->answers.round_of = round;
	d->answers.mode_of = mode;
	d->columns = cols;
}

/* n units, all invited to all rounds. */
static inline void units_of(struct arena *a, struct tab_data *d, size_t n)
{
	struct tab_unit *u = ARENA_ARRAY(a, n, struct tab_unit);
	for (size_t i = 0; i < n; i++)
		u[i] = (struct tab_unit){arena_fmt(a, "u%zu", i + 1), arena_fmt(a, "第%zuセンター", i + 1), UINT64_MAX >> (64 - d->n_rounds)};
	d->units = u;
	d->n_units = n;
}

static const struct tab_option YES_NO[] = {{"yes", "実施あり"}, {"no", "実施なし"}};
static const struct tab_option ABC[] = {{"a", "ア"}, {"b", "イ"}, {"c", "ウ"}, {"d", "エ"}};

static const struct tab_round FOUR[] = {
	{"q1", "第1四半期", .asked_on = CIVIL_NONE, .from = CIVIL_NONE, .to = CIVIL_NONE, .closes_on = CIVIL_NONE, .finished = true, .n_invited = -1},
	{"q2", "第2四半期", .asked_on = CIVIL_NONE, .from = CIVIL_NONE, .to = CIVIL_NONE, .closes_on = CIVIL_NONE, .finished = true, .n_invited = -1},
	{"q3", "第3四半期", .asked_on = CIVIL_NONE, .from = CIVIL_NONE, .to = CIVIL_NONE, .closes_on = CIVIL_NONE, .finished = true, .n_invited = -1},
	{"q4", "第4四半期", .asked_on = CIVIL_NONE, .from = CIVIL_NONE, .to = CIVIL_NONE, .closes_on = CIVIL_NONE, .finished = true, .n_invited = -1}};

static inline struct tab_data survey(const struct tab_question *q, size_t n_questions, size_t n_rounds)
{
	return (struct tab_data){.title = "調査", .unit_word = "地域包括支援センター", .unit_short = "センター", .unit_counter = "か所", .place = "市内",
		.owner = true, .small_cell = 3, .frame_on = CIVIL_NONE, .as_of = CIVIL_NONE, .rounds = FOUR, .n_rounds = n_rounds, .questions = q, .n_questions = n_questions};
}

/* ---- the year of demo/survey ------------------------------------------------------------------------------------- */

static const struct tab_option REHAB_PROGRAMME[] = {{"used", "活用あり"}, {"unused", "活用なし"}};
static const struct tab_option REHAB_OCCASION[] = {{"case_conf", "事例検討会"}, {"visit", "アセスメント訪問"}, {"other", "その他"}};
static const struct tab_option REHAB_TIMING[] = {{"first", "支援の初回導入時"}, {"return_home", "病院・施設からの在宅復帰時"}, {"review", "サービス計画の見直し・更新時期"},
	{"regular", "定例開催の研修会や検討会"}, {"other", "その他"}};
static const struct tab_option REHAB_REASON[] = {{"service_choice", "サービス利用についての相談"}, {"return_home", "在宅復帰に向けてのアセスメント"},
	{"independence", "自立支援のためのリハビリ専門職の意見確認"}, {"difficult", "処遇困難事例"}, {"links", "地域のリハビリ専門職とのつながり強化"}, {"other", "その他"}};
static const struct tab_option REHAB_EFFECT[] = {{"very", "大変効果があった"}, {"good", "効果があった"}, {"neither", "どちらとも言えない"}, {"none", "効果がなかった"}};
static const struct tab_option REHAB_PLAN[] = {{"yes", "連携予定あり"}, {"no", "連携予定なし"}};
static const struct tab_option REHAB_PLAN_PROGRAMME[] = {{"yes", "活用予定あり"}, {"no", "活用予定なし"}};
#define OPTS(x) .options = (x), .n_options = COUNT_OF(x)
#define IF_YES .asked_if = "「実施あり」とした"
static const struct tab_question REHAB[] = {
	{.key = "did", .no = "Q2", .label = "リハビリ専門職と連携したケアマネジメントを実施された機会はありましたか。", .label_short = "実施", .role = "did", .kind = TAB_SINGLE, OPTS(YES_NO)},
	{.key = "programme", .no = "Q3", .label = "リハビリ専門職派遣事業を活用されましたか。", .label_short = "派遣事業の活用", .role = "programme", .kind = TAB_SINGLE, OPTS(REHAB_PROGRAMME), IF_YES},
	{.key = "occasion", .no = "Q4", .label = "実施したのはどのような機会ですか。", .label_short = "実施機会", .role = "occasion", .kind = TAB_MULTI, OPTS(REHAB_OCCASION), IF_YES},
	{.key = "occasion_case_conf_n", .no = "Q4", .label = "事例検討会の回数", .unit = "回", .kind = TAB_NUMBER, .of_key = "occasion", .of_option = "case_conf", IF_YES},
	{.key = "occasion_visit_n", .no = "Q4", .label = "アセスメント訪問の回数", .unit = "回", .kind = TAB_NUMBER, .of_key = "occasion", .of_option = "visit", IF_YES},
	{.key = "occasion_other_n", .no = "Q4", .label = "その他の回数", .unit = "回", .kind = TAB_NUMBER, .of_key = "occasion", .of_option = "other", IF_YES},
	{.key = "timing", .no = "Q5", .label = "連携した時期はいつですか。", .label_short = "連携した時期", .role = "timing", .kind = TAB_MULTI, OPTS(REHAB_TIMING), IF_YES},
	{.key = "reason", .no = "Q6", .label = "連携したケアマネジメントを実施した理由はなんですか。", .label_short = "実施した理由", .role = "reason", .kind = TAB_MULTI, OPTS(REHAB_REASON), IF_YES},
	{.key = "effect", .no = "Q7", .label = "連携の効果はありましたか。", .label_short = "連携の効果", .role = "effect", .kind = TAB_SINGLE, OPTS(REHAB_EFFECT), IF_YES},
	{.key = "effect_text", .no = "", .label = "連携の効果についての意見", .kind = TAB_TEXT, IF_YES},
	{.key = "no_reason_text", .no = "", .label = "実施していない理由", .kind = TAB_TEXT, .asked_if = "「実施なし」とした"},
	{.key = "plan", .no = "Q7", .label = "今後（今後も）連携したケアマネジメントを実施する予定はありますか。", .label_short = "今後の連携の予定", .role = "plan", .kind = TAB_SINGLE, OPTS(REHAB_PLAN)},
	{.key = "plan_programme", .no = "Q8", .label = "今後（今後も）派遣事業を活用する予定はありますか。", .label_short = "派遣事業を活用する予定", .role = "plan_programme", .kind = TAB_SINGLE, OPTS(REHAB_PLAN_PROGRAMME)},
};

/* From raw CSV: columns target, round, mode, then the keys of REHAB. Shown: by `did`, as the head of rehab_quarter.py says. */
static inline struct tab_data rehab_from(struct arena *a, const char *bytes, size_t n_bytes)
{
	struct tab_data d = survey(REHAB, COUNT_OF(REHAB), 4);
	struct csv r = csv_open(bytes, n_bytes, ',', CSV_UTF8);
	struct csv_row head, row;
	struct csv_row *rows = ARENA_ARRAY(a, 400, struct csv_row);
	size_t n = 0;
	assert_true(csv_next(&r, a, &head));
	while (csv_next(&r, a, &row)) {
		assert_int_equal(row.bad, OK);
		assert_true(n < 400);
		rows[n++] = row;
	}
	d.answers.n = n;
	uint32_t *unit = ARENA_ARRAY(a, n, uint32_t);
	uint8_t *round = ARENA_ARRAY(a, n, uint8_t), *mode = ARENA_ARRAY(a, n, uint8_t);
	struct tab_unit *units = ARENA_ARRAY(a, 100, struct tab_unit);
	struct tab_column *cols = tab_columns_new(a, &d);
	for (size_t k = 0; k < n; k++) {
		const char *target = csv_cell(&rows[k], csv_column(&head, "target")), *q = csv_cell(&rows[k], csv_column(&head, "round"));
		size_t u = 0;
		while (u < d.n_units && !str_eq(units[u].label, target))
			u++;
		if (u == d.n_units)
			units[d.n_units++] = (struct tab_unit){arena_fmt(a, "c%zu", u), target, 15};
		unit[k] = (uint32_t)u;
		round[k] = (uint8_t)(q[1] - '1');
		mode[k] = (uint8_t)mode_of(csv_cell(&rows[k], csv_column(&head, "mode")));
		const char *did = csv_cell(&rows[k], csv_column(&head, "did"));
		for (size_t i = 0; i < d.n_questions; i++) {
			const struct tab_question *x = &d.questions[i];
			const char *cell = csv_cell(&rows[k], csv_column(&head, x->key));
			bool no = str_eq(did, "no"), for_no = str_eq(x->key, "no_reason_text"), always = str_eq(x->key, "did") || str_starts(x->key, "plan");
			put_value(x, &cols[i], k, !always && no != for_no ? "." : cell);
		}
	}
	d.title = "リハビリ専門職と連携したケアマネジメントの実施状況についての調査";
	d.answers.unit_of = unit;
	d.answers.round_of = round;
	d.answers.mode_of = mode;
	d.columns = cols;
	d.units = units;
	return d;
}

static inline const char *file_text(struct arena *a, const char *path, size_t *n)
{
	const char *root = getenv("TSUNAGI_ROOT");
	FILE *f = fopen(arena_fmt(a, "%s/%s", root ? root : ".", path), "rb");
	assert_non_null(f);
	char *p = arena_alloc(a, 1 << 20);
	*n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return p;
}

static inline struct tab_data rehab(struct arena *a)
{
	size_t n;
	const char *p = file_text(a, "demo/survey/rehab_quarter.csv", &n);
	return rehab_from(a, p, n);
}

#endif
