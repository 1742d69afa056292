-- 紹介できる事例: anonymised examples of what became possible, for every centre of the municipality once released (C-212).
-- small: a few per year
CREATE TABLE dispatch_example (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  insurer_org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] who wrote it
  title TEXT NOT NULL,                -- [text]
  occasion TEXT NOT NULL DEFAULT '',  -- [text] code list dispatch_occasion
  profession TEXT NOT NULL DEFAULT '', -- [text] pt ot st
  case_text TEXT NOT NULL DEFAULT '', -- [text] the case, nobody to be recognised
  advice TEXT NOT NULL DEFAULT '',    -- [text] 助言
  possible TEXT NOT NULL DEFAULT '',  -- [text] できるようになったこと
  is_released INTEGER NOT NULL DEFAULT 0, -- [bool] 公開
  released_on TEXT,                   -- [day]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
