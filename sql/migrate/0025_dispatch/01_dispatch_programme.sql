-- リハビリ専門職派遣事業 of a municipality: outline, how to ask, who coordinates (C-196, C-212). One alive row per insurer.
-- small: one row per insurer
CREATE TABLE dispatch_programme (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  insurer_org_id INTEGER NOT NULL REFERENCES org(id), -- [int] organisation of kind insurer
  runner_org_id INTEGER REFERENCES org(id), -- [int] the body that coordinates for it; NULL = the insurer itself
  name TEXT NOT NULL,                 -- [text] name of the programme
  outline TEXT NOT NULL DEFAULT '',   -- [text] 事業のあらまし
  ask_how TEXT NOT NULL DEFAULT '',   -- [text] how to ask informally before a request
  phone TEXT NOT NULL DEFAULT '',     -- [text]
  email TEXT NOT NULL DEFAULT '',     -- [text]
  links TEXT NOT NULL DEFAULT '',     -- [text] courses, handbook: one a line, words and address
  follow_weeks INTEGER NOT NULL DEFAULT 4, -- [int] weeks from the visit to the follow-up that a form offers
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
