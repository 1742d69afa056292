-- リハビリの見直しの予定: first plan of a facility, the repetition about every three months, the conference before the end (C-206, C-208). The days
-- follow from rehab_goal and law/numbers.tsv; each open row has a task. Class care.
CREATE TABLE rehab_review (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  goal_id INTEGER NOT NULL REFERENCES rehab_goal(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] whose task it is
  kind TEXT NOT NULL,                 -- [text] code list rehab_review: first again end
  due_on TEXT NOT NULL,               -- [day] by when
  done_on TEXT,                       -- [day] NULL = open
  note TEXT NOT NULL DEFAULT '',      -- [text] what was found
  meeting_id INTEGER,                 -- [int] the conference that did it; NULL = none
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX rehab_review_goal ON rehab_review(goal_id, due_on);
CREATE INDEX rehab_review_person ON rehab_review(person_id);
