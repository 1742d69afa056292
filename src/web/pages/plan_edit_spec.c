#include "web/pages/plan_edit_spec.h"

#include "base/str.h"

/* part, column, kind, choices, form, more, rows, width, label, help */
static const struct pe_spec SPECS[] = {
	{PLAN_HEAD, "create_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "plan_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "first_plan_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "from_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "to_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "class_first", PE_CHECK, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "class_referred", PE_CHECK, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "class_continued", PE_CHECK, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "cert_status", PE_SELECT, PE_CERT, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "cert_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, "申請中のときは申請日です"},
	{PLAN_HEAD, "cert_from_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "cert_to_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "level", PE_SELECT, PE_LEVELS, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "expected_level", PE_SELECT, PE_LEVELS, 'B', true, 0, NULL, NULL, "暫定の計画のときだけ"},
	{PLAN_HEAD, "author_name", PE_LINE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "plan_kind", PE_SELECT, PE_PLAN_KIND, 'Y', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "consignment", PE_SELECT, PE_CONSIGN, 'Y', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "support_level", PE_SELECT, PE_SUPPORT, 'Y', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "ref_no", PE_LINE, PE_NONE, 'Y', true, 0, "s", NULL, NULL},
	{PLAN_HEAD, "author_center", PE_LINE, PE_NONE, 'Y', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "author_cm", PE_LINE, PE_NONE, 'Y', true, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "wish_person", PE_AREA, PE_NONE, 'H', false, 3, NULL, NULL, NULL},
	{PLAN_HEAD, "wish_family", PE_AREA, PE_NONE, 'H', false, 3, NULL, NULL, NULL},
	{PLAN_HEAD, "analysis", PE_AREA, PE_NONE, 'H', false, 5, NULL, NULL, NULL},
	{PLAN_HEAD, "committee_opinion", PE_AREA, PE_NONE, 'H', false, 2, NULL, NULL, "被保険者証の記載を写します。無いときは「なし」"},
	{PLAN_HEAD, "goal_day", PE_AREA, PE_NONE, 'Y', false, 2, NULL, NULL, NULL},
	{PLAN_HEAD, "goal_year", PE_AREA, PE_NONE, 'Y', false, 2, NULL, NULL, NULL},
	{PLAN_HEAD, "health_notice", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, "主治医意見書・健診結果・観察結果などを踏まえた留意点"},
	{PLAN_HEAD, "overall_policy", PE_AREA, PE_NONE, 'B', false, 5, NULL, NULL, NULL},
	{PLAN_HEAD, "emergency_policy", PE_AREA, PE_NONE, 'H', false, 2, NULL, NULL, "何を緊急とみるか、対応、連絡先"},
	{PLAN_HEAD, "life_support_reason", PE_SELECT, PE_LIFE, 'H', false, 0, NULL, NULL, "生活援助中心型の訪問介護があるとき"},
	{PLAN_HEAD, "life_support_other", PE_LINE, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "unmet_policy", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, "本来行うべき支援が実施できないとき"},
	{PLAN_HEAD, "prog_move", PE_SELECT, PE_NEEDED, 'Y', false, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "prog_eiyo", PE_SELECT, PE_NEEDED, 'Y', false, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "prog_oral", PE_SELECT, PE_NEEDED, 'Y', false, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "prog_tojikomori", PE_SELECT, PE_NEEDED, 'Y', false, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "prog_mono", PE_SELECT, PE_NEEDED, 'Y', false, 0, NULL, NULL, NULL},
	{PLAN_HEAD, "prog_utsu", PE_SELECT, PE_NEEDED, 'Y', false, 0, NULL, NULL, NULL},

	{PLAN_AREA, "status_text", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},
	{PLAN_AREA, "intent", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},
	{PLAN_AREA, "has_issue", PE_SELECT, PE_YES_NO, 'Y', false, 0, NULL, NULL, NULL},
	{PLAN_AREA, "issue", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},

	{PLAN_NEED, "text", PE_AREA, PE_NONE, 'B', false, 3, NULL, NULL, NULL},
	{PLAN_NEED, "proposal", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},
	{PLAN_NEED, "intent", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},
	{PLAN_NEED, "goal", PE_AREA, PE_NONE, 'Y', false, 2, NULL, NULL, NULL},
	{PLAN_NEED, "no", PE_NUMBER, PE_NONE, 'B', true, 0, "s", "順番", NULL},
	{PLAN_NEED, "whose", PE_SELECT, PE_WHOSE, 'B', true, 0, NULL, NULL, NULL},

	{PLAN_GOAL, "long_text", PE_AREA, PE_NONE, 'H', false, 2, NULL, NULL, NULL},
	{PLAN_GOAL, "long_from_on", PE_DATE, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_GOAL, "long_to_on", PE_DATE, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_GOAL, "short_text", PE_AREA, PE_NONE, 'H', false, 2, NULL, NULL, NULL},
	{PLAN_GOAL, "short_from_on", PE_DATE, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_GOAL, "short_to_on", PE_DATE, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_GOAL, "point", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},
	{PLAN_GOAL, "selfcare", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},
	{PLAN_GOAL, "formal", PE_AREA, PE_NONE, 'Y', false, 3, NULL, NULL, NULL},
	{PLAN_GOAL, "no", PE_NUMBER, PE_NONE, 'B', true, 0, "s", "順番", NULL},
	{PLAN_GOAL, "long_period", PE_LINE, PE_NONE, 'H', true, 0, NULL, "長期目標の期間の書き方", "空なら日付から作ります"},
	{PLAN_GOAL, "short_period", PE_LINE, PE_NONE, 'H', true, 0, NULL, "短期目標の期間の書き方", "空なら日付から作ります"},

	{PLAN_SERVICE, "content", PE_AREA, PE_NONE, 'B', false, 2, NULL, NULL, NULL},
	{PLAN_SERVICE, "type_code", PE_SELECT, PE_TYPES, 'B', false, 0, NULL, "サービスの種類", NULL},
	{PLAN_SERVICE, "type", PE_LINE, PE_NONE, 'B', false, 0, NULL, "サービス種別（印刷する言葉）", "家族や地域の支援もここに書きます"},
	{PLAN_SERVICE, "org_id", PE_SELECT, PE_ORGS, 'B', false, 0, NULL, "事業所（台帳から）", NULL},
	{PLAN_SERVICE, "office", PE_LINE, PE_NONE, 'B', false, 0, NULL, "※2 事業所・人の名", NULL},
	{PLAN_SERVICE, "days", PE_DAYS, PE_WEEK, 'B', false, 0, NULL, NULL, NULL},
	{PLAN_SERVICE, "time_from", PE_TIME, PE_NONE, 'B', false, 0, "s", NULL, NULL},
	{PLAN_SERVICE, "time_to", PE_TIME, PE_NONE, 'B', false, 0, "s", NULL, NULL},
	{PLAN_SERVICE, "freq", PE_LINE, PE_NONE, 'B', false, 0, "m", NULL, "空なら曜日から作ります"},
	{PLAN_SERVICE, "from_on", PE_DATE, PE_NONE, 'B', false, 0, NULL, NULL, NULL},
	{PLAN_SERVICE, "to_on", PE_DATE, PE_NONE, 'B', false, 0, NULL, NULL, NULL},
	{PLAN_SERVICE, "no", PE_NUMBER, PE_NONE, 'B', true, 0, "s", "順番", NULL},
	{PLAN_SERVICE, "covered", PE_SELECT, PE_COVERED, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_SERVICE, "actor", PE_SELECT, PE_ACTOR, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_SERVICE, "period", PE_LINE, PE_NONE, 'B', true, 0, NULL, "期間の書き方", "空なら日付から作ります"},
	{PLAN_SERVICE, "times_week", PE_NUMBER, PE_NONE, 'B', true, 0, "s", NULL, NULL},
	{PLAN_SERVICE, "times_month", PE_NUMBER, PE_NONE, 'B', true, 0, "s", NULL, NULL},
	{PLAN_SERVICE, "life_support", PE_CHECK, PE_NONE, 'H', true, 0, NULL, NULL, NULL},
	{PLAN_SERVICE, "reason", PE_AREA, PE_NONE, 'B', true, 2, NULL, NULL, NULL},
	{PLAN_SERVICE, "doctor_order_on", PE_DATE, PE_NONE, 'B', true, 0, NULL, NULL, NULL},
	{PLAN_SERVICE, "options_shown", PE_NUMBER, PE_NONE, 'B', true, 0, "s", NULL, NULL},
	{PLAN_SERVICE, "choice_reason", PE_AREA, PE_NONE, 'B', true, 2, NULL, NULL, NULL},
	{PLAN_SERVICE, "office_no", PE_LINE, PE_NONE, 'B', true, 0, "m", NULL, NULL},
	{PLAN_SERVICE, "service_code", PE_LINE, PE_NONE, 'B', true, 0, "m", NULL, NULL},
	{PLAN_SERVICE, "units", PE_NUMBER, PE_NONE, 'B', true, 0, "m", NULL, NULL},

	/* the page of the week has its own fields; the page of differences asks for their kind */
	{PLAN_SLOT, "service", PE_LINE, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_SLOT, "dow", PE_SELECT, PE_WEEK, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_SLOT, "from_min", PE_TIME, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_SLOT, "to_min", PE_TIME, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
	{PLAN_SLOT, "note", PE_LINE, PE_NONE, 'H', false, 0, NULL, NULL, NULL},
};

const struct pe_spec *pe_specs(size_t *n)
{
	*n = sizeof SPECS / sizeof SPECS[0];
	return SPECS;
}

static const struct ui_choice COVERED[] = {{.value = "Y", .label = "対象"}, {.value = "N", .label = "対象外"}};
static const struct ui_choice ACTOR[] = {{.value = "formal", .label = "公的サービス"}, {.value = "family", .label = "家族"},
	{.value = "informal", .label = "地域・民間"}, {.value = "self", .label = "本人"}};
static const struct ui_choice WHOSE[] = {{.value = "person", .label = "本人"}, {.value = "family", .label = "家族・介護者"}};
static const struct ui_choice YES_NO[] = {{.value = "1", .label = "有"}, {.value = "2", .label = "無"}};
static const struct ui_choice CERT[] = {{.value = "1", .label = "申請中"}, {.value = "2", .label = "認定済"}};
static const struct ui_choice LIFE[] = {{.value = "1", .label = "一人暮らし"}, {.value = "2", .label = "家族等が障害、疾病等"}, {.value = "3", .label = "その他"}};
static const struct ui_choice PLAN_KIND[] = {{.value = "1", .label = "介護予防支援"}, {.value = "2", .label = "介護予防ケアマネジメント"}};
static const struct ui_choice CONSIGN[] = {{.value = "1", .label = "自前"}, {.value = "2", .label = "委託"}};
static const struct ui_choice SUPPORT[] = {{.value = "1", .label = "要支援1"}, {.value = "2", .label = "要支援2"}, {.value = "3", .label = "地域支援事業"}};
static const struct ui_choice NEEDED[] = {{.value = "1", .label = "要"}, {.value = "2", .label = "否"}};
static const struct ui_choice WEEK[] = {{.value = "1", .label = "月"}, {.value = "2", .label = "火"}, {.value = "3", .label = "水"}, {.value = "4", .label = "木"},
	{.value = "5", .label = "金"}, {.value = "6", .label = "土"}, {.value = "7", .label = "日"}};

#define LIST(x) (*n = sizeof(x) / sizeof((x)[0]), (x))
const struct ui_choice *pe_choices(enum pe_choices c, size_t *n)
{
	switch (c) {
	case PE_COVERED: return LIST(COVERED);
	case PE_ACTOR: return LIST(ACTOR);
	case PE_WHOSE: return LIST(WHOSE);
	case PE_YES_NO: return LIST(YES_NO);
	case PE_CERT: return LIST(CERT);
	case PE_LIFE: return LIST(LIFE);
	case PE_PLAN_KIND: return LIST(PLAN_KIND);
	case PE_CONSIGN: return LIST(CONSIGN);
	case PE_SUPPORT: return LIST(SUPPORT);
	case PE_NEEDED: return LIST(NEEDED);
	case PE_WEEK: return LIST(WEEK);
	default: *n = 0; return NULL;
	}
}

const char *pe_area_label(const char *area)
{
	return str_eq(area, "move") ? "運動・移動について" : str_eq(area, "home") ? "日常生活（家庭生活）について"
	     : str_eq(area, "social") ? "社会参加、対人関係・コミュニケーションについて" : str_eq(area, "health") ? "健康管理について" : "";
}
