-- One of those who are asked (調査対象): the frame of a survey, shared by its rounds.
CREATE TABLE survey_target (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  code TEXT NOT NULL,                 -- [text] number in the frame; names the target in files
  label TEXT NOT NULL,                -- [text] name as shown
  org_id INTEGER REFERENCES org(id),  -- [int] an organisation of the house, if it is one
  staff_id INTEGER REFERENCES staff(id), -- [int] one of the staff of the house
  person_id INTEGER REFERENCES person(id), -- [int] a person of the register
  area_id INTEGER REFERENCES area(id), -- [int]
  email TEXT NOT NULL DEFAULT '',     -- [text]
  postal TEXT NOT NULL DEFAULT '',    -- [text]
  address TEXT NOT NULL DEFAULT '',   -- [text] for letters
  traits TEXT NOT NULL DEFAULT '',    -- [text] one per line: name=value (区域=…, 運営=委託 …), for cross tables
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX survey_target_code ON survey_target(survey_id, code);
CREATE INDEX survey_target_org ON survey_target(org_id);
CREATE INDEX survey_target_person ON survey_target(person_id);
CREATE INDEX survey_target_area ON survey_target(area_id);
CREATE INDEX survey_target_staff ON survey_target(staff_id);
