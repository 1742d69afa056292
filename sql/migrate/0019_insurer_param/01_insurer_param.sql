-- What an insurer (保険者) has set itself, dated: the keys of law/params.tsv (register/insurer_param). Between the first day and the last
-- day that an insurer has set for a key there is no gap and no overlap; before and after holds the default of law/params.tsv.
-- small: a few values of each insurer in the house
CREATE TABLE insurer_param (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  insurer_org_id INTEGER NOT NULL REFERENCES org(id), -- [int] organisation of kind insurer
  key TEXT NOT NULL,                  -- [text] key of law/params.tsv
  value TEXT NOT NULL,                -- [text] whole number, word of the choice, or ISO days with | between; '' = no day
  valid_from TEXT NOT NULL,           -- [day] first day
  valid_to TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day
  ground TEXT NOT NULL,               -- [text] 根拠: the ordinance, 要綱 or notice it stands in
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX insurer_param_org_i ON insurer_param (insurer_org_id, key);
