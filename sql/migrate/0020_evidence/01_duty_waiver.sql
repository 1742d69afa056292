-- 例外の記録 (REC-EXC; rules §0.3, §0.6 P2): why a legal duty could not be kept, of a kind that the rule itself accepts, with its ground and
-- the days it holds for. Of a person (with or without a case) or of an office (no person). A record that writes its own exception
-- (モニタリング, サービス担当者会議) has no row here. Class: record_class.
CREATE TABLE duty_waiver (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER REFERENCES person(id), -- [int] NULL = of the office itself
  org_id INTEGER NOT NULL,            -- [int] whose record it is
  case_id INTEGER REFERENCES care_case(id), -- [int]
  record_class INTEGER NOT NULL,      -- [int] class bit: care of a person, meeting of an office
  rule TEXT NOT NULL,                 -- [text] id of the rule (law/duties.tsv)
  kind TEXT NOT NULL,                 -- [text] code list exc_kind
  ground TEXT NOT NULL,               -- [text] 理由
  from_on TEXT NOT NULL,              -- [day] the first day it holds for
  to_on TEXT NOT NULL,                -- [day] the last day
  written_on TEXT NOT NULL,           -- [day] 記録した日
  staff_id INTEGER,                   -- [int] 記録した職員
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX duty_waiver_person ON duty_waiver(person_id, from_on);
CREATE INDEX duty_waiver_org ON duty_waiver(org_id, from_on);
CREATE INDEX duty_waiver_case ON duty_waiver(case_id);
