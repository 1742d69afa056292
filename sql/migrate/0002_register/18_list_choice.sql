-- The switches an account last chose in a list; survives the log-out (F005).
CREATE TABLE list_choice (
  id INTEGER PRIMARY KEY,             -- [id]
  account_id INTEGER NOT NULL,        -- [int]
  list TEXT NOT NULL,                 -- [text] e.g. person
  choice TEXT NOT NULL,               -- [text] key=value pairs joined by ';', nothing personal
  updated_ms INTEGER NOT NULL         -- [ms]
) STRICT;
CREATE UNIQUE INDEX list_choice_i ON list_choice (account_id, list);
