-- Which areas a therapist goes to. None = every area.
-- small: a few per therapist
CREATE TABLE dispatch_area (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the therapist's organisation
  therapist_id INTEGER NOT NULL REFERENCES dispatch_therapist(id), -- [int]
  area_id INTEGER NOT NULL REFERENCES area(id), -- [int]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_area_therapist ON dispatch_area(therapist_id);
