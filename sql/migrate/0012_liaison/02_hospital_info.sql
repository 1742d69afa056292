-- 入院時情報提供書 (form nyuin-joho, kind view): columns as forms/bindings.tsv binds them. Filled once from register, plan and
-- assessment, then its own. Class medical.
CREATE TABLE hospital_info (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  staff_id INTEGER,                   -- [int] 記入者
  stay_id INTEGER NOT NULL REFERENCES hospital_stay(id), -- [int]
  made_date TEXT, -- [day] 記入日
  given_date TEXT, -- [day] 情報提供日
  hospital_staff TEXT NOT NULL DEFAULT '', -- [text] ご担当者名
  house_kind TEXT NOT NULL DEFAULT '', -- [text] 住居の種類
  house_floors INTEGER, -- [int] 階建て
  house_floor INTEGER, -- [int] 居室の階
  house_lift TEXT NOT NULL DEFAULT '', -- [text] エレベーター
  house_note TEXT NOT NULL DEFAULT '', -- [text] 住環境の特記事項
  cert_apply TEXT NOT NULL DEFAULT '', -- [text] 申請の状況
  cert_apply_date TEXT, -- [day] 申請日
  rank_by TEXT NOT NULL DEFAULT '', -- [text] 自立度の判断
  copay TEXT NOT NULL DEFAULT '', -- [text] 介護保険の自己負担割合
  handicap TEXT NOT NULL DEFAULT '', -- [text] 障害など認定
  handicap_kinds TEXT NOT NULL DEFAULT '', -- [text] 障害の種類 (codes, | between)
  pension TEXT NOT NULL DEFAULT '', -- [text] 年金などの種類 (codes, | between)
  pension_other TEXT NOT NULL DEFAULT '', -- [text] 年金などの種類（その他）
  household TEXT NOT NULL DEFAULT '', -- [text] 世帯構成
  household_other TEXT NOT NULL DEFAULT '', -- [text] 世帯構成（その他）
  day_alone INTEGER, -- [int] 日中独居: 1 yes, 0 no
  carer TEXT NOT NULL DEFAULT '', -- [text] 主介護者氏名
  carer_rel TEXT NOT NULL DEFAULT '', -- [text] 主介護者（続柄・年齢）
  carer_live TEXT NOT NULL DEFAULT '', -- [text] 主介護者の同居・別居
  carer_tel TEXT NOT NULL DEFAULT '', -- [text] 主介護者TEL
  keyperson TEXT NOT NULL DEFAULT '', -- [text] キーパーソン
  keyperson_rel TEXT NOT NULL DEFAULT '', -- [text] キーパーソン（続柄・年齢）
  keyperson_tel TEXT NOT NULL DEFAULT '', -- [text] キーパーソン連絡先
  interest TEXT NOT NULL DEFAULT '', -- [text] 本人の趣味・興味・関心領域等
  life_history TEXT NOT NULL DEFAULT '', -- [text] 本人の生活歴
  wish_person TEXT NOT NULL DEFAULT '', -- [text] 入院前の本人の生活に対する意向
  wish_person_plan INTEGER, -- [int] 同封の居宅サービス計画（1）参照（本人）: 1 yes, 0 no
  wish_family TEXT NOT NULL DEFAULT '', -- [text] 入院前の家族の生活に対する意向
  wish_family_plan INTEGER, -- [int] 同封の居宅サービス計画（1）参照（家族）: 1 yes, 0 no
  enclosed TEXT NOT NULL DEFAULT '', -- [text] 同封の書類 (codes, | between)
  enclosed_other TEXT NOT NULL DEFAULT '', -- [text] 同封の書類（その他）
  service_note TEXT NOT NULL DEFAULT '', -- [text] 入院前の介護サービスの利用状況
  home_need TEXT NOT NULL DEFAULT '', -- [text] 在宅生活に必要な要件
  after_household TEXT NOT NULL DEFAULT '', -- [text] 退院後の世帯状況
  after_members INTEGER, -- [int] 家族構成員数
  after_day_alone INTEGER, -- [int] 日中独居（退院後）: 1 yes, 0 no
  after_other TEXT NOT NULL DEFAULT '', -- [text] 退院後の世帯状況（その他）
  care_for_house TEXT NOT NULL DEFAULT '', -- [text] 世帯に対する配慮
  care_for_house_note TEXT NOT NULL DEFAULT '', -- [text] 世帯に対する配慮の内容
  after_carer TEXT NOT NULL DEFAULT '', -- [text] 退院後の主介護者
  after_carer_name TEXT NOT NULL DEFAULT '', -- [text] 退院後の主介護者（氏名・続柄・年齢）
  care_power TEXT NOT NULL DEFAULT '', -- [text] 介護力
  view_note TEXT NOT NULL DEFAULT '', -- [text] 特記事項
  conf_inside INTEGER, -- [int] 「院内の多職種カンファレンス」への参加: 1 yes, 0 no
  conf_before INTEGER, -- [int] 「退院前カンファレンス」への参加: 1 yes, 0 no
  conf_wish TEXT NOT NULL DEFAULT '', -- [text] 具体的な要望
  conf_visit INTEGER, -- [int] 「退院前訪問指導」を実施する場合の同行: 1 yes, 0 no
  paralysis TEXT NOT NULL DEFAULT '', -- [text] 麻痺の状況
  decubitus TEXT NOT NULL DEFAULT '', -- [text] 褥瘡の有無
  decubitus_note TEXT NOT NULL DEFAULT '', -- [text] 褥瘡の部位・程度
  adl_move TEXT NOT NULL DEFAULT '', -- [text] 移動
  move_in TEXT NOT NULL DEFAULT '', -- [text] 移動（室内） (codes, | between)
  move_out TEXT NOT NULL DEFAULT '', -- [text] 移動（屋外） (codes, | between)
  adl_transfer TEXT NOT NULL DEFAULT '', -- [text] 移乗
  adl_dress TEXT NOT NULL DEFAULT '', -- [text] 更衣
  adl_rise TEXT NOT NULL DEFAULT '', -- [text] 起居動作
  adl_groom TEXT NOT NULL DEFAULT '', -- [text] 整容
  adl_bath TEXT NOT NULL DEFAULT '', -- [text] 入浴
  adl_eat TEXT NOT NULL DEFAULT '', -- [text] 食事
  meal_times TEXT NOT NULL DEFAULT '', -- [text] 食事回数（朝・昼・夜の時刻）
  meal_limit TEXT NOT NULL DEFAULT '', -- [text] 食事制限
  meal_limit_note TEXT NOT NULL DEFAULT '', -- [text] 食事制限の内容
  meal_form TEXT NOT NULL DEFAULT '', -- [text] 食事形態
  udf TEXT NOT NULL DEFAULT '', -- [text] UDF等の食形態区分
  meal_way TEXT NOT NULL DEFAULT '', -- [text] 摂取方法
  thick TEXT NOT NULL DEFAULT '', -- [text] 水分とろみ
  water_limit TEXT NOT NULL DEFAULT '', -- [text] 水分制限
  water_limit_note TEXT NOT NULL DEFAULT '', -- [text] 水分制限の内容
  swallow TEXT NOT NULL DEFAULT '', -- [text] 嚥下機能
  denture TEXT NOT NULL DEFAULT '', -- [text] 義歯
  denture_kind TEXT NOT NULL DEFAULT '', -- [text] 義歯の種類
  oral_clean TEXT NOT NULL DEFAULT '', -- [text] 口腔清潔
  breath TEXT NOT NULL DEFAULT '', -- [text] 口臭
  urine TEXT NOT NULL DEFAULT '', -- [text] 排尿
  stool TEXT NOT NULL DEFAULT '', -- [text] 排便
  portable TEXT NOT NULL DEFAULT '', -- [text] ポータブルトイレ
  diaper TEXT NOT NULL DEFAULT '', -- [text] オムツ／パッド
  sleep TEXT NOT NULL DEFAULT '', -- [text] 睡眠の状態
  sleep_note TEXT NOT NULL DEFAULT '', -- [text] 睡眠の状態（不良の内容）
  sleep_drug TEXT NOT NULL DEFAULT '', -- [text] 眠剤の使用
  smoke TEXT NOT NULL DEFAULT '', -- [text] 喫煙
  smoke_note TEXT NOT NULL DEFAULT '', -- [text] 喫煙（1日の本数）
  drink TEXT NOT NULL DEFAULT '', -- [text] 飲酒
  drink_note TEXT NOT NULL DEFAULT '', -- [text] 飲酒（1日の量）
  sight TEXT NOT NULL DEFAULT '', -- [text] 視力
  glasses TEXT NOT NULL DEFAULT '', -- [text] 眼鏡
  hearing TEXT NOT NULL DEFAULT '', -- [text] 聴力
  hearing_aid TEXT NOT NULL DEFAULT '', -- [text] 補聴器
  speech TEXT NOT NULL DEFAULT '', -- [text] 言語
  understand TEXT NOT NULL DEFAULT '', -- [text] 意思疎通
  comm_note TEXT NOT NULL DEFAULT '', -- [text] コミュニケーションに関する特記事項
  mental TEXT NOT NULL DEFAULT '', -- [text] 精神面における療養上の問題 (codes, | between)
  mental_other TEXT NOT NULL DEFAULT '', -- [text] 精神面（その他）
  history TEXT NOT NULL DEFAULT '', -- [text] 疾患歴 (codes, | between)
  history_other TEXT NOT NULL DEFAULT '', -- [text] 疾患歴（その他）
  stay_half TEXT NOT NULL DEFAULT '', -- [text] 最近半年間での入院
  stay_half_note TEXT NOT NULL DEFAULT '', -- [text] 最近半年間での入院（理由・期間）
  stay_often TEXT NOT NULL DEFAULT '', -- [text] 入院頻度
  procedure TEXT NOT NULL DEFAULT '', -- [text] 入院前に実施している医療処置 (codes, | between)
  procedure_note TEXT NOT NULL DEFAULT '', -- [text] 医療処置（自己注射・その他の内容）
  drug TEXT NOT NULL DEFAULT '', -- [text] 内服薬
  drug_note TEXT NOT NULL DEFAULT '', -- [text] 内服薬の内容
  drug_guide TEXT NOT NULL DEFAULT '', -- [text] 居宅療養管理指導
  drug_guide_by TEXT NOT NULL DEFAULT '', -- [text] 居宅療養管理指導（職種）
  drug_keep TEXT NOT NULL DEFAULT '', -- [text] 薬剤管理
  drug_keep_by TEXT NOT NULL DEFAULT '', -- [text] 管理者・管理方法
  drug_take TEXT NOT NULL DEFAULT '', -- [text] 服薬状況
  drug_special TEXT NOT NULL DEFAULT '', -- [text] お薬に関する特記事項
  doc_office TEXT NOT NULL DEFAULT '', -- [text] かかりつけ医機関名
  doc_tel TEXT NOT NULL DEFAULT '', -- [text] 電話番号（かかりつけ医）
  doc_name TEXT NOT NULL DEFAULT '', -- [text] 医師名
  doc_kana TEXT NOT NULL DEFAULT '', -- [text] 医師名フリガナ
  doc_way TEXT NOT NULL DEFAULT '', -- [text] 診察方法 (codes, | between)
  doc_freq TEXT NOT NULL DEFAULT '', -- [text] 頻度（回／月）
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX hospital_info_person ON hospital_info(person_id);
CREATE INDEX hospital_info_stay ON hospital_info(stay_id);
