-- The loser's text of a conflict (409): kept so that nobody loses a word they typed. Shown to its owner alone.
CREATE TABLE conflict_text (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  table_name TEXT NOT NULL,           -- [text]
  row_id INTEGER NOT NULL,            -- [int]
  base_version INTEGER NOT NULL,      -- [int] what the editor started from
  theirs_version INTEGER NOT NULL,    -- [int] what was stored
  account_id INTEGER NOT NULL,        -- [int] owner of the text
  at_ms INTEGER NOT NULL,             -- [ms]
  mine TEXT NOT NULL,                 -- [text] the row as the editor wanted it, flat JSON
  fields TEXT NOT NULL                -- [text] names of the columns in conflict, comma between
) STRICT;
CREATE INDEX conflict_text_account ON conflict_text(account_id, at_ms);
CREATE INDEX conflict_text_at ON conflict_text(at_ms);
