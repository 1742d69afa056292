-- The one time line of a person (F019): an entry per event, written with its record in the same transaction. It can be
-- recomputed from the records; titles carry no more than the class of the entry allows.
CREATE TABLE timeline (
  id INTEGER PRIMARY KEY,             -- [id]
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  at_ms INTEGER NOT NULL,             -- [ms] when it happened
  on_day TEXT NOT NULL,               -- [day] the day of at_ms in JST, for filters
  kind TEXT NOT NULL,                 -- [text] code list timeline_kind
  record_class INTEGER NOT NULL,      -- [int] class bit of the record behind it
  org_id INTEGER NOT NULL DEFAULT 0,  -- [int] organisation that wrote it; 0 = none
  title TEXT NOT NULL,                -- [text] one line
  summary TEXT NOT NULL DEFAULT '',   -- [text] a few lines
  table_name TEXT NOT NULL,           -- [text] table of the record
  row_id INTEGER NOT NULL,            -- [int] its id
  row_pid TEXT NOT NULL DEFAULT '',   -- [text] its public id, for the link
  is_hidden INTEGER NOT NULL DEFAULT 0, -- [bool] 1 = the record is in the bin
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  UNIQUE (table_name, row_id, kind, person_id)
) STRICT;
CREATE INDEX timeline_person ON timeline(person_id, at_ms, id);
CREATE INDEX timeline_row ON timeline(table_name, row_id);
