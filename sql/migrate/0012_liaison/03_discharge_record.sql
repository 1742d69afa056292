-- 退院・退所情報記録書 (form taiin-joho, kind view): what the hospital told the care manager. `hearing`: rows on, by, conference as JSON
-- (R-FE-13 counts them). Class medical.
CREATE TABLE discharge_record (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  staff_id INTEGER,                   -- [int] 記入者
  stay_id INTEGER NOT NULL REFERENCES hospital_stay(id), -- [int]
  made_date TEXT, -- [day] 記入日
  level_state TEXT NOT NULL DEFAULT '', -- [text] 要介護度の状況
  doc_office TEXT NOT NULL DEFAULT '', -- [text] 今後の医学管理　医療機関名
  doc_way TEXT NOT NULL DEFAULT '', -- [text] 今後の医学管理　方法 (codes, | between)
  disease_1 TEXT NOT NULL DEFAULT '', -- [text] 現在治療中の疾患①
  disease_2 TEXT NOT NULL DEFAULT '', -- [text] 現在治療中の疾患②
  disease_3 TEXT NOT NULL DEFAULT '', -- [text] 現在治療中の疾患③
  stable TEXT NOT NULL DEFAULT '', -- [text] 疾患の状況　安定 (codes, | between)
  unstable TEXT NOT NULL DEFAULT '', -- [text] 疾患の状況　不安定 (codes, | between)
  move TEXT NOT NULL DEFAULT '', -- [text] 移動手段 (codes, | between)
  move_other TEXT NOT NULL DEFAULT '', -- [text] 移動手段（その他）
  toilet TEXT NOT NULL DEFAULT '', -- [text] 排泄方法 (codes, | between)
  catheter TEXT NOT NULL DEFAULT '', -- [text] カテーテル・パウチ
  bath TEXT NOT NULL DEFAULT '', -- [text] 入浴方法 (codes, | between)
  meal TEXT NOT NULL DEFAULT '', -- [text] 食事形態
  meal_other TEXT NOT NULL DEFAULT '', -- [text] 食事形態（その他）
  udf TEXT NOT NULL DEFAULT '', -- [text] UDF等の食形態区分
  swallow TEXT NOT NULL DEFAULT '', -- [text] 嚥下機能（むせ）
  denture TEXT NOT NULL DEFAULT '', -- [text] 義歯
  denture_used TEXT NOT NULL DEFAULT '', -- [text] 入院（所）中の義歯の使用
  oral_clean TEXT NOT NULL DEFAULT '', -- [text] 口腔清潔
  oral_care TEXT NOT NULL DEFAULT '', -- [text] 口腔ケア
  sleep TEXT NOT NULL DEFAULT '', -- [text] 睡眠
  sleep_note TEXT NOT NULL DEFAULT '', -- [text] 睡眠（不良の内容）
  sleep_drug TEXT NOT NULL DEFAULT '', -- [text] 眠剤使用
  mental TEXT NOT NULL DEFAULT '', -- [text] 認知・精神 (codes, | between)
  mental_other TEXT NOT NULL DEFAULT '', -- [text] 認知・精神（その他）
  told_disease TEXT NOT NULL DEFAULT '', -- [text] 本人への病名告知
  accept_person TEXT NOT NULL DEFAULT '', -- [text] ＜本人＞病気、障害、後遺症等の受け止め方
  wish_person TEXT NOT NULL DEFAULT '', -- [text] ＜本人＞退院後の生活に関する意向
  accept_family TEXT NOT NULL DEFAULT '', -- [text] ＜家族＞病気、障害、後遺症等の受け止め方
  wish_family TEXT NOT NULL DEFAULT '', -- [text] ＜家族＞退院後の生活に関する意向
  procedure TEXT NOT NULL DEFAULT '', -- [text] 医療処置の内容 (codes, | between)
  procedure_note TEXT NOT NULL DEFAULT '', -- [text] 医療処置（自己注射・その他の内容）
  nursing TEXT NOT NULL DEFAULT '', -- [text] 看護の視点 (codes, | between)
  nursing_other TEXT NOT NULL DEFAULT '', -- [text] 看護の視点（その他）
  rehab TEXT NOT NULL DEFAULT '', -- [text] リハビリの視点 (codes, | between)
  rehab_other TEXT NOT NULL DEFAULT '', -- [text] リハビリの視点（その他）
  forbidden TEXT NOT NULL DEFAULT '', -- [text] 禁忌の有無
  forbidden_note TEXT NOT NULL DEFAULT '', -- [text] 禁忌の内容／留意点
  prognosis TEXT NOT NULL DEFAULT '', -- [text] 症状・病状の予後・予測
  barrier TEXT NOT NULL DEFAULT '', -- [text] 退院に際しての日常生活の阻害要因（心身状況・環境等）
  home_need TEXT NOT NULL DEFAULT '', -- [text] 在宅復帰のために整えなければならない要件
  eol TEXT NOT NULL DEFAULT '', -- [text] 人生の最終段階における医療・ケアに関する情報
  eol_note TEXT NOT NULL DEFAULT '', -- [text] 人生の最終段階における医療・ケアに関する情報のやりとり
  hearing TEXT NOT NULL DEFAULT '', -- [text] 聞き取り (JSON rows)
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX discharge_record_person ON discharge_record(person_id);
CREATE INDEX discharge_record_stay ON discharge_record(stay_id);
