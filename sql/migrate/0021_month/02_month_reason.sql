-- The reason of one line of the month's list that stays open (F070): which case, rule, first day and target. It explains, it does not
-- excuse: an exception that the rule accepts is a duty_waiver. Class care.
CREATE TABLE month_reason (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  case_id INTEGER NOT NULL REFERENCES care_case(id), -- [int]
  month_on TEXT NOT NULL,             -- [day] first day of the month
  rule TEXT NOT NULL,                 -- [text] id of law/duties.tsv
  anchor_on TEXT NOT NULL,            -- [day] the line's first day
  target TEXT NOT NULL DEFAULT '',    -- [text] the part of the plan the line is about: id of the plan, the recipient, the office
  reason TEXT NOT NULL,               -- [text] why it is open, and what is done about it
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX month_reason_org ON month_reason(org_id, month_on);
CREATE INDEX month_reason_person ON month_reason(person_id);
