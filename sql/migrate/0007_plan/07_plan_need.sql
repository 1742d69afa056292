-- 生活全般の解決すべき課題（ニーズ） / 予防: 総合的課題. Stable across edits, so two people on one plan meet only on the same field; origin_id
-- joins the versions of one need.
CREATE TABLE plan_need (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  origin_id INTEGER,                  -- [int] the first plan_need of the same need in earlier versions; NULL = itself
  no INTEGER NOT NULL,                -- [int] 課題NO, the order
  whose TEXT NOT NULL DEFAULT '',     -- [text] person（本人） or family（家族・介護者, F036）
  text TEXT NOT NULL DEFAULT '',      -- [text] ニーズ / 総合的課題
  item_code TEXT NOT NULL DEFAULT '', -- [text] the assessment item or area it came from
  proposal TEXT NOT NULL DEFAULT '',  -- [text] 予防: 課題に対する目標と具体策の提案
  intent TEXT NOT NULL DEFAULT '',    -- [text] 予防: 具体策についての意向（本人・家族）
  goal TEXT NOT NULL DEFAULT '',      -- [text] 予防: 目標
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_need_plan ON plan_need(plan_id, no);
CREATE INDEX plan_need_person ON plan_need(person_id);
