-- Answers of an anonymous survey, moved here from the pot in random order: the key is random, the day is the day of the move, and neither
-- history nor audit knows the row (decision 017).
CREATE TABLE survey_anon_answer (
  id INTEGER PRIMARY KEY,             -- [id] random
  round_id INTEGER NOT NULL REFERENCES survey_round(id), -- [int]
  mode TEXT NOT NULL,                 -- [text] web paper mail fax file
  received_on TEXT NOT NULL,          -- [day] day of the move, for a whole batch alike
  answers TEXT NOT NULL               -- [text] JSON of form/answer
) STRICT;
CREATE INDEX survey_anon_answer_round ON survey_anon_answer(round_id);
