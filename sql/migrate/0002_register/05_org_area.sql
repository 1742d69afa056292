-- Which organisation serves which area, dated (C-001). A centre may serve several areas, an area may be split.
-- small: a few thousand rows in the largest city
CREATE TABLE org_area (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  area_id INTEGER NOT NULL REFERENCES area(id), -- [int]
  role TEXT NOT NULL DEFAULT 'charge', -- [text] charge = 担当, branch = ブランチ所在, cover = 活動範囲（会・居宅など）
  from_on TEXT,                       -- [day] NULL = since ever
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX org_area_org_i ON org_area (org_id, to_on);
CREATE INDEX org_area_area_i ON org_area (area_id, to_on);
