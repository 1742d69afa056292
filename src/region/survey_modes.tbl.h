/* How an answer came: SURVEY_MODE(code, label). Codes are stored. Source: C-171. */
SURVEY_MODE("web",    "ウェブ")
SURVEY_MODE("inside", "ウェブ（業務画面）")
SURVEY_MODE("mail",   "郵送")
SURVEY_MODE("fax",    "ファクス")
SURVEY_MODE("paper",  "紙（持参・聞き取り）")
SURVEY_MODE("email",  "メール")
SURVEY_MODE("phone",  "電話")
SURVEY_MODE("file",   "ファイル")
