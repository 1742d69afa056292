-- Merges of two clusters and their undoing (F009).
CREATE TABLE merge_event (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the record that stays in front
  merged_person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the record that joined it
  to_cluster_id INTEGER NOT NULL,     -- [int]
  from_cluster_id INTEGER NOT NULL,   -- [int]
  reason TEXT NOT NULL,               -- [text]
  undone_ms INTEGER,                  -- [ms] NULL = holds
  undone_by INTEGER,                  -- [int] account
  undo_reason TEXT NOT NULL DEFAULT '', -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX merge_event_person_i ON merge_event (person_id);
CREATE INDEX merge_event_merged_i ON merge_event (merged_person_id);
