-- Whose case a dispatch is: the person, under consent (個人情報保護法27条). From acceptance until the follow-up is done the therapist's
-- organisation has a grant (relation dispatch) through this row. Class care.
-- small: some hundred a year in a large city
CREATE TABLE dispatch_case (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the centre
  dispatch_id INTEGER NOT NULL REFERENCES dispatch(id), -- [int] one alive row per dispatch
  classes INTEGER NOT NULL,           -- [int] mask of record class bits the person agreed to
  agreed_on TEXT NOT NULL,            -- [day] 同意日
  agreed_by TEXT NOT NULL,            -- [text] as consent.agreed_by
  how TEXT NOT NULL,                  -- [text] as consent.how
  withdrawn_on TEXT,                  -- [day] 撤回日: nothing is open from this day on
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_case_dispatch ON dispatch_case(dispatch_id);
CREATE INDEX dispatch_case_person ON dispatch_case(person_id);
