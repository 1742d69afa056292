-- When a therapist can go: the weekly pattern, single days beside it, and days off that take it away (F080).
-- small: a few per therapist and month
CREATE TABLE dispatch_time (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the therapist's organisation
  therapist_id INTEGER NOT NULL REFERENCES dispatch_therapist(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] weekly（毎週） slot（この日も行ける） off（この日は行けない）
  weekday INTEGER,                    -- [int] weekly: 1 Monday … 7 Sunday
  on_day TEXT,                        -- [day] slot, off
  time_from TEXT NOT NULL DEFAULT '', -- [text] 13:00; '' = all day
  time_to TEXT NOT NULL DEFAULT '',   -- [text] 17:00
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_time_therapist ON dispatch_time(therapist_id, on_day);
