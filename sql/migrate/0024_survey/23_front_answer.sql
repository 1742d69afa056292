-- Answers of a named round as given through a link.
CREATE TABLE front_answer (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  seat_id INTEGER NOT NULL UNIQUE REFERENCES front_seat(id), -- [int]
  state TEXT NOT NULL,                -- [text] partial submitted
  submitted_on TEXT,                  -- [day] last handed in
  answers TEXT NOT NULL,              -- [text] JSON of form/answer
  outside_version INTEGER NOT NULL DEFAULT 0, -- [int] version on the outside host this row was read from; 0 = given here
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
