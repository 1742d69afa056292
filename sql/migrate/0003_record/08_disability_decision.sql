-- 支給決定: one service of a 受給者証 with its amount and period (F011). Class disability.
CREATE TABLE disability_decision (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  benefit_id INTEGER NOT NULL REFERENCES disability_benefit(id), -- [int] 受給者証
  service TEXT NOT NULL,              -- [text] サービス種類 as on the card, e.g. 居宅介護（身体介護）
  amount TEXT NOT NULL DEFAULT '',    -- [text] 支給量 as on the card, e.g. 20時間/月
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  provider TEXT NOT NULL DEFAULT '',  -- [text] 利用している事業所
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX disability_decision_person ON disability_decision(person_id, from_on);
CREATE INDEX disability_decision_benefit ON disability_decision(benefit_id);
