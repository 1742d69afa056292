-- 公費負担 (生活保護の介護扶助 and others), by generation; 法別番号 keeps several side by side. Class benefit.
CREATE TABLE public_aid (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  law_no TEXT NOT NULL,               -- [text] 法別番号, 2 digits (12 = 生活保護)
  payer_no TEXT NOT NULL DEFAULT '',  -- [text] 負担者番号, 8 digits
  recipient_no TEXT NOT NULL DEFAULT '', -- [text] 受給者番号, 7 digits
  own_share_yen INTEGER,              -- [int] 本人支払額, yen per month
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX public_aid_person ON public_aid(person_id, from_on);
