-- 交付 (13条11号・19号の2; REC-DELIV; F046): one row per recipient of a plan, from the list of its services to the receipt.
CREATE TABLE plan_delivery (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] self（利用者） office（担当者・事業所） doctor（主治医） center（包括） family other
  org_id INTEGER,                     -- [int]
  name TEXT NOT NULL,                 -- [text]
  how TEXT NOT NULL DEFAULT '',       -- [text] system（システム） fax post hand electronic
  sent_on TEXT,                       -- [day]
  received_on TEXT,                   -- [day]
  receipt_note TEXT NOT NULL DEFAULT '', -- [text]
  issued_id INTEGER,                  -- [int] the document as issued
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_delivery_plan ON plan_delivery(plan_id);
CREATE INDEX plan_delivery_person ON plan_delivery(person_id);
CREATE INDEX plan_delivery_org ON plan_delivery(org_id, received_on);
