-- Areas of a municipality at every level, dated, with free codes (C-001).
-- Levels: src/register/area_levels.tbl.h (圏域, 地区, 小学校区, 中学校区, 民生委員区, ブロック …).
-- small: a few thousand rows in the largest city
CREATE TABLE area (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  insurer_org_id INTEGER REFERENCES org(id), -- [int] the municipality (insurer) that drew it
  code TEXT NOT NULL DEFAULT '',      -- [text] free code, e.g. Ⅱ, ③, ⑧⑩
  name TEXT NOT NULL,                 -- [text]
  name_fold TEXT NOT NULL DEFAULT '', -- [text] folded code and name; derived
  level TEXT NOT NULL,                -- [text] code of area_levels.tbl.h
  parent_area_id INTEGER REFERENCES area(id), -- [int] the larger area it lies in
  sort INTEGER NOT NULL DEFAULT 0,    -- [int] order in lists
  valid_from TEXT,                    -- [day] NULL = always
  valid_to TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX area_level_i ON area (level, sort, name_fold);
CREATE INDEX area_parent_i ON area (parent_area_id);
