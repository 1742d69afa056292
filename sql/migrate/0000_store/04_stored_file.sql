-- What is known about a stored file (scan, photo, issued PDF, sheet). The bytes lie in files/ under their SHA-256; equal
-- bytes of two records lie there once. No foreign key to person: this table is older than that one.
CREATE TABLE stored_file (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version]
  sha256 TEXT NOT NULL,               -- [text] of the bytes as stored, hexadecimal
  size INTEGER NOT NULL,              -- [int] bytes
  type TEXT NOT NULL,                 -- [text] media type, found from the content, never from the name
  name TEXT NOT NULL DEFAULT '',      -- [text] name it was sent under
  record_class INTEGER NOT NULL,      -- [int] class bit
  person_id INTEGER,                  -- [int] whom it is about; NULL = nobody
  org_id INTEGER NOT NULL,            -- [int] owner organisation
  owner_table TEXT NOT NULL DEFAULT '', -- [text] the record it belongs to
  owner_id INTEGER,                   -- [int]
  keep_until TEXT,                    -- [day] retention: may be erased after this day; NULL = with its record
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since
) STRICT;
CREATE INDEX stored_file_sha ON stored_file(sha256);
CREATE INDEX stored_file_person ON stored_file(person_id);
CREATE INDEX stored_file_owner ON stored_file(owner_table, owner_id);
