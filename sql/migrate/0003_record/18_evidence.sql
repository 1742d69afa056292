-- 証拠記録 (rules §0.3): the one input of the law evaluators, written with its record in the same transaction; it can be
-- recomputed from the records.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,             -- [id]
  code TEXT NOT NULL,                 -- [text] REC-EXPL REC-ASSESS … (src/register/evidence.tbl.h)
  person_id INTEGER REFERENCES person(id), -- [int] NULL for REC-STAFF, REC-COMM and the like
  org_id INTEGER NOT NULL DEFAULT 0,  -- [int] organisation that made the record; 0 = none
  record_class INTEGER NOT NULL,      -- [int] class bit of the record behind it
  on_day TEXT NOT NULL,               -- [day] the day that counts in law
  recorded_ms INTEGER NOT NULL,       -- [ms] when it was written down
  table_name TEXT NOT NULL,           -- [text] table of the record
  row_id INTEGER NOT NULL,            -- [int] its id
  body TEXT NOT NULL,                 -- [text] JSON of the fields that the code requires
  is_hidden INTEGER NOT NULL DEFAULT 0, -- [bool] 1 = the record is in the bin
  UNIQUE (table_name, row_id, code)
) STRICT;
CREATE INDEX evidence_person ON evidence(person_id, code, on_day);
CREATE INDEX evidence_code ON evidence(code, on_day);
