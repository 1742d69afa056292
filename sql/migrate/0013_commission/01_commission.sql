-- 原案委託 (F052): one row per commission of a centre's prevention case to an office, from the request to the end. The grant
-- "commission" of the office follows from it. Class care; the request itself goes with the name card (介護保険法115条の23第3項, 予防基準12条).
CREATE TABLE commission (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  case_id INTEGER NOT NULL REFERENCES care_case(id), -- [int] the centre's case
  org_id INTEGER NOT NULL,            -- [int] the centre that commissions
  office_org_id INTEGER NOT NULL,     -- [int] the office commissioned
  staff_id INTEGER,                   -- [int] who asked, at the centre
  office_staff_id INTEGER,            -- [int] who accepted, at the office
  council_on TEXT,                    -- [day] 運営協議会の議を経た日（予防基準12条1号）
  scope TEXT NOT NULL DEFAULT '',     -- [text] codes of commission_scope, "|" between
  until_on TEXT NOT NULL,             -- [day] last day of the commission
  note TEXT NOT NULL DEFAULT '',      -- [text] what the office needs to know to decide
  documents TEXT NOT NULL DEFAULT '', -- [text] 渡す書類
  status TEXT NOT NULL,               -- [text] code list commission_status
  status_on TEXT NOT NULL,            -- [day] since when
  plan_id INTEGER,                    -- [int] the draft handed in last
  ended_on TEXT,                      -- [day] refused, withdrawn or ended
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX commission_person ON commission(person_id);
CREATE INDEX commission_case ON commission(case_id, status);
CREATE INDEX commission_org ON commission(org_id, status);
CREATE INDEX commission_office ON commission(office_org_id, status);
