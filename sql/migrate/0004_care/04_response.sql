-- One filled form of kind 'answers' (基本チェックリスト …): the response is the truth (design §4). The definition is
-- named by id, version and sha256, so an old response always shows with the form it was filled on.
CREATE TABLE response (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL,         -- [int]
  form_id TEXT NOT NULL,              -- [text] e.g. kihon-checklist
  form_version TEXT NOT NULL,         -- [text] the definition's effective-from date
  form_sha TEXT NOT NULL,             -- [text] sha256 of the definition
  record_class INTEGER NOT NULL,      -- [int] class bit from the form's meta.json
  answered_on TEXT NOT NULL,          -- [day] 記入日
  org_id INTEGER NOT NULL,            -- [int] organisation that took it
  staff_id INTEGER,                   -- [int] 担当者
  consult_id INTEGER,                 -- [int] the consultation it belongs to, if any
  answers TEXT NOT NULL,              -- [text] JSON of form/answer
  result_code TEXT NOT NULL DEFAULT '', -- [text] index: e.g. eligible not-eligible undetermined
  scores TEXT NOT NULL DEFAULT '{}',  -- [text] JSON of form/score as judged when saved (a snapshot, never recomputed in place)
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX response_person ON response(person_id, form_id, answered_on);
CREATE INDEX response_org ON response(org_id, form_id, answered_on);
