-- Professions of a staff member with licence number and renewal. Codes: src/register/professions.tbl.h.
-- small: a few thousand rows in the largest city
CREATE TABLE staff_licence (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  staff_id INTEGER NOT NULL REFERENCES staff(id), -- [int]
  profession TEXT NOT NULL,           -- [text] code of professions.tbl.h
  licence_no TEXT NOT NULL DEFAULT '', -- [text]
  from_on TEXT,                       -- [day] acquired
  expires_on TEXT,                    -- [day] last day of validity; NULL = does not expire
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX staff_licence_staff_i ON staff_licence (staff_id);
CREATE INDEX staff_licence_profession_i ON staff_licence (profession, expires_on);
