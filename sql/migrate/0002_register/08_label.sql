-- Each municipality's own words for centres, areas and meetings (design §3).
-- small: a few thousand rows in the largest city
CREATE TABLE label (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER REFERENCES org(id),  -- [int] the insurer whose word it is; NULL = the installation
  key TEXT NOT NULL,                  -- [text] e.g. area.zone, org.centre
  text TEXT NOT NULL,                 -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX label_key_i ON label (key, org_id) WHERE retired_ms IS NULL;
