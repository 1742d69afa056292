-- 受け渡しファイル: each exchange file of the outside front that was made here or brought here, also one that was refused (exchange/front_carry).
CREATE TABLE front_carry (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  way TEXT NOT NULL,                  -- [text] out in
  state TEXT NOT NULL,                -- [text] made taken old refused
  no INTEGER,                         -- [int] its number; NULL = the file could not be read
  why TEXT NOT NULL DEFAULT '',       -- [text] why nothing was taken, as it was told
  sha256 TEXT NOT NULL,               -- [text] of its bytes: the same file is known again
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX front_carry_sha256 ON front_carry(sha256);
