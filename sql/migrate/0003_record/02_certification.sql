-- 要介護・要支援認定と申請, and 事業対象者 (F010; 介護保険法27–33条; forms-careplan §7.1, §7.7; rules §3). 申請中 is a status, never a
-- level. Periods of decided rows never overlap for one person. Evidence REC-CERT. Class care.
CREATE TABLE certification (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  status TEXT NOT NULL,               -- [text] applying_new applying_renew applying_change certified withdrawn（取下げ） rejected（却下・資格なし）
  apply_kind TEXT NOT NULL,           -- [text] new renew change checklist（事業対象者） transfer（転入の引継ぎ）
  level TEXT,                         -- [text] none target s1 s2 c1 c2 c3 c4 c5; NULL while no result
  applied_on TEXT,                    -- [day] 申請日（事業対象者は基本チェックリストの記入日）
  decided_on TEXT,                    -- [day] 認定日
  from_on TEXT,                       -- [day] 有効期間の開始日
  to_on TEXT,                         -- [day] 有効期間の満了日; 9999-12-31 where none is set (事業対象者)
  insurer_no TEXT NOT NULL DEFAULT '', -- [text] 保険者番号
  council_opinion TEXT NOT NULL DEFAULT '', -- [text] 認定審査会の意見
  service_designation TEXT NOT NULL DEFAULT '', -- [text] サービスの種類の指定
  disease_code TEXT NOT NULL DEFAULT '', -- [text] 特定疾病 01–16 (rules §3.1), second insured only
  postponed_on TEXT,                  -- [day] 延期通知の日
  expected_on TEXT,                   -- [day] 延期のときの処理見込日
  survey_on TEXT,                     -- [day] 認定調査の日
  opinion_on TEXT,                    -- [day] 主治医意見書の日
  superseded_on TEXT,                 -- [day] the day before which a later 区分変更 cut this period; the period first set stands in the history
  period_reason TEXT NOT NULL DEFAULT '', -- [text] why the period is outside the range of the law (災害などの特例); empty = it is inside
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX certification_person ON certification(person_id, from_on);
CREATE INDEX certification_to ON certification(status, to_on);
