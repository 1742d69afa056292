-- 家族介護者 and their work (F012; 仕事と介護の両立): hangs on the relation, one row per state. Class family.
CREATE TABLE carer (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  relation_id INTEGER NOT NULL REFERENCES relation(id), -- [int] the carer
  from_on TEXT NOT NULL,              -- [day] この状態になった日
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  works TEXT NOT NULL,                -- [text] yes no on_leave（休業中） left（離職） unknown
  occupation TEXT NOT NULL DEFAULT '', -- [text] 職業・勤め先
  work_days TEXT NOT NULL DEFAULT '', -- [text] 勤務日, e.g. 月–金
  work_hours TEXT NOT NULL DEFAULT '', -- [text] 勤務時間帯, e.g. 8:30–17:15
  employment TEXT NOT NULL DEFAULT '', -- [text] full（正社員） part（パート） self（自営） other
  leave_kind TEXT NOT NULL DEFAULT '', -- [text] 介護休業・介護休暇・短時間勤務 など使っている制度
  leave_from_on TEXT,                 -- [day]
  leave_to_on TEXT,                   -- [day]
  leave_days_used INTEGER,            -- [int] 介護休業の使った日数（対象家族1人につき通算93日が上限; 育児・介護休業法11条・15条）
  care_hours_week INTEGER,            -- [int] 介護にあてている時間（週）
  health TEXT NOT NULL DEFAULT '',    -- [text] 介護者の健康
  strain TEXT NOT NULL DEFAULT '',    -- [text] 負担・困りごと
  is_young INTEGER NOT NULL DEFAULT 0, -- [bool] 18歳未満（またはおおむね30代まで）の介護者の可能性
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX carer_person ON carer(person_id, from_on);
CREATE INDEX carer_relation ON carer(relation_id);
