-- 第3表 週間サービス計画表: one stay in the week. A slot over midnight is one row (to_min over 1440), drawn and written as two.
CREATE TABLE plan_slot (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  service_id INTEGER REFERENCES plan_service(id), -- [int] NULL = not of 第2表 (the orphan check lists it)
  service TEXT NOT NULL DEFAULT '',   -- [text] 介護サービス内容
  dow INTEGER NOT NULL,               -- [int] 1 月 … 7 日
  from_min INTEGER NOT NULL,          -- [int] minutes of the day
  to_min INTEGER NOT NULL,            -- [int] minutes; up to 2880
  note TEXT NOT NULL DEFAULT '',      -- [text] 第2・4 など
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_slot_plan ON plan_slot(plan_id, dow, from_min);
CREATE INDEX plan_slot_person ON plan_slot(person_id);
