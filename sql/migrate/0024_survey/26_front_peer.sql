-- The other house of a pair (inside and outside): its public key, and how far the files have gone to and fro (exchange/front_file).
-- small: one row
CREATE TABLE front_peer (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  public_key TEXT NOT NULL UNIQUE,    -- [text] hex: 32 bytes to verify, 32 bytes to seal for
  written_no INTEGER NOT NULL DEFAULT 0, -- [int] number of the newest file made here
  read_no INTEGER NOT NULL DEFAULT 0, -- [int] number of the newest file of the other house read here
  known_no INTEGER NOT NULL DEFAULT 0, -- [int] the newest of our files the other house is known to have read
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
