-- フォロー: after an agreed time, what became of it for the user (C-200). With consent of the person's record (class care), else of the dispatch.
-- small: some hundred a year in a large city
CREATE TABLE dispatch_follow (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER REFERENCES person(id), -- [int] NULL = without consent
  dispatch_id INTEGER NOT NULL REFERENCES dispatch(id), -- [int] one alive row per dispatch
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the centre
  due_on TEXT NOT NULL,               -- [day] agreed day
  done_on TEXT,                       -- [day] NULL = open
  result TEXT NOT NULL DEFAULT '',    -- [text] code list dispatch_result
  result_note TEXT NOT NULL DEFAULT '', -- [text] what became of it for the user
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_follow_dispatch ON dispatch_follow(dispatch_id);
CREATE INDEX dispatch_follow_person ON dispatch_follow(person_id);
