-- 確認・承認のやりとり (F052, F124): comments on a plan between author, supervisor and centre.
CREATE TABLE plan_comment (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  staff_id INTEGER,                   -- [int]
  at_ms INTEGER NOT NULL,             -- [ms]
  kind TEXT NOT NULL,                 -- [text] comment ask_approval approve return
  field TEXT NOT NULL DEFAULT '',     -- [text] the part it speaks of, "" = the whole
  body TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_comment_plan ON plan_comment(plan_id, at_ms);
CREATE INDEX plan_comment_person ON plan_comment(person_id);
