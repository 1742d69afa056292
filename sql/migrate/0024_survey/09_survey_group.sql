-- コード表 of a free-text question: groups the texts are put into (C-183).
-- small: a few groups of a question
CREATE TABLE survey_group (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  key TEXT NOT NULL,                  -- [text] key of the question
  sort INTEGER NOT NULL,              -- [int]
  label TEXT NOT NULL,                -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_group_survey ON survey_group(survey_id);
