-- 評価: one goal (予防) or one service of a short-term goal (評価表).
CREATE TABLE evaluation_row (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  evaluation_id INTEGER NOT NULL REFERENCES evaluation(id), -- [int]
  plan_goal_id INTEGER REFERENCES plan_goal(id), -- [int]
  plan_service_id INTEGER REFERENCES plan_service(id), -- [int]
  origin_id INTEGER,                  -- [int] the same goal over the versions of the plan
  no INTEGER NOT NULL,                -- [int] order
  goal_no INTEGER,                    -- [int] 短期目標の番号
  goal TEXT NOT NULL DEFAULT '',      -- [text] 予防: 目標
  short_text TEXT NOT NULL DEFAULT '', -- [text] 短期目標
  period TEXT NOT NULL DEFAULT '',    -- [text] 評価期間
  status TEXT NOT NULL DEFAULT '',    -- [text] 予防: 目標達成状況
  achieved TEXT NOT NULL DEFAULT '',  -- [text] 予防: 1 達成 / 0 未達成
  cause_user TEXT NOT NULL DEFAULT '', -- [text] 達成しない原因（本人・家族の意見）
  cause_author TEXT NOT NULL DEFAULT '', -- [text] 達成しない原因（計画作成者の評価）
  next TEXT NOT NULL DEFAULT '',      -- [text] 今後の方針
  content TEXT NOT NULL DEFAULT '',   -- [text] サービス内容
  type TEXT NOT NULL DEFAULT '',      -- [text] サービス種別
  office TEXT NOT NULL DEFAULT '',    -- [text] ※1 事業所
  result TEXT NOT NULL DEFAULT '',    -- [text] code list eval_result: A1 ◎ A2 ○ B △ C1 ×1 C2 ×2
  comment TEXT NOT NULL DEFAULT '',   -- [text] コメント
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX evaluation_row_head ON evaluation_row(evaluation_id, no);
CREATE INDEX evaluation_row_person ON evaluation_row(person_id, origin_id);
