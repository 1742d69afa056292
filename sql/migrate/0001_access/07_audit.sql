CREATE TABLE audit_entry (
  id INTEGER PRIMARY KEY,             -- [id] number in the chain, from 1, without gaps
  at_ms INTEGER NOT NULL,             -- [ms]
  account_id INTEGER NOT NULL,        -- [int] 0 = console or nobody
  org_id INTEGER NOT NULL,            -- [int] 0 = none
  action TEXT NOT NULL,               -- [text]
  table_name TEXT NOT NULL,           -- [text]
  row_id INTEGER NOT NULL,            -- [int] 0 = none
  person_id INTEGER NOT NULL,         -- [int] 0 = none
  purpose TEXT NOT NULL,              -- [text] page, job, command; with the console user's name
  request_id TEXT NOT NULL,           -- [text]
  hash BLOB NOT NULL                  -- [blob] keyed BLAKE2b over the previous hash and this entry
) STRICT;

CREATE INDEX audit_entry_row ON audit_entry (table_name, row_id);
CREATE INDEX audit_entry_person ON audit_entry (person_id, id);

-- One row: the end of the chain. Updating it first keeps two writers apart on every database.
-- small: one row
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY,             -- [id] always 1
  seq INTEGER NOT NULL,               -- [int] number of the last entry
  hash BLOB NOT NULL                  -- [blob] its hash
) STRICT;

-- small: one a day
CREATE TABLE anchor (
  id INTEGER PRIMARY KEY,             -- [id]
  seq INTEGER NOT NULL,               -- [int]
  hash BLOB NOT NULL,                 -- [blob]
  place TEXT NOT NULL,                -- [text] printed, syslog
  at_ms INTEGER NOT NULL              -- [ms]
) STRICT;
