-- 下書き (F139; U18–U20): what an account has typed and not saved; lives on the server and survives the session. Seen by
-- nobody but its owner; a supervisor can hand it over to another account.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  account_id INTEGER NOT NULL,        -- [int] owner
  draft_key TEXT NOT NULL,            -- [text] page and record, e.g. person/7c…/basic
  title TEXT NOT NULL DEFAULT '',     -- [text] what it is, for the list
  subject_person_id INTEGER REFERENCES person(id), -- [int] the person it is about
  record_class INTEGER NOT NULL DEFAULT 0, -- [int] class bit of what is being written; 0 = none
  fields TEXT NOT NULL,               -- [text] JSON object: input name to text as typed
  focus TEXT NOT NULL DEFAULT '',     -- [text] the input and line the caret was on
  base_version INTEGER,               -- [int] the version of the record the typing started from
  created_ms INTEGER NOT NULL,        -- [ms]
  updated_ms INTEGER NOT NULL,        -- [ms]
  from_account_id INTEGER,            -- [int] the account that typed it, after a hand-over
  handed_by INTEGER,                  -- [int] the supervisor who handed it over
  handed_ms INTEGER,                  -- [ms]
  UNIQUE (account_id, draft_key)
) STRICT;
CREATE INDEX draft_account ON draft(account_id, updated_ms);
