-- 支援経過（第5表、予防の経過記録）: one entry with its day and time. Append-only: text is never altered. A correction strikes the old entry
-- through (struck_*) and writes a new one that names it (corrects_id), so both stay readable (forms-careplan §3.5, §2.4). An entry that
-- another record wrote names it (source_table, source_id) and is shown as long as that record is alive. Class care.
CREATE TABLE care_log (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] whose record it is
  case_id INTEGER REFERENCES care_case(id), -- [int]
  staff_id INTEGER,                   -- [int] 記録した職員
  at_on TEXT NOT NULL,                -- [day] 年月日
  at_min INTEGER,                     -- [int] 時刻: minutes of the day; NULL = not said
  item TEXT NOT NULL,                 -- [text] 項目: code list care_log_item
  item_text TEXT NOT NULL DEFAULT '', -- [text] 項目 in words, where the code is other
  partner TEXT NOT NULL DEFAULT '',   -- [text] 相手
  content TEXT NOT NULL,              -- [text] 内容
  minutes INTEGER,                    -- [int] かかった時間（分）
  is_meeting INTEGER NOT NULL DEFAULT 0, -- [bool] 会議の要点である
  is_monitoring INTEGER NOT NULL DEFAULT 0, -- [bool] モニタリングの結果を含む（R-YB-30-16-rec）
  next_on TEXT,                       -- [day] 次の予定の日
  source_table TEXT NOT NULL DEFAULT '', -- [text] the record that wrote it: monitoring, evaluation …
  source_id INTEGER,                  -- [int]
  corrects_id INTEGER REFERENCES care_log(id), -- [int] the struck entry it takes the place of
  struck_ms INTEGER,                  -- [ms] 打ち消した時刻; NULL = valid
  struck_by INTEGER,                  -- [int] account
  struck_reason TEXT NOT NULL DEFAULT '', -- [text] 訂正の理由
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX care_log_person ON care_log(person_id, at_on, at_min);
CREATE INDEX care_log_org ON care_log(org_id, at_on, staff_id);
CREATE INDEX care_log_staff ON care_log(staff_id, next_on);
CREATE INDEX care_log_source ON care_log(source_table, source_id);
CREATE INDEX care_log_corrects ON care_log(corrects_id);
CREATE INDEX care_log_case ON care_log(case_id, at_on);
