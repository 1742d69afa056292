-- The grants a merge carried over to the joined cluster; un-merge gives exactly these back.
CREATE TABLE merge_grant (
  id INTEGER PRIMARY KEY,             -- [id]
  merge_event_id INTEGER NOT NULL REFERENCES merge_event(id), -- [int]
  grant_id INTEGER NOT NULL,          -- [int] access_grant.id
  from_cluster_id INTEGER NOT NULL    -- [int]
) STRICT;
CREATE INDEX merge_grant_event_i ON merge_grant (merge_event_id);
