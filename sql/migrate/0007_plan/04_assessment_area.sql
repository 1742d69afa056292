-- One of the four areas of 介護予防 (forms-careplan §2.2): move home social health.
CREATE TABLE assessment_area (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  assessment_id INTEGER NOT NULL REFERENCES assessment(id), -- [int]
  area TEXT NOT NULL,                 -- [text] move（運動・移動） home（日常生活（家庭生活）） social（社会参加、対人関係・コミュニケーション） health（健康管理）
  status_text TEXT NOT NULL DEFAULT '', -- [text] アセスメント領域と現在の状況
  intent TEXT NOT NULL DEFAULT '',    -- [text] 本人・家族の意欲・意向
  has_issue TEXT NOT NULL DEFAULT '', -- [text] 1 有 / 2 無 / "" 未記入
  issue TEXT NOT NULL DEFAULT '',     -- [text] 領域における課題（背景・原因）
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool] copied and not yet touched
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX assessment_area_area ON assessment_area(assessment_id, area) WHERE retired_ms IS NULL;
CREATE INDEX assessment_area_person ON assessment_area(person_id);
