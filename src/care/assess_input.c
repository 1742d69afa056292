#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "codec/json.h"
#include "jp/era.h"
#include "jp/numbers.h"
#include "law/codes.h"
#include "register/ranks.h"

#include <string.h>

enum { LINE_CHARS = 200, MEMO_CHARS = 4000, PART_CHARS = 500 };

static const char *memo(struct ctx *c, const char *field, const char *label, const char *typed, size_t max)
{
	char *t = str_lf(c->arena, str_or(typed, ""));
	if (str_count(t) > max)
		(void)fault_add(c, field, ERR_TOO_LONG, "「%s」は%zu文字までです（いま%zu文字）。短くしてください。", label, max, str_count(t));
	return t;
}

static const char *code(struct ctx *c, const char *field, const char *label, const char *list, const char *typed, const char *had)
{
	if (str_blank(typed))
		return "";
	if (!str_eq(typed, had) && !law_code_valid(c->house->law, list, typed, c->today))
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、表示されている中から選んでください。", label);
	return arena_str(c->arena, typed);
}

err assess_input_head(struct ctx *c, const struct t_assessment *in, struct t_assessment *row)
{
	size_t before = c->n_faults;
	if (!str_blank(in->view))
		row->view = code(c, "view", "様式の見せ方", "assess_view", in->view, row->view);
	row->reason = code(c, "reason", "アセスメントの理由", "assess_reason", in->reason, row->reason);
	row->place = code(c, "place", "実施した場所", "assess_place", in->place, row->place);
	row->done_on = in->done_on;
	if (in->done_on == CIVIL_NONE && !fault_of(c, "done_on"))
		(void)fault_add(c, "done_on", ERR_REQUIRED, "「実施日」を入力してください。");
	else if (in->done_on != CIVIL_NONE && in->done_on > c->today && !fault_of(c, "done_on"))
		(void)fault_add(c, "done_on", ERR_DATE_FUTURE, "「実施日」に、これから先の日付は入力できません。訪問した日を入れてください。");
	row->reason_note = memo(c, "reason_note", "理由の説明", in->reason_note, MEMO_CHARS);
	row->place_reason = memo(c, "place_reason", "居宅でない理由", in->place_reason, MEMO_CHARS);
	row->interviewee = str_trim(c->arena, memo(c, "interviewee", "面接した相手", in->interviewee, LINE_CHARS));
	row->own_words = memo(c, "own_words", "本人の言葉", in->own_words, MEMO_CHARS);
	row->told = memo(c, "told", "説明した内容", in->told, MEMO_CHARS);
	row->understood = memo(c, "understood", "本人の理解・反応", in->understood, MEMO_CHARS);
	row->advocate = memo(c, "advocate", "意思決定を支える人", in->advocate, LINE_CHARS);
	row->wish_person = memo(c, "wish_person", "本人の主訴・意向", in->wish_person, MEMO_CHARS);
	row->wish_family = memo(c, "wish_family", "家族等の主訴・意向", in->wish_family, MEMO_CHARS);
	row->overall = memo(c, "overall", "総合所見", in->overall, MEMO_CHARS);
	row->met_person = in->met_person;
	row->met_family = in->met_family;
	row->purpose_told = in->purpose_told;
	row->plan_first = in->plan_first;
	return c->n_faults == before ? OK : ERR_INPUT;
}

static bool is_scale(const char *kind) { return str_starts(kind, "assess_"); }

bool assess_value_ok(struct ctx *c, const struct law_assess_item *part, const char *value)
{
	int64_t n;
	if (str_blank(value))
		return true;
	if (is_scale(part->kind))
		return law_code_valid(c->house->law, part->kind, value, c->today);
	if (str_eq(part->kind, "rank_adl"))
		return *ranks_label_ja(CODE_ADL, value);
	if (str_eq(part->kind, "rank_dementia"))
		return *ranks_label_ja(CODE_DEMENTIA, value);
	if (str_eq(part->kind, "num"))
		return json_scaled_text(value, 1, &n) && n > 0 && n < 10000;
	return str_count(value) <= PART_CHARS;
}

const char *assess_value_words(struct ctx *c, const struct law_assess_item *part, const char *value)
{
	if (str_blank(value))
		return "";
	if (is_scale(part->kind))
		return law_code_label(c->house->law, part->kind, value);
	if (str_eq(part->kind, "rank_adl"))
		return ranks_label_ja(CODE_ADL, value);
	return str_eq(part->kind, "rank_dementia") ? ranks_label_ja(CODE_DEMENTIA, value) : value;
}

static void parts(struct ctx *c, const struct law_assess_item *def, const struct assess_item_input *in, struct t_assessment_item *row)
{
	struct assess_pair *v = ARENA_ARRAY(c->arena, in->n_parts + 1, struct assess_pair);
	for (size_t i = 0; i < in->n_parts; i++) {
		const struct law_assess_item *p = law_assess_find(c->house->law, def->code, in->parts[i].key);
		const char *field = arena_fmt(c->arena, "%s.d.%s", def->code, in->parts[i].key);
		v[i] = (struct assess_pair){in->parts[i].key, str_lf(c->arena, str_or(in->parts[i].value, ""))};
		if (p && str_eq(p->kind, "num"))
			v[i].value = number_even(c->arena, str_trim(c->arena, v[i].value));
		if (p && !assess_value_ok(c, p, v[i].value))
			(void)fault_add(c, field, is_scale(p->kind) ? ERR_NOT_CHOICE : ERR_INPUT, "「%s」の「%s」%s", def->label, p->label,
			                str_eq(p->kind, "num") ? "は、数字で入力してください（例: 152.5）。"
			                : str_eq(p->kind, "text") ? "は500文字までです。短くしてください。" : "は、表示されている中から選んでください。");
		if (!p && str_count(v[i].value) > MEMO_CHARS)
			(void)fault_add(c, field, ERR_TOO_LONG, "「家族・介護者」の欄は%d文字までです。短くしてください。", MEMO_CHARS);
	}
	row->detail = assess_detail_put(c, row->detail, v, in->n_parts);
}

static const char *sources(struct ctx *c, const char *field, const char *typed, const char *had)
{
	struct buf out = buf_new(c->arena);
	size_t n = 0, n_list;
	char **v = str_blank(typed) ? NULL : str_split(c->arena, typed, '|', &n);
	const struct law_code **list = law_code_list(c->house->law, c->arena, "assess_source", c->today, &n_list);
	size_t known = 0;
	for (size_t k = 0; k < n_list; k++)
		for (size_t i = 0; i < n; i++)
			if (str_eq(v[i], list[k]->code)) {
				known++;
				buf_fmt(&out, "%s%s", out.n ? "|" : "", v[i]);
				break;
			}
	if (known != n && !str_eq(typed, had))
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「情報の出どころ」は、表示されている中から選んでください。");
	return known == n ? out.p : typed;
}

err assess_input_item(struct ctx *c, const struct law_assess_item *def, const struct assess_item_input *in, struct t_assessment_item *row)
{
	size_t before = c->n_faults;
	struct t_assessment_item was = *row;
	const char *k = def->code;
	row->state = code(c, arena_fmt(c->arena, "%s.state", k), def->label, "assess_state", in->row.state, row->state);
	row->icf = code(c, arena_fmt(c->arena, "%s.icf", k), "ICFの区分", "assess_icf", in->row.icf, row->icf);
	if (str_eq(row->icf, def->icf))
		row->icf = ""; /* only where it differs from the usual one */
	row->source = sources(c, arena_fmt(c->arena, "%s.source", k), in->row.source, row->source);
	row->fact = memo(c, arena_fmt(c->arena, "%s.fact", k), def->label, in->row.fact, MEMO_CHARS);
	row->judgement = memo(c, arena_fmt(c->arena, "%s.judgement", k), "見立て", in->row.judgement, MEMO_CHARS);
	row->is_issue = in->row.is_issue;
	row->as_of = in->row.as_of;
	if (row->as_of != CIVIL_NONE && row->as_of > c->today)
		(void)fault_add(c, arena_fmt(c->arena, "%s.as_of", k), ERR_DATE_FUTURE, "「確認日」に、これから先の日付は入力できません。");
	parts(c, def, in, row);
	if (str_blank(row->state) && (!str_blank(row->fact) || !str_blank(row->judgement) || !str_eq(row->detail, "{}")))
		row->state = "filled"; /* who wrote something has looked at it */
	bool touched = in->seen || !row_same(&T_assessment_item, &was, row);
	if (touched)
		row->is_untouched = false;
	return c->n_faults == before ? OK : ERR_INPUT;
}

err assess_input_area(struct ctx *c, const struct t_assessment_area *in, struct t_assessment_area *row)
{
	size_t before = c->n_faults;
	struct t_assessment_area was = *row;
	const char *k = row->area;
	row->status_text = memo(c, arena_fmt(c->arena, "%s.status_text", k), "領域と現在の状況", in->status_text, MEMO_CHARS);
	row->intent = memo(c, arena_fmt(c->arena, "%s.intent", k), "本人・家族の意欲・意向", in->intent, MEMO_CHARS);
	row->has_issue = code(c, arena_fmt(c->arena, "%s.has_issue", k), "領域における課題の有無", "assess_has_issue", in->has_issue, row->has_issue);
	row->issue = memo(c, arena_fmt(c->arena, "%s.issue", k), "領域における課題（背景・原因）", in->issue, MEMO_CHARS);
	if (!row_same(&T_assessment_area, &was, row))
		row->is_untouched = false;
	return c->n_faults == before ? OK : ERR_INPUT;
}
