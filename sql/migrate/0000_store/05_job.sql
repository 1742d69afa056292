-- Work that takes longer than a page: prints and exports in bulk, imports, rebuilds. One child process per running job.
CREATE TABLE job (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  kind TEXT NOT NULL,                 -- [text] which handler
  params TEXT NOT NULL,               -- [text] JSON for the handler; ids only
  account_id INTEGER NOT NULL,        -- [int] owner: the job acts with this account's rights and nobody else sees it
  org_id INTEGER NOT NULL,            -- [int] of the owner
  record_class INTEGER NOT NULL,      -- [int] class bit of the result; 0 = none
  state TEXT NOT NULL,                -- [text] waiting running done failed cancelled
  done INTEGER NOT NULL DEFAULT 0,    -- [int] pieces done
  total INTEGER NOT NULL DEFAULT 0,   -- [int] pieces in all; 0 = not known yet
  is_cancel_asked INTEGER NOT NULL DEFAULT 0, -- [bool]
  attempts INTEGER NOT NULL DEFAULT 0, -- [int] how often it was started
  beat_ms INTEGER,                    -- [ms] last sign of life of the worker
  error INTEGER NOT NULL DEFAULT 0,   -- [int] number of errors.tbl.h
  message TEXT NOT NULL DEFAULT '',   -- [text] a sentence for the owner
  result_sha256 TEXT,                 -- [text] bytes in files/, until expires_ms
  result_name TEXT NOT NULL DEFAULT '', -- [text] file name to offer
  import_id TEXT NOT NULL DEFAULT '', -- [text] marks the rows an import has written
  created_ms INTEGER NOT NULL,        -- [ms]
  started_ms INTEGER,                 -- [ms]
  ended_ms INTEGER,                   -- [ms]
  expires_ms INTEGER                  -- [ms] the result is wiped then
) STRICT;
CREATE INDEX job_state ON job(state, id);
CREATE INDEX job_account ON job(account_id, id);
CREATE INDEX job_result ON job(result_sha256);
CREATE INDEX job_expires ON job(expires_ms);
