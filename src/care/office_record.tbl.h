/* 事業所の記録: the kinds, their fields and the evidence each writes.
 *
 * OFFICE_KIND(code, label, evidence code, whose, organisations, class, list of `what`, label of `what`, label of the day,
 *             evidence name of `what`, of the day, a constant "name=value" of the evidence or "", rules it serves)
 *   whose: OFFICE, PERSON or EITHER. organisations: classes of org_kinds.tbl.h, "|" between, for records of an office. list "": no choice;
 *   class: bit of a record about a person (one of the office itself is of class meeting).
 * OFFICE_FIELD(kind, column, type, label, required, evidence name or "", help)
 *   type: t one line, a several lines, d a day, b a tick, c a tick that is missing from the evidence when it is not set, n a number, i a whole number that a column of text keeps, m a month (kept as its first day, evidence "YYYY-MM").
 * A field of the evidence that neither gives is null. Sources: law/duties.tsv, the rules named; wording of the standards.
 * Confidence: as of the rule (要確認 where law/duties.tsv says so). */
OFFICE_KIND("committee", "委員会・研修・訓練", "REC-COMM", OFFICE, "cm|centre", MEETING, "office_committee", "種類", "行った日", "kind", "held_on", "",
            "居宅基準19条の2・21条の2・27条の2")
OFFICE_FIELD("committee", "partner", 'a', "参加した人", true, "attendees", "職種と氏名を書きます")
OFFICE_FIELD("committee", "content", 'a', "議題・内容", true, "agenda", "")
OFFICE_FIELD("committee", "is_yes", 'b', "結果を全員に知らせた", false, "told_all", "")

OFFICE_KIND("measure", "計画・指針・担当者", "HOUSE-MEASURE", OFFICE, "cm|centre", MEETING, "office_measure", "種類", "作った日・定めた日", "kind", "", "",
            "居宅基準19条の2・21条の2・27条の2")
OFFICE_FIELD("measure", "partner", 't', "担当者・作った人の氏名", false, "name", "「虐待防止の担当者」のときは必ず書きます")
OFFICE_FIELD("measure", "doc_no", 't', "版", false, "version", "改めたときは新しい記録にします")
OFFICE_FIELD("measure", "content", 'a', "内容・置いてある場所", false, "", "")
OFFICE_FIELD("measure", "is_yes", 'b', "職員に知らせた", false, "told_all", "")
OFFICE_FIELD("measure", "other_on", 'd', "終わった日（担当を外れた日、やめた日）", false, "ended_on", "続いているあいだは空けます")

OFFICE_KIND("notice", "重要事項の掲示・ウェブサイト", "HOUSE-NOTICE", OFFICE, "cm|centre", MEETING, "office_notice", "場所", "掲示・掲載した日", "kind", "", "",
            "居宅基準22条")
OFFICE_FIELD("notice", "doc_no", 't', "重要事項の版", true, "version", "改めた日や版の番号を書きます")
OFFICE_FIELD("notice", "content", 'a', "改めたところ", false, "", "")

OFFICE_KIND("change", "事業所の変更", "HOUSE-CHANGE", OFFICE, "cm|centre|insurer", MEETING, "office_change", "変更の種類", "変更した日", "kind", "", "",
            "居宅基準22条、介護保険法施行規則140条の66")
OFFICE_FIELD("change", "content", 'a', "変更の内容", true, "", "")

OFFICE_KIND("incident", "苦情・事故", "HOUSE-INCIDENT", EITHER, "cm|centre", CARE, "office_incident", "種類", "起きた日・受けた日", "kind", "", "",
            "居宅基準26条・27条")
OFFICE_FIELD("incident", "content", 'a', "苦情・事故の内容", true, "content", "")
OFFICE_FIELD("incident", "handling", 'a', "とった処置", false, "handling", "まだのときは空けておき、後から書きます")
OFFICE_FIELD("incident", "other_on", 'd', "市町村と家族に知らせた日", false, "told_on", "")

OFFICE_KIND("minutes", "運営協議会の議事", "HOUSE-MINUTES", OFFICE, "centre|insurer", MEETING, "office_minutes", "議題", "開かれた日", "kind", "held_on", "",
            "予防基準12条、介護保険法施行規則140条の66第2号")
OFFICE_FIELD("minutes", "content", 'a', "議事の内容", true, "", "")

OFFICE_KIND("appraisal", "事業の評価", "HOUSE-EVAL", OFFICE, "centre|insurer", MEETING, "office_appraisal", "評価した側", "評価した日", "kind", "done_on", "",
            "介護保険法115条の46第4項・第9項")
OFFICE_FIELD("appraisal", "content", 'a', "評価の結果", true, "", "")

OFFICE_KIND("filing", "届出・報告", "REC-NOTIFY", OFFICE, "cm|centre|insurer", MEETING, "office_filing", "種類", "出した日", "kind", "on_day", "",
            "老企36 第3の13、介護保険法115条の46・115条の47")
OFFICE_FIELD("filing", "partner", 't', "届出・報告の相手", true, "to", "")
OFFICE_FIELD("filing", "doc_no", 't', "受理番号", false, "receipt_no", "")
OFFICE_FIELD("filing", "content", 'a', "内容", false, "", "")

OFFICE_KIND("share", "市町村の求め（訪問介護の割合）", "HOUSE-REQUEST", OFFICE, "cm", MEETING, "", "", "求めを受けた日", "", "", "kind=share",
            "居宅基準13条18号の3")
OFFICE_FIELD("share", "partner", 't', "求めた市町村", true, "by", "")
OFFICE_FIELD("share", "other_on", 'd', "届出の期日", true, "file_by", "市町村の通知にある期日を書きます")
OFFICE_FIELD("share", "doc_no", 'i', "居宅サービスなどの費用の総額", true, "share_cost", "市町村の通知にある数を書きます。3つの欄は同じ単位（円か単位）にそろえます")
OFFICE_FIELD("share", "hours", 'i', "区分支給限度基準額の総額", true, "share_limit", "")
OFFICE_FIELD("share", "state", 'i', "訪問介護の費用の総額", true, "share_homehelp", "")
OFFICE_FIELD("share", "content", 'a', "内容", false, "", "検証を求められた計画などを書きます")

OFFICE_KIND("population", "圏域の第1号被保険者の数", "HOUSE-CHANGE", OFFICE, "centre", MEETING, "hc_council", "3,000人未満の配置についての運営協議会の認定", "書いた日", "", "", "kind=population",
            "介護保険法施行規則140条の66第1号")
OFFICE_FIELD("population", "from_on", 'd', "いつの数か", true, "from_on", "年度の初めの日などを書きます。次の記録の日までこの数で見ます")
OFFICE_FIELD("population", "units", 'n', "第1号被保険者の数", true, "", "")
OFFICE_FIELD("population", "content", 'a', "根拠（市町村の統計など）", true, "", "")

OFFICE_KIND("closed", "事業所の休業日", "HOUSE-CHANGE", OFFICE, "cm|centre", MEETING, "", "", "決めた日", "", "", "kind=closed",
            "平27厚労告95号85号、運営規程")
OFFICE_FIELD("closed", "from_on", 'd', "休業の始まりの日", true, "", "土曜・日曜・祝日のほかに休む日を書きます")
OFFICE_FIELD("closed", "to_on", 'd', "休業の終わりの日", true, "", "1日だけのときは、始まりの日と同じ日を書きます")
OFFICE_FIELD("closed", "content", 'a', "休業の理由", false, "", "年末年始など")

OFFICE_KIND("fee_link", "居宅介護支援費(Ⅱ)の届出", "REC-NOTIFY", OFFICE, "cm", MEETING, "", "", "届け出た日", "", "on_day", "kind=fee_link",
            "平12厚告20号 イ(2)、老企36 第3の7")
OFFICE_FIELD("fee_link", "partner", 't', "届出の相手", true, "to", "")
OFFICE_FIELD("fee_link", "from_on", 'm', "算定を始める月", true, "", "令和8年10月 のように書きます")
OFFICE_FIELD("fee_link", "to_on", 'd', "算定を終えた日", false, "", "続いているあいだは空けます")
OFFICE_FIELD("fee_link", "content", 'a', "ケアプランデータ連携システムの利用と、事務職員の配置", true, "", "使い始めた日、事務職員の氏名と勤務の時間を書きます")
OFFICE_FIELD("fee_link", "doc_no", 't', "受理番号", false, "receipt_no", "")

OFFICE_KIND("conc_1", "集中減算の理由①（近くの事業所が少ない）", "REC-NOTIFY", OFFICE, "cm", MEETING, "conc_service", "サービス", "確かめた日", "", "on_day", "kind=conc_1",
            "老企36 第3の13")
OFFICE_FIELD("conc_1", "from_on", 'd', "いつの判定期間から", true, "", "判定期間の初めの日（3月1日か9月1日）を書きます")
OFFICE_FIELD("conc_1", "to_on", 'd', "いつの判定期間まで", true, "", "判定期間の終わりの日（8月末日か2月末日）を書きます")
OFFICE_FIELD("conc_1", "units", 'n', "通常の事業の実施地域にある事業所の数", true, "", "")
OFFICE_FIELD("conc_1", "content", 'a', "根拠（事業所の一覧など）", true, "", "何で数えたかを書きます")

OFFICE_KIND("conc_2", "集中減算の理由②（特別地域居宅介護支援加算）", "REC-NOTIFY", OFFICE, "cm", MEETING, "", "", "届け出た日", "", "on_day", "kind=conc_2",
            "老企36 第3の13")
OFFICE_FIELD("conc_2", "from_on", 'd', "加算を受けはじめた日", true, "", "判定期間の初めの日（3月1日か9月1日）から受けていると、その期間の理由になります")
OFFICE_FIELD("conc_2", "to_on", 'd', "加算を受け終えた日", false, "", "続いているあいだは空けます")
OFFICE_FIELD("conc_2", "partner", 't', "届出の相手", true, "to", "")
OFFICE_FIELD("conc_2", "content", 'a', "根拠（加算の届出、事業所のある地域）", true, "", "")

OFFICE_KIND("conc_5", "集中減算の理由⑤（質が高いことによる希望など）", "REC-NOTIFY", OFFICE, "cm", MEETING, "conc_service", "サービス", "認められた日", "", "on_day", "kind=conc_5",
            "老企36 第3の13")
OFFICE_FIELD("conc_5", "from_on", 'd', "いつの判定期間から", true, "", "判定期間の初めの日（3月1日か9月1日）を書きます")
OFFICE_FIELD("conc_5", "to_on", 'd', "いつの判定期間まで", true, "", "判定期間の終わりの日（8月末日か2月末日）を書きます")
OFFICE_FIELD("conc_5", "partner", 't', "認めた相手", true, "to", "保険者の担当課など")
OFFICE_FIELD("conc_5", "content", 'a', "根拠（利用者の理由書、地域ケア会議などでの意見）", true, "", "")

OFFICE_KIND("conc_6", "集中減算の理由⑥（保険者が認めた、そのほかの理由）", "REC-NOTIFY", OFFICE, "cm", MEETING, "conc_service", "サービス", "認められた日", "", "on_day", "kind=conc_6",
            "老企36 第3の13")
OFFICE_FIELD("conc_6", "from_on", 'd', "いつの判定期間から", true, "", "判定期間の初めの日（3月1日か9月1日）を書きます")
OFFICE_FIELD("conc_6", "to_on", 'd', "いつの判定期間まで", true, "", "判定期間の終わりの日（8月末日か2月末日）を書きます")
OFFICE_FIELD("conc_6", "partner", 't', "認めた相手", true, "to", "保険者の担当課など")
OFFICE_FIELD("conc_6", "content", 'a', "認められた理由と根拠", true, "", "")

OFFICE_KIND("entrust", "総合相談支援の委託", "HOUSE-COMMISSION", OFFICE, "insurer", MEETING, "", "", "委託を決めた日", "", "", "side=soudan",
            "介護保険法115条の47")
OFFICE_FIELD("entrust", "partner", 't', "委託する相手", true, "", "")
OFFICE_FIELD("entrust", "other_on", 'd', "委託の始まりの日", true, "start_on", "")
OFFICE_FIELD("entrust", "content", 'a', "委託する業務", false, "", "")

OFFICE_KIND("notify", "届出・通知", "REC-NOTIFY", PERSON, "", CARE, "person_notify", "種類", "出した日", "kind", "on_day", "",
            "介護保険法46条4項、居宅基準13条18号の2・18号の3・27号・16条")
OFFICE_FIELD("notify", "partner", 't', "相手", true, "to", "市町村の担当課などを書きます")
OFFICE_FIELD("notify", "doc_no", 't', "受理番号", false, "receipt_no", "")
OFFICE_FIELD("notify", "content", 'a', "内容", false, "", "")

OFFICE_KIND("request", "求め・申し出", "HOUSE-REQUEST", PERSON, "", CARE, "person_request", "種類", "受けた日", "kind", "", "",
            "居宅基準13条17号・18号・27号・15条・16条")
OFFICE_FIELD("request", "partner", 't', "だれから", true, "by", "")
OFFICE_FIELD("request", "other_on", 'd', "退院・退所の予定日", false, "planned_on", "退院・退所の依頼のときに書きます")
OFFICE_FIELD("request", "content", 'a', "内容", false, "", "")

OFFICE_KIND("document", "求めに応じて渡した書類", "REC-DELIV", PERSON, "", CARE, "person_document_how", "渡し方", "渡した日", "how", "delivered_on", "kind=docs",
            "居宅基準15条、予防基準14条")
OFFICE_FIELD("document", "partner", 't', "渡した相手", true, "to", "")
OFFICE_FIELD("document", "doc_no", 't', "渡した書類", true, "version", "計画の版、実施の状況の書類などを書きます")

OFFICE_KIND("event", "状態の変化・転入", "HOUSE-CHANGE", PERSON, "", CARE, "person_change", "種類", "変わった日・知った日", "kind", "", "",
            "予防基準30条16号ハ、介護保険法36条")
OFFICE_FIELD("event", "content", 'a', "内容", true, "", "")

OFFICE_KIND("handover", "ほかの事業所への引き継ぎ", "HOUSE-HANDOVER", PERSON, "", CARE, "person_handover", "引き継ぐ先", "引き継いだ日", "kind", "", "",
            "居宅基準13条25号、予防基準30条27号")
OFFICE_FIELD("handover", "partner", 't', "引き継いだ相手", true, "to", "事業所と担当者を書きます")
OFFICE_FIELD("handover", "content", 'a', "渡した情報", false, "", "")

OFFICE_KIND("restraint", "身体的拘束の記録", "HOUSE-RESTRAINT", PERSON, "", CARE, "", "", "行われた日", "", "", "",
            "居宅基準13条2号の2・2号の3")
OFFICE_FIELD("restraint", "is_yes", 'c', "切迫性・非代替性・一時性の3つを満たすことを確かめた", false, "emergency", "")
OFFICE_FIELD("restraint", "content", 'a', "様子（どこで、どのように）", false, "manner", "")
OFFICE_FIELD("restraint", "hours", 't', "時間", false, "hours", "始まりと終わりを書きます")
OFFICE_FIELD("restraint", "state", 'a', "心身の状況", false, "state", "")
OFFICE_FIELD("restraint", "handling", 'a', "緊急やむを得ない理由", false, "reason", "")

OFFICE_KIND("opinion", "主治医などの意見", "REC-MEDOPN", PERSON, "", MEDICAL, "", "", "意見を受けた日", "", "on_day", "", "居宅基準13条19号、予防基準30条21号")
OFFICE_FIELD("opinion", "partner", 't', "医師など", true, "to", "医療機関と氏名を書きます")
OFFICE_FIELD("opinion", "is_yes", 'b', "意見を求めることに本人の同意を得た", false, "agreed", "")
OFFICE_FIELD("opinion", "content", 'a', "意見の内容", true, "content", "")

OFFICE_KIND("order", "主治医などの指示", "REC-MEDORD", PERSON, "", MEDICAL, "", "", "指示を受けた日", "", "on_day", "", "居宅基準13条20号、予防基準30条22号")
OFFICE_FIELD("order", "partner", 't', "医師など", true, "to", "医療機関と氏名を書きます")
OFFICE_FIELD("order", "content", 'a', "指示の内容", true, "content", "")
OFFICE_FIELD("order", "from_on", 'd', "指示の始まりの日", true, "from_on", "")
OFFICE_FIELD("order", "to_on", 'd', "指示の終わりの日", false, "to_on", "期限がないときは空けます")
OFFICE_FIELD("order", "other_on", 'd', "取り消された日", false, "revoked_on", "")
OFFICE_FIELD("order", "is_yes", 'b', "本人の同意を得た", false, "agreed", "")

OFFICE_KIND("ratio", "前6か月の割合の説明", "HOUSE-RATIO", PERSON, "", CARE, "", "", "説明した日", "", "", "", "居宅基準4条3項、老企22")
OFFICE_FIELD("ratio", "from_on", 'd', "割合の期間の始まり", true, "period_from", "3月1日か9月1日に始まる6か月です")
OFFICE_FIELD("ratio", "to_on", 'd', "割合の期間の終わり", true, "period_to", "")
OFFICE_FIELD("ratio", "other_on", 'd', "集計した日", false, "made_on", "")
OFFICE_FIELD("ratio", "content", 'a', "説明した割合", true, "", "サービスごとの利用の割合と、上位の事業所の割合を書きます")

OFFICE_KIND("short_use", "短期入所の利用日数（月ごと）", "HOUSE-SHORT", PERSON, "", CARE, "", "", "確かめた日", "", "", "",
            "居宅基準13条21号、予防基準30条23号")
OFFICE_FIELD("short_use", "from_on", 'm', "対象の月", true, "month", "令和8年10月 のように書きます")
OFFICE_FIELD("short_use", "units", 'n', "短期入所を使った日数", true, "days", "サービス利用票別表の短期入所利用日数を書きます。書いた月は、計画の予定の日数に代えて数えます")
OFFICE_FIELD("short_use", "content", 'a', "メモ", false, "", "")

OFFICE_KIND("bill", "給付管理票の提出", "REC-BILL", PERSON, "", BENEFIT, "", "", "出した日", "", "sent_on", "", "居宅基準14条、予防基準13条")
OFFICE_FIELD("bill", "from_on", 'm', "対象の月", true, "month", "令和8年10月 のように書きます")
OFFICE_FIELD("bill", "units", 'n', "単位数", false, "units", "")
OFFICE_FIELD("bill", "doc_no", 't', "加算など", false, "codes", "")
OFFICE_FIELD("bill", "other_on", 'd', "介護報酬を受け取った日", false, "received_on", "完結の日を報酬の受領の日とする保険者のときに書きます")

OFFICE_KIND("hold", "記録の廃棄の保留", "HOUSE-CHANGE", PERSON, "", CARE, "", "", "決めた日", "", "", "kind=hold",
            "居宅基準29条2項、予防基準28条2項")
OFFICE_FIELD("hold", "from_on", 'd', "保留の始まりの日", true, "from_on", "")
OFFICE_FIELD("hold", "to_on", 'd', "保留の終わりの日", false, "to_on", "続いているあいだは空けます")
OFFICE_FIELD("hold", "content", 'a', "保留する理由", true, "", "係争、監査、苦情の解決までなど")
