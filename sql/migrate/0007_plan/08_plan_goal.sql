-- A goal of a need: 長期・短期目標 with real dates beside the official text / 予防: 支援計画 (支援のポイント, セルフケア, 公的サービス).
CREATE TABLE plan_goal (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  need_id INTEGER NOT NULL REFERENCES plan_need(id), -- [int]
  origin_id INTEGER,                  -- [int] the first plan_goal of the same goal in earlier versions (attainment trend)
  no INTEGER NOT NULL,                -- [int] 援助目標NO / 支援計画NO
  long_text TEXT NOT NULL DEFAULT '', -- [text] 長期目標
  long_from_on TEXT,                  -- [day]
  long_to_on TEXT,                    -- [day]
  long_period TEXT NOT NULL DEFAULT '', -- [text] 期間 as printed; "" = from the dates
  short_text TEXT NOT NULL DEFAULT '', -- [text] 短期目標
  short_from_on TEXT,                 -- [day]
  short_to_on TEXT,                   -- [day]
  short_period TEXT NOT NULL DEFAULT '', -- [text]
  point TEXT NOT NULL DEFAULT '',     -- [text] 予防: 目標についての支援のポイント
  selfcare TEXT NOT NULL DEFAULT '',  -- [text] 予防: 本人等のセルフケアや家族の支援、インフォーマルサービス
  formal TEXT NOT NULL DEFAULT '',    -- [text] 予防: 介護保険サービス又は地域支援事業
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_goal_plan ON plan_goal(plan_id, need_id, no);
CREATE INDEX plan_goal_person ON plan_goal(person_id);
CREATE INDEX plan_goal_until ON plan_goal(short_to_on);
