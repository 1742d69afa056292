-- Who looked at whom. Whatever database the house uses, these tables stand in a SQLite file of their own for each month
-- (access-YYYY-MM.db) and stay empty in the main one; one look at 20 persons is one entry with 20 ids.
CREATE TABLE look_entry (
  id INTEGER PRIMARY KEY,             -- [id] number in the chain of the month, from 1
  at_ms INTEGER NOT NULL,             -- [ms]
  account_id INTEGER NOT NULL,        -- [int] 0 = console
  org_id INTEGER NOT NULL,            -- [int]
  action TEXT NOT NULL,               -- [text] view, list, print, export, api, denied
  what TEXT NOT NULL,                 -- [text] the page's audit name
  purpose TEXT NOT NULL,              -- [text]
  request_id TEXT NOT NULL,           -- [text]
  n_persons INTEGER NOT NULL,         -- [int]
  hash BLOB NOT NULL                  -- [blob] keyed BLAKE2b over the previous hash, this entry and its ids
) STRICT;

CREATE TABLE look_person (
  id INTEGER PRIMARY KEY,             -- [id]
  look_entry_id INTEGER NOT NULL,     -- [int]
  person_id INTEGER NOT NULL          -- [int]
) STRICT;

CREATE INDEX look_person_entry ON look_person (look_entry_id, id);
CREATE INDEX look_person_person ON look_person (person_id, look_entry_id);
