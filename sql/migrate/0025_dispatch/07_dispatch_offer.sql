-- 打診: one therapist asked for one dispatch, and the answer with its reason (C-196). Class statistics.
-- small: some hundred a year in a large city
CREATE TABLE dispatch_offer (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  dispatch_id INTEGER NOT NULL REFERENCES dispatch(id), -- [int]
  therapist_id INTEGER NOT NULL REFERENCES dispatch_therapist(id), -- [int]
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the therapist's organisation
  no INTEGER NOT NULL,                -- [int] 1 = offered first
  state TEXT NOT NULL,                -- [text] offered accepted declined withdrawn
  on_day TEXT NOT NULL,               -- [day] day that is offered
  time_from TEXT NOT NULL DEFAULT '', -- [text]
  time_to TEXT NOT NULL DEFAULT '',   -- [text]
  offered_on TEXT NOT NULL,           -- [day]
  answered_on TEXT,                   -- [day]
  decline_reason TEXT NOT NULL DEFAULT '', -- [text] code list dispatch_decline
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_offer_dispatch ON dispatch_offer(dispatch_id, no);
CREATE INDEX dispatch_offer_org ON dispatch_offer(org_id, state);
CREATE INDEX dispatch_offer_therapist ON dispatch_offer(therapist_id, on_day);
