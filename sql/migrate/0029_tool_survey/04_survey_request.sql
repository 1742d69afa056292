-- A request of those who use the sheet (要望), and what became of it in the next version (C-191).
-- small: a few requests of a survey
CREATE TABLE survey_request (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  sort INTEGER NOT NULL,              -- [int]
  content TEXT NOT NULL,              -- [text] the request, without names
  group_id INTEGER REFERENCES survey_group(id), -- [int] the group of free texts it was taken from
  n_texts INTEGER,                    -- [int] how many texts were in the group then
  decision TEXT NOT NULL DEFAULT '',  -- [text] taken not_taken; nothing = not decided yet
  reason TEXT NOT NULL DEFAULT '',    -- [text] why, or where in the new version
  decided_on TEXT,                    -- [day]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_request_survey ON survey_request(survey_id);
CREATE INDEX survey_request_group ON survey_request(group_id);
