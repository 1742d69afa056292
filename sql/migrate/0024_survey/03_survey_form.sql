-- A published version of the questions: a form of kind answers (docs/forms.md), checked by the same check as shipped ones. Never changed.
-- small: a few versions of a survey
CREATE TABLE survey_form (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  no INTEGER NOT NULL,                -- [int] 1, 2, 3 … within the survey
  form TEXT NOT NULL,                 -- [text] form.json
  rules TEXT NOT NULL,                -- [text] rules.json
  meta TEXT NOT NULL,                 -- [text] meta.json
  questions TEXT NOT NULL,            -- [text] the questions as they stood, JSON: what of the form belongs to which question
  sha256 TEXT NOT NULL,               -- [text] over the texts, hex
  published_on TEXT NOT NULL,         -- [day]
  changes TEXT NOT NULL DEFAULT '',   -- [text] JSON: old and new wording of what differs from the version before (C-174)
  note TEXT NOT NULL DEFAULT '',      -- [text] why
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX survey_form_no ON survey_form(survey_id, no);
