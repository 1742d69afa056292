-- Every version of every row with history, whole (store/revision). The body may hold personal data: rows of one record
-- are read only after the record itself was gated, and retention runs erase them with the record.
CREATE TABLE revision (
  id INTEGER PRIMARY KEY,             -- [id]
  table_name TEXT NOT NULL,           -- [text]
  row_id INTEGER NOT NULL,            -- [int] id in that table
  version INTEGER NOT NULL,           -- [int] version of the row this body is
  at_ms INTEGER NOT NULL,             -- [ms] when it was recorded
  account_id INTEGER NOT NULL,        -- [int] who
  action TEXT NOT NULL,               -- [text] insert save retire restore revert
  reason TEXT NOT NULL DEFAULT '',    -- [text]
  body TEXT NOT NULL,                 -- [text] the row as flat JSON (store/rowjson)
  UNIQUE (table_name, row_id, version)
) STRICT;
