-- What the migrator has applied. The first table of every data file.
-- small: one row per released version
CREATE TABLE schema_version (
  name TEXT NOT NULL UNIQUE,          -- [text] folder below sql/migrate, e.g. 0001_access
  sha256 TEXT NOT NULL,               -- [text] of its files, names and contents, hexadecimal
  applied_ms INTEGER NOT NULL,        -- [ms]
  program TEXT NOT NULL               -- [text] version of the program that applied it
) STRICT;
