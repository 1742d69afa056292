-- In which areas a person lived from when to when; statistics as of a day read this, not person.area_id.
CREATE TABLE person_area (
  id INTEGER PRIMARY KEY,             -- [id]
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  level TEXT NOT NULL,                -- [text] code of area_levels.tbl.h
  area_id INTEGER NOT NULL REFERENCES area(id), -- [int]
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day
  is_manual INTEGER NOT NULL DEFAULT 0, -- [bool]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL         -- [int] account
) STRICT;
CREATE INDEX person_area_person_i ON person_area (person_id, level, to_on);
CREATE INDEX person_area_area_i ON person_area (area_id, to_on);
