-- Unfinished answers of an anonymous round: found and opened only with the link, from which both the key and the cipher come.
CREATE TABLE front_draft (
  hash TEXT PRIMARY KEY,              -- [text] hex
  round_id INTEGER NOT NULL REFERENCES front_round(id), -- [int]
  body BLOB NOT NULL                  -- [blob] sealed
) STRICT;
CREATE INDEX front_draft_round ON front_draft(round_id);
