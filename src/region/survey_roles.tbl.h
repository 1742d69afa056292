/* What a question is for the sentences of the report: SURVEY_ROLE(code, label). The sentences find their question by its role, never by
 * its printed number (X-03, C-185), and name it by the label. Source: seed 000. */
SURVEY_ROLE("did",            "実施の有無")
SURVEY_ROLE("programme",      "派遣事業の活用")
SURVEY_ROLE("occasion",       "実施の機会")
SURVEY_ROLE("timing",         "実施の時期")
SURVEY_ROLE("reason",         "実施の理由")
SURVEY_ROLE("effect",         "効果")
SURVEY_ROLE("plan",           "今後の実施の予定")
SURVEY_ROLE("plan_programme", "今後の派遣事業の利用の予定")
