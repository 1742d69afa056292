-- 見通し ※5 and 生活全般の解決すべき課題（ニーズ）【案】 with its order ※6.
CREATE TABLE issue_sheet_need (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  issue_sheet_id INTEGER NOT NULL REFERENCES issue_sheet(id), -- [int]
  no INTEGER NOT NULL,                -- [int] line on the sheet
  item_code TEXT NOT NULL DEFAULT '', -- [text] the assessment item it was proposed from; "" = typed
  outlook TEXT NOT NULL DEFAULT '',   -- [text] 見通し
  need TEXT NOT NULL DEFAULT '',      -- [text] ニーズの案
  need_order TEXT NOT NULL DEFAULT '', -- [text] 優先順位 1–99, − = not in this plan
  edited TEXT NOT NULL DEFAULT '',    -- [text] columns typed by people, | between
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX issue_sheet_need_no ON issue_sheet_need(issue_sheet_id, no) WHERE retired_ms IS NULL;
CREATE INDEX issue_sheet_need_person ON issue_sheet_need(person_id);
