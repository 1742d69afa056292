-- A row that an act on a picture wrote: from which version to which, and which version it is now by the acts of the same
-- account. Another version in the row means that somebody else changed it: then it cannot be undone.
CREATE TABLE drawing_write (
  id INTEGER PRIMARY KEY,             -- [id]
  step_id INTEGER NOT NULL REFERENCES drawing_step(id), -- [int]
  table_name TEXT NOT NULL,           -- [text]
  row_id INTEGER NOT NULL,            -- [int]
  from_version INTEGER NOT NULL,      -- [int] 0 = the act made the row
  to_version INTEGER NOT NULL,        -- [int]
  now_version INTEGER NOT NULL,       -- [int]
  is_removal INTEGER NOT NULL DEFAULT 0, -- [bool] the act put the row into the bin
  bin_pid TEXT NOT NULL DEFAULT ''    -- [text] where it lies in the bin, if it does
) STRICT;
CREATE INDEX drawing_write_step ON drawing_write(step_id);
CREATE INDEX drawing_write_row ON drawing_write(table_name, row_id);
