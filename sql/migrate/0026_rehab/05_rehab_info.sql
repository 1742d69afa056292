-- 介護支援専門員への情報提供: five items from the rehabilitation service to the person's care manager (C-205). Class care.
CREATE TABLE rehab_info (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] who tells
  staff_id INTEGER,                   -- [int]
  goal_id INTEGER REFERENCES rehab_goal(id), -- [int] the service it is about; NULL = none
  author TEXT NOT NULL DEFAULT '',    -- [text] name and profession of who tells
  made_on TEXT NOT NULL,              -- [day]
  wishes TEXT NOT NULL DEFAULT '',    -- [text] ① 本人・家族の希望と社会参加
  abilities TEXT NOT NULL DEFAULT '', -- [text] ② 能力と改善の見込み
  care_ways TEXT NOT NULL DEFAULT '', -- [text] ③ 介護の方法と留意点
  surroundings TEXT NOT NULL DEFAULT '', -- [text] ④ 環境・用具
  other TEXT NOT NULL DEFAULT '',     -- [text] ⑤ その他
  sent_on TEXT,                       -- [day] NULL = not sent
  sent_by INTEGER,                    -- [int] account
  to_org_id INTEGER,                  -- [int] the care manager's organisation, when sent
  to_staff_id INTEGER,                -- [int] the care manager, when sent
  is_gap_known INTEGER NOT NULL DEFAULT 0, -- [bool] sent with an empty item, after being asked
  read_on TEXT,                       -- [day] the receiver has read it
  read_by INTEGER,                    -- [int] account
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX rehab_info_person ON rehab_info(person_id, made_on);
