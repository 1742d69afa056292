-- One coder puts one free text into one group; a text may stand in several groups.
CREATE TABLE survey_coding (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  round_id INTEGER NOT NULL REFERENCES survey_round(id), -- [int]
  answer_id INTEGER,                  -- [int] survey_answer of a named survey
  anon_id INTEGER,                    -- [int] survey_anon_answer of an anonymous one
  key TEXT NOT NULL,                  -- [text] key of the question
  group_id INTEGER NOT NULL REFERENCES survey_group(id), -- [int]
  coder INTEGER NOT NULL,             -- [int] 1 or 2
  quote TEXT NOT NULL DEFAULT '',     -- [text] words to print, without names
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_coding_round ON survey_coding(round_id, key);
CREATE INDEX survey_coding_group ON survey_coding(group_id);
