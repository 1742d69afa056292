-- 振り分け (seed 003, 介護予防ケアマネジメントの流れ; R-CMY-*): which way a person goes, why, and what has to be handed in.
-- The judgement is a snapshot: rule ids, inputs and sources as they were on the day; never recomputed.
CREATE TABLE routing (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL,         -- [int]
  consult_id INTEGER,                 -- [int] the consultation it came from
  response_id INTEGER,                -- [int] the checklist it rests on
  certification_id INTEGER,           -- [int] the certification it rests on
  org_id INTEGER NOT NULL,            -- [int]
  staff_id INTEGER,                   -- [int]
  decided_on TEXT NOT NULL,           -- [day]
  stage TEXT NOT NULL,                -- [text] code list routing_stage: where the person stands (wish, checklist, apply, service)
  route TEXT NOT NULL,                -- [text] code list routing_route: the way chosen
  proposed_route TEXT NOT NULL,       -- [text] the way the rules proposed; differs only with override_reason
  override_reason TEXT NOT NULL DEFAULT '', -- [text] why another way was chosen
  inputs TEXT NOT NULL,               -- [text] JSON: named inputs
  judgement TEXT NOT NULL,            -- [text] JSON: rules with outcome, explanation and source
  handin TEXT NOT NULL DEFAULT '[]',  -- [text] JSON: what to hand in, to whom, handed_on
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX routing_person ON routing(person_id, decided_on);
CREATE INDEX routing_org ON routing(org_id, decided_on);
