-- Newer tables of the law that were read in before the next release (register/law_table): the whole text of a file of law/. The alive
-- row of a file holds in the place of the shipped one, as long as the shipped one is that which it was compared with (base_sha256).
-- Taken back, or followed by a newer one: retired. Never erased.
-- small: a few tables a year
CREATE TABLE law_table (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  file TEXT NOT NULL,                 -- [text] name of the file: duties.tsv …
  text TEXT NOT NULL,                 -- [text] the whole table, UTF-8, lines end in LF
  sha256 TEXT NOT NULL,               -- [text] of text, hex
  base_sha256 TEXT NOT NULL,          -- [text] of the shipped file it was compared with, hex
  base_version TEXT NOT NULL,         -- [text] law/VERSION of that time
  ground TEXT NOT NULL,               -- [text] where the table comes from: notice, office, day
  n_rows INTEGER NOT NULL,            -- [int] rows of the table
  n_changed INTEGER NOT NULL,         -- [int] rows that differed from the table in force before
  created_ms INTEGER NOT NULL,        -- [ms] read in
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] no longer in force since; NULL = in force
) STRICT;
CREATE INDEX law_table_version_i ON law_table (version);
