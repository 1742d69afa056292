-- 月の締め (F070): one row per organisation and month that has been closed at least once. While it is closed nothing of that month is
-- written that the duties of the month count (care/duty_month_guard); opening it again needs a reason, which stays in the history.
-- small: twelve rows a year for each office
CREATE TABLE month_close (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  month_on TEXT NOT NULL,             -- [day] first day of the month
  is_closed INTEGER NOT NULL,         -- [bool]
  closed_on TEXT,                     -- [day] when it was closed last
  lines INTEGER NOT NULL DEFAULT 0,   -- [int] lines that stood open then, each with its reason
  reopen_reason TEXT NOT NULL DEFAULT '', -- [text] why it was opened again
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER,                 -- [ms] never set: a closing is opened again, not thrown away
  UNIQUE (org_id, month_on)
) STRICT;
