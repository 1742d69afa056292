-- 援助内容 / 予防: 利用サービス of a goal, structured so that 第6・7表 can follow: kind, provider, pattern, period. Informal help stands in
-- the same table (F048).
CREATE TABLE plan_service (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  goal_id INTEGER NOT NULL REFERENCES plan_goal(id), -- [int]
  origin_id INTEGER,                  -- [int] the same service in earlier versions
  no INTEGER NOT NULL,                -- [int] 援助内容NO / 利用サービスNO
  actor TEXT NOT NULL DEFAULT '',     -- [text] formal（公的サービス） family（家族） informal（住民・民間） self（本人）
  content TEXT NOT NULL DEFAULT '',   -- [text] サービス内容
  covered TEXT NOT NULL DEFAULT '',   -- [text] Y 対象 / N 対象外 / ""
  type TEXT NOT NULL DEFAULT '',      -- [text] サービス種別 as printed
  type_code TEXT NOT NULL DEFAULT '', -- [text] 種類コード (11 訪問介護 …; code list service_type) where formal
  org_id INTEGER,                     -- [int] the provider in the register
  office_no TEXT NOT NULL DEFAULT '', -- [text] 事業所番号
  office TEXT NOT NULL DEFAULT '',    -- [text] ※2 事業所・人の名 as printed
  freq TEXT NOT NULL DEFAULT '',      -- [text] 頻度 as printed
  times_week INTEGER,                 -- [int] 週の回数
  times_month INTEGER,                -- [int] 月の回数
  days TEXT NOT NULL DEFAULT '',      -- [text] 曜日: seven letters 0/1 from Monday
  time_from INTEGER,                  -- [int] minutes of the day
  time_to INTEGER,                    -- [int] minutes; may exceed 1440 over midnight
  life_support INTEGER NOT NULL DEFAULT 0, -- [bool] 生活援助中心型
  service_code TEXT NOT NULL DEFAULT '', -- [text] サービスコード (6 letters), where known
  units INTEGER,                      -- [int] 単位数 of one time, where known
  from_on TEXT,                       -- [day]
  to_on TEXT,                         -- [day]
  period TEXT NOT NULL DEFAULT '',    -- [text] 期間 as printed; "" = from the dates
  reason TEXT NOT NULL DEFAULT '',    -- [text] 福祉用具を位置付ける理由・継続の理由
  doctor_order_on TEXT,               -- [day] 医療サービス: 主治医等の指示・意見の日
  options_shown INTEGER,              -- [int] how many providers were shown (F049)
  choice_reason TEXT NOT NULL DEFAULT '', -- [text] この事業所を選んだ理由
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_service_plan ON plan_service(plan_id, goal_id, no);
CREATE INDEX plan_service_person ON plan_service(person_id);
CREATE INDEX plan_service_org ON plan_service(org_id, plan_id);
