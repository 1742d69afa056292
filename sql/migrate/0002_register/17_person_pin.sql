-- People an account keeps at the top of its list.
CREATE TABLE person_pin (
  id INTEGER PRIMARY KEY,             -- [id]
  account_id INTEGER NOT NULL,        -- [int]
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  created_ms INTEGER NOT NULL         -- [ms]
) STRICT;
CREATE UNIQUE INDEX person_pin_i ON person_pin (account_id, person_id);
