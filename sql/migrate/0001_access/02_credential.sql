-- Secrets have no revisions: an old password hash must not survive in the history.
-- small: one for each account
CREATE TABLE credential (
  id INTEGER PRIMARY KEY,             -- [id]
  account_id INTEGER NOT NULL UNIQUE REFERENCES account(id), -- [int]
  password TEXT NOT NULL DEFAULT '',  -- [text] argon2id string; '' = not set yet
  password_ms INTEGER,                -- [ms] when it was set
  totp BLOB,                          -- [blob] secret sealed with the house key; NULL = not set yet
  totp_step INTEGER NOT NULL DEFAULT 0, -- [int] 30-second step of the last accepted code; no code at or before it
  used_on TEXT NOT NULL               -- [day] last login; the day of creation before the first one
) STRICT;

-- small: ten for each account
CREATE TABLE paper_code (
  id INTEGER PRIMARY KEY,             -- [id]
  account_id INTEGER NOT NULL REFERENCES account(id), -- [int]
  hash BLOB NOT NULL,                 -- [blob] keyed hash of the code
  used_ms INTEGER                     -- [ms] NULL = still good
) STRICT;

CREATE INDEX paper_code_account ON paper_code (account_id, hash);
