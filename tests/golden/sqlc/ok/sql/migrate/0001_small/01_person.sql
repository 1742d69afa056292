-- people
CREATE TABLE person (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  cluster_id INTEGER NOT NULL,        -- [int]
  name TEXT NOT NULL                  -- [text]
) STRICT;
CREATE TABLE visit (
  id INTEGER PRIMARY KEY,             -- [id]
  version INTEGER NOT NULL,           -- [version]
  person_id INTEGER REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  record_class INTEGER NOT NULL,      -- [int]
  visit_on TEXT,                      -- [day]
  is_done INTEGER NOT NULL DEFAULT 0, -- [bool]
  sketch BLOB,                        -- [blob]
  CHECK (visit_on IS NULL
    OR length(visit_on) = 10)
) STRICT;
