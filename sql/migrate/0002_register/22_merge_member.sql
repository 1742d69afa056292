-- The persons whose cluster a merge changed, and from what; un-merge puts exactly these back.
CREATE TABLE merge_member (
  id INTEGER PRIMARY KEY,             -- [id]
  merge_event_id INTEGER NOT NULL REFERENCES merge_event(id), -- [int]
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  from_cluster_id INTEGER NOT NULL    -- [int]
) STRICT;
CREATE INDEX merge_member_event_i ON merge_member (merge_event_id);
CREATE INDEX merge_member_person_i ON merge_member (person_id);
