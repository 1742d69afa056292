-- 課題整理総括表 (平成26年の手引き, a free form): made from an assessment, then edited by people (F033, forms-careplan §5.2). `edited` names
-- the columns somebody typed: making it anew leaves those alone. Class care.
CREATE TABLE issue_sheet (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  assessment_id INTEGER NOT NULL REFERENCES assessment(id), -- [int]
  staff_id INTEGER,                   -- [int] 作成者
  create_on TEXT NOT NULL,            -- [day] 作成日
  barrier_1 TEXT NOT NULL DEFAULT '', -- [text] 自立した日常生活の阻害要因 ①
  barrier_2 TEXT NOT NULL DEFAULT '', -- [text] 自立した日常生活の阻害要因 ②
  barrier_3 TEXT NOT NULL DEFAULT '', -- [text] 自立した日常生活の阻害要因 ③
  barrier_4 TEXT NOT NULL DEFAULT '', -- [text] 自立した日常生活の阻害要因 ④
  barrier_5 TEXT NOT NULL DEFAULT '', -- [text] 自立した日常生活の阻害要因 ⑤
  barrier_6 TEXT NOT NULL DEFAULT '', -- [text] 自立した日常生活の阻害要因 ⑥
  wish TEXT NOT NULL DEFAULT '',      -- [text] 利用者及び家族の生活に対する意向
  edited TEXT NOT NULL DEFAULT '',    -- [text] columns typed by people, | between
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX issue_sheet_assessment ON issue_sheet(assessment_id);
CREATE INDEX issue_sheet_person ON issue_sheet(person_id, create_on);
