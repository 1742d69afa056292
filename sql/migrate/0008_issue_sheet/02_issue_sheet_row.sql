-- 状況の事実 ※1: one row of 課題整理総括表, in the order of law/issue_rows.tsv.
CREATE TABLE issue_sheet_row (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  issue_sheet_id INTEGER NOT NULL REFERENCES issue_sheet(id), -- [int]
  no INTEGER NOT NULL,                -- [int] order
  code TEXT NOT NULL,                 -- [text] code of law/issue_rows.tsv
  label TEXT NOT NULL DEFAULT '',     -- [text] the name of the free row; "" = the row's own
  now TEXT NOT NULL DEFAULT '',       -- [text] 現在 ※2: scale P self watch part full, scale S ok trouble
  factor TEXT NOT NULL DEFAULT '',    -- [text] 要因 ※3: numbers of the barriers, | between
  prospect TEXT NOT NULL DEFAULT '',  -- [text] 改善／維持の可能性 ※4: improve keep worse
  note TEXT NOT NULL DEFAULT '',      -- [text] 備考（状況・支援内容等）
  edited TEXT NOT NULL DEFAULT '',    -- [text] columns typed by people, | between
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX issue_sheet_row_code ON issue_sheet_row(issue_sheet_id, code) WHERE retired_ms IS NULL;
CREATE INDEX issue_sheet_row_person ON issue_sheet_row(person_id);
