-- ごみ箱 (F144): what was retired, by whom, and until when it can come back. After 30 days it stays retired for good; the
-- row itself is never erased here.
CREATE TABLE bin_item (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  table_name TEXT NOT NULL,           -- [text] table of the record
  row_id INTEGER NOT NULL,            -- [int] its id
  row_pid TEXT NOT NULL DEFAULT '',   -- [text] its public id
  person_id INTEGER REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL DEFAULT 0,  -- [int] organisation of the one who retired it
  record_class INTEGER NOT NULL,      -- [int] class bit
  title TEXT NOT NULL,                -- [text] what it was, one line
  reason TEXT NOT NULL DEFAULT '',    -- [text]
  state TEXT NOT NULL,                -- [text] in restored final
  retired_ms INTEGER NOT NULL,        -- [ms]
  retired_by INTEGER NOT NULL,        -- [int] account
  ended_ms INTEGER,                   -- [ms] restored or final since
  ended_by INTEGER                    -- [int] account
) STRICT;
CREATE INDEX bin_item_state ON bin_item(state, retired_ms);
CREATE INDEX bin_item_row ON bin_item(table_name, row_id);
CREATE INDEX bin_item_person ON bin_item(person_id);
