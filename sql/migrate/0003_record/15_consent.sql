-- 同意 person x organisation x classes x purpose x period (issue 2 step 5; 個人情報保護法27条; forms-careplan §6.2). Writing
-- one writes a grant, withdrawing ends it, in the same transaction. Evidence REC-CONSENT. Class care.
CREATE TABLE consent (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation that may see
  classes INTEGER NOT NULL,           -- [int] mask of record class bits
  role_classes INTEGER NOT NULL DEFAULT 0, -- [int] mask of role classes inside the organisation; 0 = all of them
  purpose TEXT NOT NULL,              -- [text] code list consent_purpose: care_plan meeting consult handover dispatch other
  purpose_note TEXT NOT NULL DEFAULT '', -- [text] 目的の内容
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  how TEXT NOT NULL,                  -- [text] paper（書面） oral（口頭） electronic（電磁的方法）
  electronic_ok_on TEXT,              -- [day] 電磁的方法の承諾を得た日
  agreed_on TEXT NOT NULL,            -- [day] 同意日
  agreed_by TEXT NOT NULL,            -- [text] self（本人） guardian（後見人など） family（家族） other
  agreed_name TEXT NOT NULL DEFAULT '', -- [text] 同意した人の氏名
  agreed_relation TEXT NOT NULL DEFAULT '', -- [text] 続柄
  explained_by_staff_id INTEGER,      -- [int] 説明した職員
  target TEXT NOT NULL DEFAULT '',    -- [text] 説明した文書・計画の名前と版
  file_sha TEXT NOT NULL DEFAULT '',  -- [text] 同意書の控え (store/file)
  withdrawn_on TEXT,                  -- [day] 撤回日
  withdrawn_how TEXT NOT NULL DEFAULT '', -- [text] 撤回の方法
  withdrawn_note TEXT NOT NULL DEFAULT '', -- [text] 撤回の理由・聞き取り
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER,                 -- [ms] in the bin since; NULL = alive
  CHECK (classes > 0)
) STRICT;
CREATE INDEX consent_person ON consent(person_id, from_on);
CREATE INDEX consent_org ON consent(org_id, to_on);
