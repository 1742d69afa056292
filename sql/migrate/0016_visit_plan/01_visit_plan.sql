-- 訪問の予定 (F060): who goes to whom on which day, in which order, for what. It is done when 支援経過 or モニタリング of that day says so
-- (done_table, done_id). The next dates of those records (next_on) stay where they are; a plan is made of them by hand. Class care.
CREATE TABLE visit_plan (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] whose staff goes
  case_id INTEGER REFERENCES care_case(id), -- [int] NULL = of no case
  staff_id INTEGER NOT NULL,          -- [int] 訪問する職員
  planned_on TEXT NOT NULL,           -- [day] 訪問する日
  from_min INTEGER,                   -- [int] 開始時刻: minutes of the day; NULL = not fixed
  to_min INTEGER,                     -- [int] 終了時刻: minutes of the day; NULL = not fixed
  purpose TEXT NOT NULL,              -- [text] 目的: code list visit_purpose
  place TEXT NOT NULL DEFAULT '',     -- [text] 訪問先; '' = 自宅（現住所）
  sort_no INTEGER NOT NULL,           -- [int] 順番 in the staff's day, from 1; gaps are fine
  note TEXT NOT NULL DEFAULT '',      -- [text] 持ち物・確認すること
  state TEXT NOT NULL,                -- [text] code list visit_state: planned（予定） done（済み） cancelled（取りやめ）
  cancel_reason TEXT NOT NULL DEFAULT '', -- [text] 取りやめた理由
  done_table TEXT NOT NULL DEFAULT '', -- [text] the record that made it done: care_log, monitoring; '' = none yet
  done_id INTEGER,                    -- [int]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX visit_plan_org ON visit_plan(org_id, planned_on, staff_id);
CREATE INDEX visit_plan_staff ON visit_plan(staff_id, planned_on);
CREATE INDEX visit_plan_person ON visit_plan(person_id, planned_on);
CREATE INDEX visit_plan_case ON visit_plan(case_id, planned_on);
CREATE INDEX visit_plan_done ON visit_plan(done_table, done_id);
