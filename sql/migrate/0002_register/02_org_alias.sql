-- Other spellings of an organisation's name (C-004): every one finds the same entry.
-- small: a few thousand rows in the largest city
CREATE TABLE org_alias (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  name TEXT NOT NULL,                 -- [text] the other spelling
  name_fold TEXT NOT NULL,            -- [text] folded; derived
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX org_alias_org_i ON org_alias (org_id);
CREATE INDEX org_alias_fold_i ON org_alias (name_fold);
