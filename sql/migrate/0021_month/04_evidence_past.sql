-- What a row of evidence said before it was written anew, hidden with its record or dropped: "as known on a day" reads the rows that stood
-- then (recorded_ms <= day < until_ms). Written by register/evidence alone, in the transaction of the record.
CREATE TABLE evidence_past (
  id INTEGER PRIMARY KEY,             -- [id]
  code TEXT NOT NULL,                 -- [text] as evidence.code
  person_id INTEGER REFERENCES person(id), -- [int] NULL for what concerns nobody
  org_id INTEGER NOT NULL DEFAULT 0,  -- [int] organisation that made the record; 0 = none
  record_class INTEGER NOT NULL,      -- [int] class bit of the record behind it
  on_day TEXT NOT NULL,               -- [day] the day that counts in law
  recorded_ms INTEGER NOT NULL,       -- [ms] from when it said this
  until_ms INTEGER NOT NULL,          -- [ms] when it ceased to
  table_name TEXT NOT NULL,           -- [text] table of the record
  row_id INTEGER NOT NULL,            -- [int] its id
  body TEXT NOT NULL                  -- [text] as evidence.body
) STRICT;
CREATE INDEX evidence_past_person ON evidence_past(person_id, until_ms);
CREATE INDEX evidence_past_org ON evidence_past(org_id, until_ms);
