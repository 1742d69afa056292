-- One question of a survey being designed. key is stable for ever and names the question in files and tables; the printed number may
-- repeat or be missing (C-168). What has been published stands in survey_form.
CREATE TABLE survey_question (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  sort INTEGER NOT NULL,              -- [int] place in the survey
  section TEXT NOT NULL DEFAULT '',   -- [text] heading above it; equal headings that follow each other are one section
  key TEXT NOT NULL,                  -- [text] small letters, digits and _
  printed_no TEXT NOT NULL DEFAULT '', -- [text] number as printed
  label TEXT NOT NULL,                -- [text] the question
  help TEXT NOT NULL DEFAULT '',      -- [text] how to answer
  kind TEXT NOT NULL,                 -- [text] single multi counts number date text memo matrix note (region/survey_kinds.tbl.h)
  options TEXT NOT NULL DEFAULT '',   -- [text] one option per line: code, space, label
  parts TEXT NOT NULL DEFAULT '',     -- [text] rows of a matrix, as options
  other_code TEXT NOT NULL DEFAULT '', -- [text] code of the option that asks for words (その他)
  asks_detail INTEGER NOT NULL DEFAULT 0, -- [bool] each option chosen asks for words of its own
  is_required INTEGER NOT NULL DEFAULT 0, -- [bool]
  shown_key TEXT NOT NULL DEFAULT '', -- [text] key of an earlier question it depends on; nothing = always asked
  shown_codes TEXT NOT NULL DEFAULT '', -- [text] codes of that question, with commas: asked if one of them was chosen
  unit_word TEXT NOT NULL DEFAULT '', -- [text] unit of a number
  lowest INTEGER,                     -- [int] least number allowed
  highest INTEGER,                    -- [int] greatest number allowed
  role TEXT NOT NULL DEFAULT '',      -- [text] what the sentences of the report use it for: did programme occasion timing reason effect plan plan_programme
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_question_survey ON survey_question(survey_id, sort);
