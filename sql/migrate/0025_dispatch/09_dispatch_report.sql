-- 助言の報告: what was observed and advised, what became possible, the goal before and after (C-198). With consent it belongs to the
-- person's record (class care); without, person_id is NULL and it stays with the dispatch, seen by the centre and the therapist's organisation.
-- small: some hundred a year in a large city
CREATE TABLE dispatch_report (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER REFERENCES person(id), -- [int] NULL = without consent
  dispatch_id INTEGER NOT NULL REFERENCES dispatch(id), -- [int]
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the centre
  by_org_id INTEGER NOT NULL REFERENCES org(id), -- [int] who wrote it: the therapist's organisation or the centre
  author TEXT NOT NULL DEFAULT '',    -- [text] name and profession of who advised
  on_day TEXT NOT NULL,               -- [day] day of the report
  observed TEXT NOT NULL DEFAULT '',  -- [text] 見立て・確かめたこと
  advice TEXT NOT NULL DEFAULT '',    -- [text] 助言
  possible TEXT NOT NULL DEFAULT '',  -- [text] できるようになること・なったこと
  goal_before TEXT NOT NULL DEFAULT '', -- [text] 助言の前の目標
  goal_after TEXT NOT NULL DEFAULT '', -- [text] 助言を受けた目標
  goal_changed TEXT NOT NULL DEFAULT '', -- [text] yes no; '' = not known yet
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_report_dispatch ON dispatch_report(dispatch_id);
CREATE INDEX dispatch_report_person ON dispatch_report(person_id);
