-- リハビリの目標と終わり: what a rehabilitation service is for and when it ends, set before it starts (C-203; Vol.1217 リハビリテーション・個別機能訓練
-- マネジメント). One alive row per person and course of a service (訪問リハ, 通所リハ, 老健 …). What was said before stands in the history. Class care.
CREATE TABLE rehab_goal (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation that set it
  staff_id INTEGER,                   -- [int] who set it
  type_code TEXT NOT NULL,            -- [text] kind of service, code list rehab_service (種類コード)
  provider_org_id INTEGER,            -- [int] the office in the register; NULL = as written
  provider TEXT NOT NULL DEFAULT '',  -- [text] the office as written
  started_on TEXT,                    -- [day] first day of the service; NULL = not known
  goal TEXT NOT NULL DEFAULT '',      -- [text] 目標; '' = not set yet
  end_on TEXT,                        -- [day] day by which it is to end; NULL = not set yet
  set_on TEXT NOT NULL,               -- [day] when goal and end were agreed
  note TEXT NOT NULL DEFAULT '',      -- [text] 見込み・話し合ったこと
  ended_on TEXT,                      -- [day] the service did end; NULL = it runs
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX rehab_goal_person ON rehab_goal(person_id, type_code);
CREATE INDEX rehab_goal_open ON rehab_goal(ended_on, end_on);
