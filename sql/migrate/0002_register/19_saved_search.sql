-- What was typed into the search box, so that the URL holds only a public id (design §6).
CREATE TABLE saved_search (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid]
  account_id INTEGER NOT NULL,        -- [int] only this account may open it
  params TEXT NOT NULL,               -- [text] the typed text and switches
  created_ms INTEGER NOT NULL         -- [ms]
) STRICT;
CREATE INDEX saved_search_account_i ON saved_search (account_id, created_ms);
