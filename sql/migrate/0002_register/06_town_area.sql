-- 町域 → areas, dated: sets the areas of a person from the address (F007). One row per town, block range and area.
CREATE TABLE town_area (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  insurer_org_id INTEGER REFERENCES org(id), -- [int]
  city TEXT NOT NULL,                 -- [text] 市区町村名
  town TEXT NOT NULL,                 -- [text] 町域名, e.g. 青葉町一丁目
  town_fold TEXT NOT NULL,            -- [text] folded city and town; derived
  block_from INTEGER NOT NULL DEFAULT 0, -- [int] first 番地/番 of the range, 0 = from the start
  block_to INTEGER NOT NULL DEFAULT 999999, -- [int] last 番地/番
  area_id INTEGER NOT NULL REFERENCES area(id), -- [int]
  level TEXT NOT NULL,                -- [text] level of that area; kept here so that one look-up gives all levels
  from_on TEXT,                       -- [day] NULL = since ever
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX town_area_fold_i ON town_area (town_fold, level);
CREATE INDEX town_area_area_i ON town_area (area_id);
