-- What will change because of a survey (C-190): told to all who answered.
-- small: a few lines of a survey
CREATE TABLE survey_outcome (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  sort INTEGER NOT NULL,              -- [int]
  content TEXT NOT NULL,              -- [text] 変えること
  who TEXT NOT NULL DEFAULT '',       -- [text] 担当
  due_on TEXT,                        -- [day]
  told_on TEXT,                       -- [day] sent to those who answered
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_outcome_survey ON survey_outcome(survey_id);
