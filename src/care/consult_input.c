#include "care/consult_input.h"

#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "jp/numbers.h"
#include "law/codes.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_CHARS = 200, MEMO_MAX_CHARS = 20000, MINUTES_MAX = 24 * 60 };

int consult_class_of(const char *const *classes, size_t n)
{
	/* 高齢者虐待防止法8条・17条 (守秘); F021: these matters have their own class from the first word on. */
	static const char *const guarded[] = {"abuse", "guardian", "fraud"};
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof guarded / sizeof guarded[0]; k++)
			if (str_eq(classes[i], guarded[k]))
				return CLASS_RIGHTS;
	return CLASS_CONSULTATION;
}

err consult_code_read(struct ctx *c, const char *field, const char *label, const char *list, const char *code,
                      const char **out)
{
	if (str_blank(code))
		return fault_add(c, field, ERR_REQUIRED, "「%s」を選んでください。", label);
	if (!law_code_valid(c->house->law, list, code, c->today))
		return fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、表示されている中から選んでください。", label);
	*out = arena_str(c->arena, code);
	return OK;
}

static err text_read(struct ctx *c, const char *field, const char *label, const char *text, size_t max, bool memo,
                     const char **out)
{
	char *t = str_lf(c->arena, str_or(text, ""));
	if (str_count(t) > max)
		return fault_add(c, field, ERR_TOO_LONG, "「%s」は%zu文字までです（いま%zu文字）。短くするか、経過に分けて書いてください。",
		                 label, max, str_count(t));
	*out = memo ? t : str_trim(c->arena, t);
	return OK;
}

err consult_minutes_read(struct ctx *c, const char *field, const char *text, int64_t *out)
{
	*out = INT_NULL;
	if (str_blank(text))
		return OK;
	int64_t v;
	const char *typed = str_trim(c->arena, text), *even = number_even(c->arena, typed);
	if (str_count(even) != str_count(typed) || !str_int(even, &v)) /* number_even drops dashes: 「1-5」 is no 15 */
		return fault_add(c, field, ERR_NOT_NUMBER, "「所要時間」は分を数字で入力してください（例: 15）。");
	if (v > MINUTES_MAX)
		return fault_add(c, field, ERR_RANGE, "「所要時間」は0分から%d分までです。", MINUTES_MAX);
	*out = v;
	return OK;
}

static bool time_of_day(const char *t, int *minutes)
{
	int h, m;
	char rest;
	if (sscanf(t, "%2d:%2d%c", &h, &m, &rest) != 2 && sscanf(t, "%2d時%2d分%c", &h, &m, &rest) != 2) {
		size_t n = strlen(t);
		if (n != 4 || sscanf(t, "%2d%2d", &h, &m) != 2)
			return false;
	}
	if (h < 0 || h > 23 || m < 0 || m > 59)
		return false;
	*minutes = h * 60 + m;
	return true;
}

err consult_time_read(struct ctx *c, const char *day_field, const char *on, const char *time_field, const char *time,
                      int64_t *ms)
{
	*ms = c->now_ms;
	if (str_blank(on) && str_blank(time))
		return OK;
	civil day = c->today;
	err bad = OK;
	if (!str_blank(on)) {
		struct era_date d;
		bad = era_parse(c, day_field, on, &d);
		if (bad == OK)
			bad = era_check_past(c, day_field, d.day);
		if (bad == OK)
			day = d.day;
	}
	int minutes = 0;
	if (!str_blank(time) && !time_of_day(number_even(c->arena, str_trim(c->arena, time)), &minutes))
		bad = fault_add(c, time_field, ERR_INPUT, "時刻は「13:05」のように入力してください。");
	if (bad != OK || (str_blank(time) && day == c->today))
		return bad;
	*ms = civil_instant_start(day) + (int64_t)minutes * 60000;
	if (*ms > c->now_ms)
		return fault_add(c, time_field, ERR_DATE_FUTURE, "これから先の時刻は入力できません。時刻を確かめてください。");
	return OK;
}

err consult_step_read(struct ctx *c, const char *status, const char *next_action, const char *next_on,
                      const char *close_reason, struct t_consult *row)
{
	size_t before = c->n_faults;
	(void)!consult_code_read(c, "status", "状況", "consult_status", str_blank(status) ? "received" : status, &row->status);
	(void)!text_read(c, "next_action", "次にすること", next_action, LINE_MAX_CHARS, false, &row->next_action);
	(void)!text_read(c, "close_reason", "終結の理由", close_reason, LINE_MAX_CHARS, false, &row->close_reason);
	row->next_on = CIVIL_NONE;
	if (!str_blank(next_on)) {
		struct era_date d;
		if (era_parse(c, "next_on", next_on, &d) == OK)
			row->next_on = d.day;
	}
	bool closed = str_eq(row->status, "closed");
	if (closed && str_blank(row->close_reason))
		(void)fault_add(c, "close_reason", ERR_REQUIRED, "終結するときは「終結の理由」を書いてください。");
	if (!closed && row->next_on != CIVIL_NONE && str_blank(row->next_action))
		(void)fault_add(c, "next_action", ERR_REQUIRED, "期日があるときは「次にすること」も書いてください。");
	if (closed) {
		if (row->closed_on == CIVIL_NONE)
			row->closed_on = c->today;
		row->next_action = "";
		row->next_on = CIVIL_NONE;
	} else {
		row->closed_on = CIVIL_NONE;
		row->close_reason = "";
	}
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* Codes in the order of the list, so that equal choices are equal texts. A code the record already has stays allowed
 * after its list ended it. */
static const char *codes_read(struct ctx *c, const char *field, const char *label, const char *list, const char *const *v,
                              size_t n, const char *had)
{
	const char *framed = arena_fmt(c->arena, "|%s|", str_or(had, ""));
	struct buf out = buf_new(c->arena);
	for (size_t i = 0; i < n; i++) {
		const char *bar = arena_fmt(c->arena, "|%s|", v[i]);
		if (strchr(v[i], '|') || (!law_code_valid(c->house->law, list, v[i], c->today) && !strstr(framed, bar))) {
			(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、表示されている中から選んでください。", label);
			return "";
		}
	}
	for (size_t k = 0; k < c->house->law->n_codes; k++) {
		const struct law_code *code = &c->house->law->codes[k];
		bool chosen = false;
		for (size_t i = 0; i < n && str_eq(code->list, list); i++)
			chosen = chosen || str_eq(v[i], code->code);
		if (chosen && !strstr(arena_fmt(c->arena, "|%s|", out.p), arena_fmt(c->arena, "|%s|", code->code)))
			buf_fmt(&out, "%s%s", out.n ? "|" : "", code->code);
	}
	return out.p;
}

/* An edit that leaves day and time as shown leaves the instant as it was, seconds and all. */
static void received_read(struct ctx *c, const struct consult_input *in, struct t_consult *row)
{
	int64_t was = row->received_ms, now;
	bool is_old = row->version > 0;
	if (is_old && str_blank(in->received_on) && str_blank(in->received_time))
		return;
	if (consult_time_read(c, "received_on", in->received_on, "received_time", in->received_time, &now) != OK)
		return;
	bool untimed = str_blank(in->received_time);
	bool kept = is_old && (untimed ? civil_of_instant(now) == civil_of_instant(was) : now / 60000 == was / 60000);
	row->received_ms = kept ? was : now;
	row->received_on = civil_of_instant(row->received_ms);
}

err consult_input_read(struct ctx *c, const struct consult_input *in, struct t_consult *row)
{
	size_t before = c->n_faults;
	(void)!consult_code_read(c, "channel", "相談の方法", "consult_channel", in->channel, &row->channel);
	(void)!consult_code_read(c, "source", "相談者（だれから）", "consult_source", in->source, &row->source);
	(void)!consult_code_read(c, "urgency", "緊急度", "consult_urgency", str_blank(in->urgency) ? "normal" : in->urgency,
	                         &row->urgency);
	(void)!text_read(c, "caller_name", "相談者の氏名", in->caller_name, LINE_MAX_CHARS, false, &row->caller_name);
	(void)!text_read(c, "caller_relation", "続柄・関係", in->caller_relation, LINE_MAX_CHARS, false, &row->caller_relation);
	(void)!text_read(c, "caller_phone", "電話番号", in->caller_phone, LINE_MAX_CHARS, false, &row->caller_phone);
	(void)!text_read(c, "person_label", "本人のようす", in->person_label, LINE_MAX_CHARS, false, &row->person_label);
	(void)!text_read(c, "content", "相談内容", in->content, MEMO_MAX_CHARS, true, &row->content);
	(void)!text_read(c, "wish", "希望・本人の言葉", in->wish, MEMO_MAX_CHARS, true, &row->wish);
	(void)!text_read(c, "response_text", "対応内容", in->response_text, MEMO_MAX_CHARS, true, &row->response_text);
	if (str_blank(in->content))
		(void)fault_add(c, "content", ERR_REQUIRED, "「相談内容」を書いてください。ひとことでもかまいません。");
	if (str_blank(in->person_pid) && row->person_id == INT_NULL && str_blank(in->person_label))
		(void)fault_add(c, "person_label", ERR_REQUIRED,
		                "だれについての相談かを選ぶか、名前が分からないときは「本人のようす」を書いてください（例: 駅前の団地の80代の女性）。");
	(void)!consult_minutes_read(c, "minutes", in->minutes, &row->minutes);
	received_read(c, in, row);
	row->classes = codes_read(c, "classes", "相談の分類", "consult_class", in->classes, in->n_classes, row->classes);
	row->responses = codes_read(c, "responses", "対応の種類", "consult_response", in->responses, in->n_responses, row->responses);
	row->record_class = consult_class_of(in->classes, in->n_classes);
	(void)!consult_step_read(c, in->status, in->next_action, in->next_on, in->close_reason, row);
	return c->n_faults == before ? OK : ERR_INPUT;
}
