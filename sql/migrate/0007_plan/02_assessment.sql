-- アセスメント: one act of assessment; items in assessment_item (課題分析標準項目 23, 2023-10) and assessment_area (介護予防の4領域). Both
-- views are kept side by side, so switching loses nothing (F029). 13条6・7号, REC-ASSESS. Class care; items name their own.
CREATE TABLE assessment (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  case_id INTEGER REFERENCES care_case(id), -- [int]
  staff_id INTEGER,                   -- [int] 実施した職員
  view TEXT NOT NULL,                 -- [text] home（23項目） or prevention（4領域）: which one is in front
  status TEXT NOT NULL,               -- [text] draft or confirmed
  reason TEXT NOT NULL DEFAULT '',    -- [text] code list assess_reason: first renew level_change svc_change discharge admission move life_change office_change other
  reason_note TEXT NOT NULL DEFAULT '', -- [text]
  done_on TEXT NOT NULL,              -- [day] 実施日
  place TEXT NOT NULL DEFAULT '',     -- [text] code list assess_place: home（居宅） hospital facility office other
  place_reason TEXT NOT NULL DEFAULT '', -- [text] 居宅でない理由（required when place is not home）
  met_person INTEGER NOT NULL DEFAULT 0, -- [bool] 本人に面接した
  met_family INTEGER NOT NULL DEFAULT 0, -- [bool] 家族に面接した
  interviewee TEXT NOT NULL DEFAULT '', -- [text] 面接した相手
  purpose_told INTEGER NOT NULL DEFAULT 0, -- [bool] 趣旨を説明し理解を得た
  own_words TEXT NOT NULL DEFAULT '', -- [text] 本人の言葉（F039）
  told TEXT NOT NULL DEFAULT '',      -- [text] 説明した内容（意思決定支援）
  understood TEXT NOT NULL DEFAULT '', -- [text] 本人の理解・反応
  advocate TEXT NOT NULL DEFAULT '',  -- [text] 意思決定を支える人・代弁者
  wish_person TEXT NOT NULL DEFAULT '', -- [text] 本人の主訴・意向
  wish_family TEXT NOT NULL DEFAULT '', -- [text] 家族等の主訴・意向
  plan_first INTEGER NOT NULL DEFAULT 0, -- [bool] 計画作成の状況: 初回
  overall TEXT NOT NULL DEFAULT '',   -- [text] 総合所見
  copied_from_id INTEGER REFERENCES assessment(id), -- [int] the assessment it was copied from
  confirmed_on TEXT,                  -- [day]
  confirmed_by INTEGER,               -- [int] account
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX assessment_person ON assessment(person_id, done_on);
CREATE INDEX assessment_org ON assessment(org_id, status, done_on);
CREATE INDEX assessment_case ON assessment(case_id, done_on);
