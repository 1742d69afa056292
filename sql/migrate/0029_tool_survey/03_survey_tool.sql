-- What sheet a survey asks about, if it is a 使用調査 (C-191): a published version of another survey, or a version of a form of the program.
-- small: at most one row of a survey
CREATE TABLE survey_tool (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL UNIQUE REFERENCES survey(id), -- [int] the survey that asks
  subject_form_id INTEGER REFERENCES survey_form(id), -- [int] the version asked about, of a survey
  form_id TEXT NOT NULL DEFAULT '',   -- [text] the form of the program asked about (forms/<id>)
  form_version TEXT NOT NULL DEFAULT '', -- [text] its version; of neither of the two: the survey is about no sheet any more
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_tool_subject ON survey_tool(subject_form_id);
