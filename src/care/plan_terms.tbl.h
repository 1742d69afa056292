/* Day counts and other numbers of the flow: PLAN_TERM(code, days, valid from, valid to, source, confidence). "" = open.
 * The law gives no number for most of them: what is the house's own stands as C and in docs/open-questions.md. */
PLAN_TERM("review_before", 30, "", "", "予防基準30条15号（期間の終わりに評価）。日数は本システムの既定（R-YB-30-15-eval 要確認）", "C")
PLAN_TERM("provider_plan", 30, "2015-04-01", "", "居宅基準13条12号・予防基準30条12号。30日は F047 の既定", "C")
PLAN_TERM("deliver_within", 0, "", "", "居宅基準13条11号（R-CM-13-11-deliver: 既定の督促はサービス開始日まで）", "C")
PLAN_TERM("provisional_max", 60, "", "", "暫定の期限の既定の上限（認定は30日、延期でもおおむね60日: 介護保険法27条11項）", "C")
PLAN_TERM("concentration_pct", 80, "2015-09-01", "", "居宅介護支援費の特定事業所集中減算（割合。正式な計算は判定期間の各月の計画数による）", "B")
PLAN_TERM("commission_answer", 7, "", "", "原案委託の依頼に答えるまで。法令に日数はなく、本システムの既定", "C")
PLAN_TERM("commission_write", 14, "", "", "原案委託で原案・評価を書き、直すまで。法令に日数はなく、本システムの既定", "C")
PLAN_TERM("commission_check", 7, "", "", "原案委託で提出されたものをセンターが確かめるまで。法令に日数はなく、本システムの既定", "C")
