-- 派遣できるリハビリ専門職 of an organisation (rehab_body, hospital …): F080, C-196.
-- small: some hundred in the largest city
CREATE TABLE dispatch_therapist (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the therapist's organisation
  staff_id INTEGER REFERENCES staff(id), -- [int] the entry in the register of staff; NULL = none
  name TEXT NOT NULL,                 -- [text]
  kana TEXT NOT NULL DEFAULT '',      -- [text]
  profession TEXT NOT NULL,           -- [text] pt ot st: code of src/register/professions.tbl.h
  specialty TEXT NOT NULL DEFAULT '', -- [text] 得意な分野
  from_on TEXT,                       -- [day] first day of work for the programme; NULL = since ever
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_therapist_org ON dispatch_therapist(org_id, to_on);
