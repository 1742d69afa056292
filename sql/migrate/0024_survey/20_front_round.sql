-- A round as the outside front knows it (region/front): all that is needed to show the questions and take the answers, and nothing of the
-- register. The same tables serve an open machine and serve --outside; exchange files carry the rows between two houses.
-- small: a few rounds
CREATE TABLE front_round (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  key TEXT NOT NULL UNIQUE,           -- [text] public id of survey_round
  title TEXT NOT NULL,                -- [text]
  round_name TEXT NOT NULL,           -- [text]
  sender TEXT NOT NULL,               -- [text] who asks
  greeting TEXT NOT NULL DEFAULT '',  -- [text]
  contact TEXT NOT NULL DEFAULT '',   -- [text]
  is_anonymous INTEGER NOT NULL,      -- [bool]
  period_from TEXT NOT NULL,          -- [day]
  period_to TEXT NOT NULL,            -- [day]
  opens_on TEXT NOT NULL,             -- [day]
  closes_on TEXT NOT NULL,            -- [day] last day for answers
  is_closed INTEGER NOT NULL DEFAULT 0, -- [bool] closed before its time
  form_id TEXT NOT NULL,              -- [text]
  form_version TEXT NOT NULL,         -- [text]
  form TEXT NOT NULL,                 -- [text] form.json
  rules TEXT NOT NULL,                -- [text] rules.json
  meta TEXT NOT NULL,                 -- [text] meta.json
  sha256 TEXT NOT NULL,               -- [text]
  link_key TEXT NOT NULL,             -- [text] key of the hashes of links and of the names of unfinished answers, 64 hex digits, random
  is_outside INTEGER NOT NULL DEFAULT 0, -- [bool] answered on the other house: here lies only what its files told
  results TEXT NOT NULL DEFAULT '',   -- [text] 結果と変えること, told to all who answered
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
