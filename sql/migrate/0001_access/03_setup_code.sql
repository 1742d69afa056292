-- One-time codes: the set-up code of `tsunagi init` and the enrolment codes of invited accounts.
-- small: as the accounts
CREATE TABLE setup_code (
  id INTEGER PRIMARY KEY,             -- [id]
  hash BLOB NOT NULL UNIQUE,          -- [blob] keyed hash of the code
  account_id INTEGER,                 -- [int] invited account; NULL = set-up of the first administrator
  totp BLOB NOT NULL,                 -- [blob] sealed TOTP secret offered with this code
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  ends_ms INTEGER NOT NULL,           -- [ms] not good from this instant on
  used_ms INTEGER                     -- [ms] NULL = still good
) STRICT;
