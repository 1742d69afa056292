-- 支援のケース: one row per person, organisation and kind of support, from the request to the end of the contract (完結の日;
-- forms-careplan §6.3, rules R-CM-04-*, R-CM-29-records). The grant "case" of the organisation follows from it. Class care.
CREATE TABLE care_case (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation responsible: office, or centre for 介護予防支援 and 介護予防ケアマネジメント
  kind TEXT NOT NULL,                 -- [text] code list case_kind: home（居宅介護支援） prevention（介護予防支援） prev_a prev_b prev_c（介護予防ケアマネジメントA・B・C）
  status TEXT NOT NULL,               -- [text] code list case_status: referred（依頼） preparing（契約・計画作成中） active（支援中） paused（中断: 入院など） closed（終了）
  staff_id INTEGER,                   -- [int] 担当者; person_charge follows
  referred_on TEXT,                   -- [day] 依頼を受けた日
  referred_by TEXT NOT NULL DEFAULT '', -- [text] code list case_source: self family centre hospital office insurer other
  referred_note TEXT NOT NULL DEFAULT '', -- [text] 依頼の内容
  consult_id INTEGER,                 -- [int] the consultation it came from
  routing_id INTEGER,                 -- [int] the routing it came from
  expl_on TEXT,                       -- [day] 重要事項の説明日（REC-EXPL; 基準4条）
  expl_by_staff_id INTEGER,           -- [int] 説明した職員
  expl_to TEXT NOT NULL DEFAULT '',   -- [text] 説明した相手
  expl_items TEXT NOT NULL DEFAULT '', -- [text] codes of case_expl_item, "|" between: choice（複数の事業所の紹介） reason（選定理由） ratio（前6か月の割合） hospital（入院時の連絡のお願い） fee privacy_self privacy_family
  expl_doc_version TEXT NOT NULL DEFAULT '', -- [text] 説明した文書の版
  contract_on TEXT,                   -- [day] 契約日（提供開始の同意）
  notice_on TEXT,                     -- [day] 居宅（介護予防）サービス計画作成依頼届出書を出した日
  start_on TEXT,                      -- [day] 支援の開始日
  first_plan_on TEXT,                 -- [day] 初回居宅サービス計画作成日: the first plan of this organisation for this person
  end_on TEXT,                        -- [day] 完結の日: the day after which no support is given
  end_reason TEXT NOT NULL DEFAULT '', -- [text] code list case_end: moved（転居） facility（施設入所） death（死亡） improved（自立） other_office（事業所の変更） level_change（認定区分の変更） cancelled（取りやめ） other
  end_note TEXT NOT NULL DEFAULT '',  -- [text]
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX care_case_person ON care_case(person_id, status);
CREATE INDEX care_case_org ON care_case(org_id, status, staff_id);
CREATE INDEX care_case_staff ON care_case(staff_id, status);
