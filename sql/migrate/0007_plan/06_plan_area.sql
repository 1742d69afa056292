-- 予防計画: the four areas as they stand in this version of the plan (copied from the assessment, then the plan's own).
CREATE TABLE plan_area (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  area TEXT NOT NULL,                 -- [text] move home social health
  status_text TEXT NOT NULL DEFAULT '', -- [text]
  intent TEXT NOT NULL DEFAULT '',    -- [text]
  has_issue TEXT NOT NULL DEFAULT '', -- [text] 1 有 / 2 無
  issue TEXT NOT NULL DEFAULT '',     -- [text]
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX plan_area_area ON plan_area(plan_id, area) WHERE retired_ms IS NULL;
CREATE INDEX plan_area_person ON plan_area(person_id);
