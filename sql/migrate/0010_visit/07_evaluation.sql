-- 評価: 介護予防支援・サービス評価表 (form yobo-hyoka) or 評価表 (form hyoka-hyo) of one plan (forms-careplan §2.3, §5.3). Class care.
CREATE TABLE evaluation (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation responsible (that of the plan)
  case_id INTEGER NOT NULL REFERENCES care_case(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int]
  staff_id INTEGER,                   -- [int] 評価した職員
  form TEXT NOT NULL,                 -- [text] yobo-hyoka or hyoka-hyo
  author_name TEXT NOT NULL DEFAULT '', -- [text] 計画作成者氏名
  eval_on TEXT NOT NULL,              -- [day] 評価日
  create_on TEXT NOT NULL,            -- [day] 作成日
  overall TEXT NOT NULL DEFAULT '',   -- [text] 総合的な方針
  is_commissioned INTEGER NOT NULL DEFAULT 0, -- [bool] 原案委託: the centre gives its opinion
  center_opinion TEXT NOT NULL DEFAULT '', -- [text] 地域包括支援センター意見
  center_decision TEXT NOT NULL DEFAULT '', -- [text] code list eval_decision: continue change end
  center_on TEXT,                     -- [day] 意見を書いた日
  center_staff_id INTEGER,            -- [int]
  next_service TEXT NOT NULL DEFAULT '', -- [text] codes of eval_next, "|" between
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX evaluation_person ON evaluation(person_id, eval_on);
CREATE INDEX evaluation_plan ON evaluation(plan_id);
CREATE INDEX evaluation_case ON evaluation(case_id, eval_on);
CREATE INDEX evaluation_org ON evaluation(org_id, eval_on);
