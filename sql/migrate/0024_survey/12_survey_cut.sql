-- 集計の指定: a table of the report beyond the usual ones, kept so that it comes out the same again (C-180, C-184).
-- small: a few tables of a survey
CREATE TABLE survey_cut (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  sort INTEGER NOT NULL,              -- [int]
  what TEXT NOT NULL,                 -- [text] cross trait rule mean case
  row_key TEXT NOT NULL,              -- [text] question; of a case the public id of the target
  col_key TEXT NOT NULL DEFAULT '',   -- [text] question of the columns
  base TEXT NOT NULL DEFAULT '',      -- [text] denominator of means, rule per target
  content TEXT NOT NULL DEFAULT '',   -- [text] 連携内容 of a case, without names (C-189)
  effect TEXT NOT NULL DEFAULT '',    -- [text] 効果 of a case, without names
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_cut_survey ON survey_cut(survey_id);
