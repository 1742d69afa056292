-- 個別サービス計画の求めと受領 (13条12号; REC-SVCPLAN; F047).
CREATE TABLE provider_plan (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  org_id INTEGER,                     -- [int]
  office TEXT NOT NULL,               -- [text]
  type TEXT NOT NULL DEFAULT '',      -- [text] サービス種別
  asked_on TEXT,                      -- [day]
  asked_how TEXT NOT NULL DEFAULT '', -- [text]
  due_on TEXT,                        -- [day]
  received_on TEXT,                   -- [day]
  not_needed_reason TEXT NOT NULL DEFAULT '', -- [text] 個別計画の制度がないサービスなど
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX provider_plan_plan ON provider_plan(plan_id);
CREATE INDEX provider_plan_person ON provider_plan(person_id);
