-- Other names and codes of an area (the same city writes ③ and Ⅲ).
-- small: a few thousand rows in the largest city
CREATE TABLE area_alias (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  area_id INTEGER NOT NULL REFERENCES area(id), -- [int]
  name TEXT NOT NULL,                 -- [text]
  name_fold TEXT NOT NULL,            -- [text] folded; derived
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX area_alias_area_i ON area_alias (area_id);
CREATE INDEX area_alias_fold_i ON area_alias (name_fold);
