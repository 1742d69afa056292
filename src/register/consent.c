#include "register/consent.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/evidence.h"
#include "register/grant.h"
#include "register/timeline.h"
#include "sql/q_record.h"
#include "store/tx.h"

static const struct gen_code hows[] = {{"paper", "書面"}, {"oral", "口頭"}, {"electronic", "電磁的方法"}};
static const struct gen_code purposes[] = {
	{"care_plan", "ケアプランの作成と実施"}, {"meeting", "会議での情報共有"}, {"consult", "相談の引き継ぎ"}, {"handover", "担当の引き継ぎ"},
	{"dispatch", "専門職の派遣"}, {"hospital", "入退院の連携"}, {"other", "その他"},
};
static const struct gen_code givers[] = {{"self", "本人"}, {"guardian", "成年後見人など"}, {"family", "家族"}, {"other", "その他"}};

const char *consent_how_label_ja(const char *how) { return GEN_LABEL(hows, how); }
const char *consent_purpose_label_ja(const char *purpose) { return GEN_LABEL(purposes, purpose); }
const char *consent_agreed_by_label_ja(const char *agreed_by) { return GEN_LABEL(givers, agreed_by); }

static err ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_record_consent_ids_row *rows;
	TRY(q_record_consent_ids(c, &(struct q_record_consent_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void check_ways(struct ctx *c, const struct t_consent *r)
{
	GEN_CHECK_CODE(c, "how", "同意の方法", hows, r->how, true);
	GEN_CHECK_CODE(c, "purpose", "同意の目的", purposes, r->purpose, true);
	GEN_CHECK_CODE(c, "agreed_by", "同意した人", givers, r->agreed_by, true);
	gen_check_text(c, "purpose_note", "目的の内容", r->purpose_note, str_eq(r->purpose, "other"), 500);
	gen_check_text(c, "agreed_name", "同意した人の氏名", r->agreed_name, true, 60);
	gen_check_text(c, "agreed_relation", "続柄", r->agreed_relation, str_eq(r->agreed_by, "family") || str_eq(r->agreed_by, "other"), 40);
	if (str_eq(r->how, "electronic") && r->electronic_ok_on == CIVIL_NONE)
		(void)fault_add(c, "electronic_ok_on", ERR_REQUIRED, "電磁的方法のときは、その方法でよいと承諾を得た日を入力してください。");
}

static void check(struct ctx *c, void *row)
{
	struct t_consent *r = row;
	check_ways(c, r);
	if (r->org_id <= 0)
		(void)fault_add(c, "org", ERR_REQUIRED, "情報を見せる機関を選んでください。");
	r->classes |= CLASS_NAMECARD; /* the name card comes with every consent */
	if (r->classes & ~POLICY_ALL)
		(void)fault_add(c, "classes", ERR_NOT_CHOICE, "見せる情報の種類に、選択肢にない値が入っています。選び直してください。");
	else if (r->classes & CLASS_RIGHTS)
		(void)fault_add(c, "classes", ERR_NOT_CHOICE, "「権利擁護」の記録は、機関への同意では見せられません。担当者を決めて対応チームに加えてください。");
	else if (r->classes == CLASS_NAMECARD)
		(void)fault_add(c, "classes", ERR_REQUIRED, "見せる情報の種類を1つ以上選んでください。");
	if (r->role_classes & ~ROLE_CLASS_ALL)
		(void)fault_add(c, "role_classes", ERR_NOT_CHOICE, "見せる職種を選び直してください。");
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
	if (r->agreed_on == CIVIL_NONE)
		(void)fault_add(c, "agreed_on", ERR_REQUIRED, "同意日を入力してください。");
	else if (r->agreed_on > c->today)
		(void)fault_add(c, "agreed_on", ERR_DATE_FUTURE, "同意日がこれから先の日付です。確かめてください。");
	else if (r->from_on != CIVIL_NONE && r->from_on < r->agreed_on)
		(void)fault_add(c, "from_on", ERR_PERIOD_ORDER, "見せ始める日が同意日（%s）より前です。同意日以後の日にしてください。",
			era_text(c->arena, r->agreed_on));
}

static civil last_day(const struct t_consent *r)
{
	return r->withdrawn_on != CIVIL_NONE && r->withdrawn_on - 1 < r->to_on ? r->withdrawn_on - 1 : r->to_on;
}

static int roles_of(const struct t_consent *r) { return r->role_classes ? (int)r->role_classes : ROLE_CLASS_ALL; }

/* What the row opens beyond the old one. */
static int64_t opened(const struct t_consent *old, const struct t_consent *r)
{
	if (last_day(r) < r->from_on)
		return 0;
	bool more = !old || last_day(old) < old->from_on || old->org_id != r->org_id || (roles_of(r) & ~roles_of(old)) || r->from_on < old->from_on ||
		last_day(r) > last_day(old);
	return more ? r->classes : r->classes & ~old->classes;
}

/* Nobody gives what they may not give. Known from the actor's own rights, class by class. */
static err gives(struct ctx *c, const void *before, const void *row)
{
	const struct t_consent *r = row;
	int64_t classes = opened(before, r);
	for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1) {
		if (!(classes & bit))
			continue;
		if (policy_check(c, r->person_id, bit, ACTION_GIVE) != OK)
			return fault_add(c, "classes", ERR_DENIED, "「%s」の情報を、ほかの機関に見せる権限がありません。この種類を外すか、センターの管理者にご相談ください。",
				class_label_ja(bit));
	}
	return OK;
}

static void period(const void *row, civil *from, civil *to)
{
	const struct t_consent *r = row;
	*to = last_day(r);
	*from = *to < r->from_on ? CIVIL_NONE : r->from_on;
}

static const char *class_names(struct ctx *c, int64_t classes)
{
	struct buf b = buf_new(c->arena);
	for (int bit = CLASS_CARE; bit <= CLASS_STATISTICS; bit <<= 1)
		if (classes & bit)
			buf_fmt(&b, "%s%s", b.n ? "・" : "", class_label_ja(bit));
	return b.n ? b.p : "氏名・連絡先";
}

static const char *text(struct ctx *c, const void *row)
{
	const struct t_consent *r = row;
	return arena_fmt(c->arena, "同意（%s）%s（%s）", consent_how_label_ja(r->how), class_names(c, r->classes),
		gen_period_ja(c, r->from_on, r->to_on));
}

static civil day_of(const void *row) { return ((const struct t_consent *)row)->agreed_on; }

static err after(struct ctx *c, const void *row, bool alive)
{
	const struct t_consent *r = row;
	civil to = last_day(r);
	TRY(grant_end_others(c, "consent", r->id, r->org_id, c->today));
	/* The grant follows the record: in force exactly while the record says so. */
	if (alive && to >= r->from_on)
		TRY(grant_write(c, &(struct grant_new){.org_id = r->org_id, .role_classes = (int)r->role_classes, .person_id = r->person_id,
			.classes = (int)r->classes, .relation = RELATION_CONSENT, .from_on = r->from_on, .to_on = to, .via_table = "consent",
			.via_id = r->id}));
	else
		TRY(grant_end(c, "consent", r->id, alive ? r->from_on : c->today, NULL));
	if (alive && r->withdrawn_on != CIVIL_NONE)
		TRY(timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->withdrawn_on, .kind = "consent_end",
			.record_class = CLASS_CARE, .title = arena_fmt(c->arena, "同意の撤回 %s", class_names(c, r->classes)),
			.table_name = "consent", .row_id = r->id, .row_pid = r->pid}));
	TRY(timeline_hide_kind(c, "consent", r->id, "consent_end", !alive || r->withdrawn_on == CIVIL_NONE));
	return consent_evidence(c, r->id);
}

/* Whose data may be used in meetings (居宅基準23条3項): the person's own word; the family's, if its records were meant. */
static const char *privacy_of(const struct t_consent *r)
{
	if (!str_eq(r->purpose, "meeting"))
		return "";
	if (str_eq(r->agreed_by, "family"))
		return r->classes & CLASS_FAMILY ? "family" : "";
	return str_eq(r->agreed_by, "self") || str_eq(r->agreed_by, "guardian") ? "self" : "";
}

err consent_evidence(struct ctx *c, int64_t row_id)
{
	struct t_consent r;
	TRY(row_load(c, &T_consent, row_id, &r));
	const struct evidence_field f[] = {
		{"agreed_on", 'd', .day = r.agreed_on}, {"target", 't', .text = r.target}, {"agreed_by", 't', .text = r.agreed_by},
		{"how", 't', .text = r.how}, {"electronic_ok_on", 'd', .day = r.electronic_ok_on},
		{"withdrawn_on", 'd', .day = r.withdrawn_on}, {"purpose", 't', .text = r.purpose}, {"privacy", 't', .text = privacy_of(&r)},
	};
	const struct evidence_new v = {.code = "REC-CONSENT", .person_id = r.person_id, .org_id = EVIDENCE_NO_ORG, .record_class = CLASS_CARE,
		.on_day = r.agreed_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return evidence_set(c, "consent", r.id, &v, 1, r.retired_ms == INT_NULL);
}

const struct gen_kind GEN_CONSENT = {.label = "同意", .table = &T_consent, .class_bit = CLASS_CARE, .timeline = "consent",
	.ids = ids, .check = check, .period = period, .day = day_of, .text = text, .after = after, .opens = true, .gives = gives};
GEN_FACE_C(consent, t_consent, GEN_CONSENT);

struct withdrawing {
	struct t_consent row;
	civil on;
	const char *how, *note;
};

static err withdraw_tx(struct ctx *c, void *arg)
{
	struct withdrawing *w = arg;
	struct t_consent r;
	TRY(row_load(c, &T_consent, w->row.id, &r));
	r.withdrawn_on = w->on;
	r.withdrawn_how = str_or(w->how, "");
	r.withdrawn_note = str_or(w->note, "");
	TRY(row_save(c, &T_consent, &r, NULL));
	return after(c, &r, true);
}

err consent_withdraw(struct ctx *c, const char *pid, civil on, const char *how, const char *note)
{
	struct withdrawing w = {.on = on, .how = how, .note = note};
	TRY(consent_find(c, pid, &w.row));
	TRY(policy_check_by(c, w.row.person_id, CLASS_CARE, ACTION_WRITE, UINT32_MAX & ~(uint32_t)RELATION_COMMISSION));
	if (w.row.withdrawn_on != CIVIL_NONE)
		return fault_add(c, "on", ERR_INPUT, "この同意は%sに撤回されています。", era_text(c->arena, w.row.withdrawn_on));
	if (on == CIVIL_NONE)
		return fault_add(c, "on", ERR_REQUIRED, "撤回日を入力してください。");
	if (on < w.row.agreed_on)
		return fault_add(c, "on", ERR_PERIOD_ORDER, "撤回日が同意日（%s）より前です。確かめてください。", era_text(c->arena, w.row.agreed_on));
	if (on > c->today)
		return fault_add(c, "on", ERR_DATE_FUTURE, "撤回日がこれから先の日付です。期間を短くするときは、終わりの日を直してください。");
	if (str_blank(note))
		return fault_add(c, "note", ERR_REQUIRED, "撤回の理由を入力してください。");
	if (str_count(note) > 1000)
		return fault_add(c, "note", ERR_TOO_LONG, "撤回の理由は1000文字までです。短くしてください。");
	return tx_run(c, withdraw_tx, &w);
}

err consent_holds(struct ctx *c, int64_t person_id, int64_t org_id, int class_bit, civil on, bool *holds)
{
	struct t_consent *rows;
	size_t n;
	TRY(consent_list(c, person_id, (struct gen_asof){on == CIVIL_NONE ? c->today : on, CIVIL_NONE}, &rows, &n));
	*holds = false;
	for (size_t i = 0; i < n; i++)
		*holds |= rows[i].org_id == org_id && (rows[i].classes & class_bit) != 0;
	return OK;
}

GEN_CHOICES_C(consent_how_choices, hows);
GEN_CHOICES_C(consent_purpose_choices, purposes);
GEN_CHOICES_C(consent_agreed_by_choices, givers);
