-- Each step of a commission, with day and who (F052). Written once, never altered.
CREATE TABLE commission_event (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  commission_id INTEGER NOT NULL REFERENCES commission(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] whose step
  staff_id INTEGER,                   -- [int]
  at_ms INTEGER NOT NULL,             -- [ms]
  event TEXT NOT NULL,                -- [text] code list commission_event
  plan_id INTEGER,                    -- [int] the plan it speaks of
  body TEXT NOT NULL DEFAULT '',      -- [text] reason, comment, opinion
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX commission_event_of ON commission_event(commission_id, at_ms);
CREATE INDEX commission_event_person ON commission_event(person_id);
