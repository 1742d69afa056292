-- small: as many as people who work here
CREATE TABLE account (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version]
  login TEXT NOT NULL UNIQUE,         -- [text] 利用者ID, folded: small half-width letters; never given twice
  name TEXT NOT NULL,                 -- [text] display name
  role TEXT NOT NULL,                 -- [text] code of roles.tbl.h
  org_id INTEGER NOT NULL DEFAULT 0,  -- [int] organisation; 0 = none (system administrator)
  staff_id INTEGER,                   -- [int] the staff record of this user, if any
  state TEXT NOT NULL,                -- [text] invited, active, stopped
  stopped_reason TEXT NOT NULL DEFAULT '', -- [text] unused, org_left, by_hand, expired; '' = not stopped
  text_size TEXT NOT NULL DEFAULT 'standard', -- [text] standard, large, xlarge (特大)
  idle_min INTEGER NOT NULL DEFAULT 20, -- [int] minutes until the idle lock
  list_rows INTEGER NOT NULL DEFAULT 20, -- [int] rows on a list page
  until_on TEXT,                      -- [day] last day of a guest's account; NULL = no end
  reviewed_on TEXT,                   -- [day] last yearly review
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER,                 -- [ms] in the bin since
  CHECK (state IN ('invited', 'active', 'stopped'))
) STRICT;

CREATE INDEX account_org ON account (org_id, login);
