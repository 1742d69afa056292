/* Whom a survey asks: SURVEY_UNIT(code, label, counter, short word). Codes are stored; never change one.
 * Source: community-process §3.7 (unit), seeds 000 (包括), 001 (施設), 004 (相談支援専門員と介護支援専門員). */
SURVEY_UNIT("centre",       "地域包括支援センター", "か所", "包括")
SURVEY_UNIT("office",       "事業所",               "か所", "事業所")
SURVEY_UNIT("facility",     "施設・機関",           "か所", "施設")
SURVEY_UNIT("care_manager", "介護支援専門員",       "人",   "ケアマネジャー")
SURVEY_UNIT("planner",      "相談支援専門員・介護支援専門員", "人", "専門員")
SURVEY_UNIT("person",       "住民・利用者",         "人",   "対象者")
