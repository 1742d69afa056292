-- サービス担当者会議: one row per meeting, from the call to the 要点 (第4表; forms-careplan §3.4), or the inquiry that stands for it (13条9号・15号,
-- 予防30条9号). Columns as forms/kyotaku-4 binds them. Class meeting.
CREATE TABLE care_meeting (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation that called it
  case_id INTEGER REFERENCES care_case(id), -- [int]
  plan_id INTEGER REFERENCES plan(id), -- [int] the plan it is about
  staff_id INTEGER,                   -- [int] who called it
  reason TEXT NOT NULL DEFAULT '',    -- [text] code list meeting_reason: new renew level_change condition service_change discharge equipment other
  status TEXT NOT NULL,               -- [text] code list meeting_status: called（招集中） closed（確定）
  called_on TEXT NOT NULL,            -- [day] 招集した日
  is_unheld INTEGER NOT NULL DEFAULT 0, -- [bool] 会議を開かず照会で代える
  unheld_reason TEXT NOT NULL DEFAULT '', -- [text] code list meeting_unheld
  unheld_note TEXT NOT NULL DEFAULT '', -- [text] やむを得ない理由（予防では必ず具体的に）
  online_self INTEGER NOT NULL DEFAULT 0, -- [bool] 利用者がテレビ電話等で参加する
  online_family INTEGER NOT NULL DEFAULT 0, -- [bool] 家族がテレビ電話等で参加する
  online_agreed_on TEXT,              -- [day] テレビ電話等の活用に同意を得た日
  online_agreed_by TEXT NOT NULL DEFAULT '', -- [text] 同意した人
  create_on TEXT,                     -- [day] 作成年月日
  author_name TEXT NOT NULL DEFAULT '', -- [text] 居宅サービス計画作成者（担当者）氏名
  held_on TEXT,                       -- [day] 開催日（招集中は予定日）
  held_from TEXT NOT NULL DEFAULT '', -- [text] 開始 14:00
  held_to TEXT NOT NULL DEFAULT '',   -- [text] 終了
  place TEXT NOT NULL DEFAULT '',     -- [text] 開催場所
  held_no INTEGER,                    -- [int] 開催回数: counted when it is closed
  user_attend TEXT NOT NULL DEFAULT '', -- [text] 利用者の出席
  family_attend TEXT NOT NULL DEFAULT '', -- [text] 家族の出席
  family_relation TEXT NOT NULL DEFAULT '', -- [text] 続柄
  attend_note TEXT NOT NULL DEFAULT '', -- [text] ※備考
  topics TEXT NOT NULL DEFAULT '',    -- [text] 検討した項目
  discussion TEXT NOT NULL DEFAULT '', -- [text] 検討内容
  conclusion TEXT NOT NULL DEFAULT '', -- [text] 結論
  remaining TEXT NOT NULL DEFAULT '', -- [text] 残された課題（次回の開催時期）
  is_unmet INTEGER NOT NULL DEFAULT 0, -- [bool] 地域に資源がなく満たせないニーズがある
  next_on TEXT,                       -- [day] 次回の開催のめやす
  closed_on TEXT,                     -- [day] 確定した日
  closed_by INTEGER,                  -- [int] account
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX care_meeting_person ON care_meeting(person_id, held_on);
CREATE INDEX care_meeting_org ON care_meeting(org_id, status, held_on);
CREATE INDEX care_meeting_plan ON care_meeting(plan_id);
