-- The place of a person among brothers and sisters in the family picture, where it was set by hand (F034). Class family.
CREATE TABLE kin_place (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the client whose picture it is
  relation_id INTEGER REFERENCES relation(id), -- [int] NULL = the client
  sort_no INTEGER NOT NULL,           -- [int] from left to right, 1–
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX kin_place_person ON kin_place(person_id);
