-- Unfinished answers of an anonymous round: found and opened only with the link, from which both the key and the cipher come.
-- small: wiped when they are handed in
CREATE TABLE front_draft (
  id INTEGER PRIMARY KEY,             -- [id] 63 bits of a hash of the link, of another derivation than front_token
  round_key TEXT NOT NULL,            -- [text] front_round.key
  body BLOB NOT NULL                  -- [blob] sealed
) STRICT;
