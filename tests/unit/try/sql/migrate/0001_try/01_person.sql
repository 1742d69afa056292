-- A small world to try the store in: people, rights, and a record of every kind of column.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid]
  version INTEGER NOT NULL,           -- [version]
  cluster_id INTEGER NOT NULL,        -- [int]
  name TEXT NOT NULL,                 -- [text]
  retired_ms INTEGER                  -- [ms]
) STRICT;
CREATE TABLE access_grant (
  id INTEGER PRIMARY KEY,             -- [id]
  org_id INTEGER NOT NULL,            -- [int]
  account_id INTEGER NOT NULL DEFAULT 0, -- [int]
  role_classes INTEGER NOT NULL,      -- [int]
  cluster_id INTEGER NOT NULL,        -- [int]
  classes INTEGER NOT NULL,           -- [int]
  relation INTEGER NOT NULL,          -- [int]
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31' -- [day]
) STRICT;
CREATE INDEX access_grant_cluster ON access_grant(cluster_id, org_id);
