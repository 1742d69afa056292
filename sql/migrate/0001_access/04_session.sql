CREATE TABLE session (
  id INTEGER PRIMARY KEY,             -- [id]
  token_hash BLOB NOT NULL UNIQUE,    -- [blob] keyed hash; the token itself is only in the browser
  account_id INTEGER NOT NULL REFERENCES account(id), -- [int]
  csrf TEXT NOT NULL,                 -- [text] secret put into every form
  is_open INTEGER NOT NULL DEFAULT 0, -- [bool] 0 = half: password right, code still to come
  is_locked INTEGER NOT NULL DEFAULT 0, -- [bool] locked by hand (離席) or by idleness
  n_wrong INTEGER NOT NULL DEFAULT 0, -- [int] wrong codes in a half session
  bucket TEXT NOT NULL,               -- [text] what this login's failures are counted by
  created_ms INTEGER NOT NULL,        -- [ms]
  seen_ms INTEGER NOT NULL,           -- [ms] last request, to the minute
  ends_ms INTEGER NOT NULL,           -- [ms] ends whatever happens
  follows_id INTEGER                  -- [int] session it took over from by logging in again
) STRICT;

CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_ends ON session (ends_ms);

CREATE TABLE login_attempt (
  id INTEGER PRIMARY KEY,             -- [id]
  bucket TEXT NOT NULL UNIQUE,        -- [text] keyed hash of login and source, or of a known browser
  n_failed INTEGER NOT NULL,          -- [int] failures in a row
  last_ms INTEGER NOT NULL,           -- [ms]
  until_ms INTEGER NOT NULL           -- [ms] no try before this instant
) STRICT;

CREATE INDEX login_attempt_last ON login_attempt (last_ms);
