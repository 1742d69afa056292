-- Search keys of a person, derived from person and person_name; rebuilt with each save, no history.
-- Every suffix of a folded name stands here once, so one range scan of the index finds the
-- beginning and the middle of a name alike (docs/decisions/006-person-search.md).
CREATE TABLE person_key (
  id INTEGER PRIMARY KEY,             -- [id]
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  kind INTEGER NOT NULL,              -- [int] 1 head of a name or reading, 2 middle of one, 3 telephone digits, 5 reading without long vowels
  key TEXT NOT NULL                   -- [text] folded
) STRICT;
CREATE INDEX person_key_i ON person_key (kind, key, person_id);
CREATE INDEX person_key_person_i ON person_key (person_id, key);
