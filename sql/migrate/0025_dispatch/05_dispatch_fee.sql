-- 派遣1回の謝金 to the therapist's organisation, set by the insurer, dated. Between alive rows of one organisation no overlap.
-- small: a few per insurer
CREATE TABLE dispatch_fee (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  insurer_org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  org_id INTEGER REFERENCES org(id),  -- [int] for this organisation alone; NULL = all others
  yen INTEGER NOT NULL,               -- [int] yen per dispatch
  valid_from TEXT NOT NULL,           -- [day] first day
  valid_to TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day
  ground TEXT NOT NULL,               -- [text] 根拠: 要綱 or contract it stands in
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_fee_insurer ON dispatch_fee(insurer_org_id, valid_from);
