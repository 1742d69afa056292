-- 担当: which staff member of which organisation is in charge of a person, dated. "Mine" and "being supported" (F005) and
-- the hand-over list (C-005) read it.
CREATE TABLE person_charge (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  staff_id INTEGER NOT NULL REFERENCES staff(id), -- [int]
  role TEXT NOT NULL DEFAULT 'main',  -- [text] main 主担当, sub 副担当, watch 見守り（民生委員など）
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day
  end_reason TEXT NOT NULL DEFAULT '', -- [text]
  handed_from_id INTEGER REFERENCES person_charge(id), -- [int] the charge this one took over
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX person_charge_person_i ON person_charge (person_id, to_on);
CREATE INDEX person_charge_staff_i ON person_charge (staff_id, to_on);
CREATE INDEX person_charge_org_i ON person_charge (org_id, to_on);
