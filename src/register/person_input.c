#include "base/str.h"
#include "jp/era.h"
#include "jp/kana.h"
#include "jp/postal.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/org.h"
#include "register/person_area.h"
#include "register/person_row.h"
#include "sql/q_register_org.h"
#include "sql/q_register_person.h"

enum { OLDEST_YEARS = 130 };

const char *person_sex_ja(const char *sex)
{
	return str_eq(sex, "1") ? "男性" : str_eq(sex, "2") ? "女性" : str_eq(sex, "9") ? "その他・答えない" : "未記入";
}

const char *person_living_ja(const char *v)
{
	return str_eq(v, "1") ? "独居" : str_eq(v, "2") ? "高齢者のみの世帯" : str_eq(v, "3") ? "同居者あり" : "未記入";
}

static const char *text(struct ctx *c, const char *s)
{
	return s ? str_trim(c->arena, s) : "";
}

static bool choice(const char *s, const char *allowed)
{
	if (!*s)
		return true;
	for (; *allowed; allowed++)
		if (s[0] == *allowed && !s[1])
			return true;
	return false;
}

static void fill_names(struct ctx *c, const struct person_input *in, struct t_person *r)
{
	r->is_unnamed = in->is_unnamed;
	r->name = text(c, in->name);
	r->kana = kana_katakana(c->arena, text(c, in->kana));
	if (!*r->name && in->is_unnamed)
		r->name = "氏名不詳";
	if (!*r->name)
		fault_add(c, "name", ERR_REQUIRED, "氏名を入力してください。分からないときは「氏名不詳」に印を付けてください。");
	gate_length(c, "name", "氏名", r->name, 60);
	gate_length(c, "kana", "フリガナ", r->kana, 80);
	if (*r->name && !*keys_name(c, r->name))
		fault_add(c, "name", ERR_INPUT, "氏名に文字がありません。記号だけの氏名は登録できません。");
	if (*r->kana && !kana_is_reading(r->kana))
		fault_add(c, "kana", ERR_INPUT, "フリガナは、かな（カタカナ・ひらがな）だけで入力してください。");
	r->name_fold = keys_name(c, r->name);
	r->kana_fold = keys_name(c, r->kana);
}

static void fill_birth(struct ctx *c, const struct person_input *in, struct t_person *r)
{
	struct era_date d;
	r->birth_on = CIVIL_NONE;
	r->birth_text = "";
	const char *typed = text(c, in->birth);
	if (!*typed || era_parse_partial(c, "birth", typed, &d) != OK)
		return;
	if (d.from != CIVIL_NONE && d.from > c->today) {
		fault_add(c, "birth", ERR_DATE_FUTURE, "生年月日がこれから先の日になっています。元号と年を確かめてください。");
		return;
	}
	if (d.to != CIVIL_NONE && d.to < civil_add_months(c->today, -12 * OLDEST_YEARS)) {
		fault_add(c, "birth", ERR_RANGE, "生年月日が%d年より前になっています。元号と年を確かめてください。", OLDEST_YEARS);
		return;
	}
	r->birth_on = d.day;
	if (d.day == CIVIL_NONE)
		r->birth_text = d.words;
	gate_length(c, "birth", "生年月日", r->birth_text, 40);
}

static civil fill_day(struct ctx *c, const char *field, const char *label, const char *typed, civil birth, bool past)
{
	struct era_date d;
	typed = text(c, typed);
	if (!*typed || era_parse(c, field, typed, &d) != OK)
		return CIVIL_NONE;
	if (past && d.day > c->today)
		fault_add(c, field, ERR_DATE_FUTURE, "%sがこれから先の日になっています。日付を確かめてください。", label);
	else if (birth != CIVIL_NONE && d.day < birth)
		fault_add(c, field, ERR_PERIOD_ORDER, "%sが生年月日より前になっています。日付を確かめてください。", label);
	return d.day;
}

/* An address of its own is found in the table of towns; only the home's sets the areas. */
static err fill_address(struct ctx *c, const struct person_address *in, const char *prefix, const char *label, const char **postal,
	const char **address, const char **town_fold, int64_t area_id[AREA_SLOTS])
{
	char code[8];
	*postal = text(c, in->postal);
	*address = text(c, in->address);
	if (*postal[0] && !postal_even(*postal, code))
		fault_add(c, arena_fmt(c->arena, "%s_postal", prefix), ERR_INPUT, "%sの郵便番号は、数字7けたで入力してください（例 100-0001）。", label);
	else if (*postal[0])
		*postal = arena_str(c->arena, code);
	gate_length(c, arena_fmt(c->arena, "%s_address", prefix), label, *address, 200);
	return territory_of_address(c, *address, c->today, area_id, town_fold);
}

static err fill_areas(struct ctx *c, const struct person_input *in, const int64_t found[AREA_SLOTS], struct t_person *r)
{
	int64_t area_id[AREA_SLOTS];
	for (int s = 0; s < AREA_SLOTS; s++) {
		area_id[s] = found[s];
		if (!in->is_area_manual)
			continue;
		area_id[s] = INT_NULL;
		if (!in->area_pid[s] || !*in->area_pid[s])
			continue;
		struct q_area_id_of_pid_row a;
		bool known;
		TRY(q_area_id_of_pid(c, &(struct q_area_id_of_pid_in){.pid = in->area_pid[s]}, &a, &known));
		if (known && str_eq(a.level, area_slot_level((enum area_slot)s)))
			area_id[s] = a.id;
		else
			fault_add(c, arena_fmt(c->arena, "area_%s", area_slot_level((enum area_slot)s)), ERR_NOT_CHOICE, "%sを一覧から選んでください。",
				area_level_label_ja(area_slot_level((enum area_slot)s)));
	}
	r->is_area_manual = in->is_area_manual;
	person_area_to_row(area_id, r);
	return OK;
}

/* Chosen, else the area's, else the own organisation's (or the own one, if it is an insurer). */
static err fill_insurer(struct ctx *c, const struct person_input *in, struct t_person *r)
{
	struct org o;
	r->insurer_org_id = INT_NULL;
	if (in->insurer_pid && *in->insurer_pid) {
		if (org_get(c, in->insurer_pid, &o) != OK || !str_eq(o.kind, "insurer"))
			fault_add(c, "insurer", ERR_NOT_CHOICE, "保険者を一覧から選んでください。");
		else
			r->insurer_org_id = o.id;
		return OK;
	}
	if (r->area_id != INT_NULL) {
		struct area a;
		TRY(area_load(c, r->area_id, &a));
		r->insurer_org_id = a.insurer_org_id;
	}
	if (r->insurer_org_id == INT_NULL && c->actor.org_id > 0) {
		err e = org_load(c, c->actor.org_id, &o);
		if (e != OK && e != ERR_NOTFOUND)
			return e;
		if (e == OK)
			r->insurer_org_id = str_eq(o.kind, "insurer") ? o.id : o.insurer_org_id;
	}
	return OK;
}

err person_row_fill(struct ctx *c, const struct person_input *in, struct t_person *r)
{
	size_t before = c->n_faults;
	int64_t found[AREA_SLOTS], other[AREA_SLOTS];
	fill_names(c, in, r);
	r->sex = text(c, in->sex);
	if (!choice(r->sex, "129"))
		fault_add(c, "sex", ERR_NOT_CHOICE, "性別を選択肢から選んでください。");
	fill_birth(c, in, r);
	TRY(fill_address(c, &in->home, "home", "現住所", &r->home_postal, &r->home_address, &r->home_town_fold, found));
	TRY(fill_address(c, &in->registered, "registered", "住民票の住所", &r->registered_postal, &r->registered_address, &r->registered_town_fold, other));
	TRY(fill_address(c, &in->card, "card", "被保険者証の住所", &r->card_postal, &r->card_address, &r->card_town_fold, other));
	TRY(fill_areas(c, in, found, r));
	TRY(fill_insurer(c, in, r));
	r->phone = gate_phone(c, "phone", "電話番号", in->phone);
	r->mobile = gate_phone(c, "mobile", "携帯電話", in->mobile);
	r->fax = gate_phone(c, "fax", "ファクス", in->fax);
	r->email = text(c, in->email);
	r->household_no = text(c, in->household_no);
	r->lives_alone = text(c, in->lives_alone);
	r->note = in->note ? str_lf(c->arena, in->note) : "";
	gate_length(c, "email", "メールアドレス", r->email, 254);
	gate_length(c, "household_no", "世帯番号", r->household_no, 30);
	gate_length(c, "note", "メモ", r->note, 4000);
	if (!choice(r->lives_alone, "123"))
		fault_add(c, "lives_alone", ERR_NOT_CHOICE, "世帯の状況を選択肢から選んでください。");
	r->death_on = fill_day(c, "death", "亡くなった日", in->death, r->birth_on, true);
	r->moved_out_on = fill_day(c, "moved_out", "転出日", in->moved_out, r->birth_on, false);
	return c->n_faults > before ? c->faults[before].code : OK;
}

err person_of_row(struct ctx *c, const struct t_person *r, struct person *o)
{
	*o = (struct person){.id = r->id, .version = r->version, .cluster_id = r->cluster_id, .own_org_id = r->own_org_id,
		.insurer_org_id = r->insurer_org_id, .pid = r->pid, .cluster_pid = r->pid, .is_unnamed = r->is_unnamed,
		.is_area_manual = r->is_area_manual, .is_retired = r->retired_ms != INT_NULL, .name = r->name, .kana = r->kana, .sex = r->sex,
		.birth_on = r->birth_on, .birth_text = r->birth_text, .home = {r->home_postal, r->home_address},
		.registered = {r->registered_postal, r->registered_address}, .card = {r->card_postal, r->card_address}, .phone = r->phone,
		.mobile = r->mobile, .fax = r->fax, .email = r->email, .household_no = r->household_no, .lives_alone = r->lives_alone,
		.note = r->note, .death_on = r->death_on, .moved_out_on = r->moved_out_on, .created_ms = r->created_ms, .updated_ms = r->updated_ms};
	person_area_of_row(r, o->area_id);
	for (int s = 0; s < AREA_SLOTS; s++) {
		struct q_area_name_row a;
		bool found = false;
		o->area_pid[s] = o->area_name[s] = "";
		if (o->area_id[s] != INT_NULL)
			TRY(q_area_name(c, &(struct q_area_name_in){.id = o->area_id[s]}, &a, &found));
		if (found) {
			o->area_pid[s] = a.pid;
			o->area_name[s] = a.name;
		}
	}
	if (r->cluster_id != r->id) {
		struct q_person_front_row f;
		bool found;
		TRY(q_person_front(c, &(struct q_person_front_in){.id = r->cluster_id}, &f, &found));
		if (found)
			o->cluster_pid = f.pid;
	}
	return OK;
}

void person_input_of(struct ctx *c, const struct person *p, struct person_input *o)
{
	*o = (struct person_input){.is_unnamed = p->is_unnamed, .name = p->name, .kana = p->kana, .sex = p->sex,
		.birth = p->birth_on == CIVIL_NONE ? p->birth_text : era_text(c->arena, p->birth_on), .home = p->home, .registered = p->registered,
		.card = p->card, .is_area_manual = p->is_area_manual, .phone = p->phone, .mobile = p->mobile, .fax = p->fax, .email = p->email,
		.household_no = p->household_no, .lives_alone = p->lives_alone, .insurer_pid = "", .death = era_text(c->arena, p->death_on),
		.moved_out = era_text(c->arena, p->moved_out_on), .note = p->note, .duplicate_reason = ""};
	for (int s = 0; s < AREA_SLOTS; s++)
		o->area_pid[s] = p->area_pid[s];
	struct q_org_name_row org;
	bool found = false;
	if (p->insurer_org_id != INT_NULL && q_org_name(c, &(struct q_org_name_in){.id = p->insurer_org_id}, &org, &found) == OK && found)
		o->insurer_pid = org.pid;
}
