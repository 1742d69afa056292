-- 第3表 主な日常生活上の活動: 起床, 食事 …; a point in time has equal ends.
CREATE TABLE plan_activity (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  text TEXT NOT NULL DEFAULT '',      -- [text]
  from_min INTEGER NOT NULL,          -- [int] minutes of the day
  to_min INTEGER NOT NULL,            -- [int]
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_activity_plan ON plan_activity(plan_id, from_min);
CREATE INDEX plan_activity_person ON plan_activity(person_id);
