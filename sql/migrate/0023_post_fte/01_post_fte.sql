-- 常勤換算 of a post, dated: how much of a full-time post it is from a day on (R-FE-05: 取扱件数 is counted per 常勤換算). A post without a
-- row counts as one. The newest row not after a day holds on it.
-- small: a few rows for each care manager who is not full-time
CREATE TABLE post_fte (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  post_id INTEGER NOT NULL REFERENCES staff_post(id), -- [int]
  from_on TEXT NOT NULL,              -- [day] from this day on
  fte_100 INTEGER NOT NULL,           -- [int] 常勤換算 × 100: 100 = one full-time post
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX post_fte_post ON post_fte(post_id, from_on);
