-- 投票箱: answers of anonymous rounds until they are moved. The key is random; nothing tells when one came or from whom.
CREATE TABLE front_pot (
  id INTEGER PRIMARY KEY,             -- [id] random
  round_id INTEGER NOT NULL REFERENCES front_round(id), -- [int]
  answers TEXT NOT NULL               -- [text] JSON of form/answer
) STRICT;
CREATE INDEX front_pot_round ON front_pot(round_id);
