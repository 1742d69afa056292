-- 計画への同意 (13条10号; forms-careplan §6.2; REC-CONSENT). The signature drawn on the screen and scans are stored files.
CREATE TABLE plan_consent (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  explained_on TEXT NOT NULL,         -- [day] 
  explained_by_staff_id INTEGER,      -- [int]
  told_benefit INTEGER NOT NULL DEFAULT 0, -- [bool] 保険給付の対象かを区分して説明した
  agreed_on TEXT NOT NULL,            -- [day] 
  agreed_by TEXT NOT NULL,            -- [text] self（本人） agent（代理人・代筆） family guardian
  agreed_name TEXT NOT NULL DEFAULT '', -- [text]
  agreed_relation TEXT NOT NULL DEFAULT '', -- [text]
  how TEXT NOT NULL,                  -- [text] sign（署名） seal（記名押印） electronic（電磁的方法） proxy_sign（代筆）
  electronic_ok_on TEXT,              -- [day] 電磁的方法の承諾を得た日
  signature_sha TEXT NOT NULL DEFAULT '', -- [text] drawn signature (PNG in store/file)
  row_version INTEGER NOT NULL,       -- [int] the version of the plan row that was agreed
  content_sha TEXT NOT NULL DEFAULT '', -- [text] sha256 of the plan's content as agreed
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_consent_plan ON plan_consent(plan_id);
CREATE INDEX plan_consent_person ON plan_consent(person_id);
