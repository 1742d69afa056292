-- モニタリング: how far each short-term goal was reached; origin_id joins the versions of a goal for its trend.
CREATE TABLE monitoring_goal (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  monitoring_id INTEGER NOT NULL REFERENCES monitoring(id), -- [int]
  plan_goal_id INTEGER REFERENCES plan_goal(id), -- [int]
  origin_id INTEGER,                  -- [int] the same goal over the versions of the plan
  no INTEGER NOT NULL,                -- [int] order
  short_text TEXT NOT NULL DEFAULT '', -- [text] 短期目標（予防: 目標） as it stood in the plan
  period TEXT NOT NULL DEFAULT '',    -- [text] 期間
  status TEXT NOT NULL DEFAULT '',    -- [text] code list mon_status: done better same worse unknown
  note TEXT NOT NULL DEFAULT '',      -- [text] 根拠
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX monitoring_goal_head ON monitoring_goal(monitoring_id, no);
CREATE INDEX monitoring_goal_person ON monitoring_goal(person_id, origin_id);
