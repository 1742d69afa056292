-- The answers of one target in one round of a named survey.
CREATE TABLE survey_answer (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  round_id INTEGER NOT NULL REFERENCES survey_round(id), -- [int]
  invitation_id INTEGER NOT NULL REFERENCES survey_invitation(id), -- [int]
  mode TEXT NOT NULL,                 -- [text] web paper mail fax file inside (region/survey_modes.tbl.h)
  staff_id INTEGER REFERENCES staff(id), -- [int] who entered it for the target
  entry_note TEXT NOT NULL DEFAULT '', -- [text] why it was entered for them
  state TEXT NOT NULL,                -- [text] partial submitted
  submitted_on TEXT,                  -- [day] last handed in
  answers TEXT NOT NULL,              -- [text] JSON of form/answer
  prefill TEXT NOT NULL DEFAULT '',   -- [text] JSON of form/answer: what the records said when it was shown; nothing = not filled in advance
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX survey_answer_invitation ON survey_answer(invitation_id);
CREATE INDEX survey_answer_round ON survey_answer(round_id);
CREATE INDEX survey_answer_staff ON survey_answer(staff_id);
