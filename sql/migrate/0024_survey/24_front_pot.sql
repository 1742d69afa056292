-- 投票箱: answers of anonymous rounds until they are moved. The key is random; nothing tells when one came or from whom. Each putting in
-- clears the table and writes all of it anew in random order, so that the bytes of the file have no order either (decision 017): that is
-- why it has no reference and no index, which would keep the engine from clearing it whole.
-- small: emptied whenever the answers are moved
CREATE TABLE front_pot (
  id INTEGER PRIMARY KEY,             -- [id] random
  round_key TEXT NOT NULL,            -- [text] front_round.key
  mode TEXT NOT NULL,                 -- [text] web paper mail fax file
  batch INTEGER NOT NULL DEFAULT 0,   -- [int] number of the exchange file that first carried it; 0 = none yet
  answers TEXT NOT NULL               -- [text] JSON of form/answer
) STRICT;
