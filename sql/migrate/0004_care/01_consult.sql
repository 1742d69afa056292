-- 総合相談: one row per consultation taken by a centre or branch (介護保険法第115条の45第2項第1号; R-HC-EXTEND;
-- C-013, C-016; F016–F018). The person may be unknown at first and is linked later; until then the record belongs
-- to the organisation that took it.
CREATE TABLE consult (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER,                  -- [int] the person it is about; NULL = not yet known
  person_label TEXT NOT NULL DEFAULT '', -- [text] how the caller described an unknown person, e.g. 「駅前の団地の80代の女性」
  org_id INTEGER NOT NULL,            -- [int] the centre or branch that took it
  record_class INTEGER NOT NULL,      -- [int] class bit: 8 consultation, 16 rights protection
  received_ms INTEGER NOT NULL,       -- [ms] when it was received
  received_on TEXT NOT NULL,          -- [day] the day of received_ms in JST, for lists and statistics
  channel TEXT NOT NULL,              -- [text] code list consult_channel: 電話 来所 訪問 …
  source TEXT NOT NULL,               -- [text] code list consult_source: who told us (C-016)
  caller_name TEXT NOT NULL DEFAULT '', -- [text] 相談者氏名
  caller_relation TEXT NOT NULL DEFAULT '', -- [text] 続柄・関係
  caller_phone TEXT NOT NULL DEFAULT '', -- [text] 折り返し先
  content TEXT NOT NULL,              -- [text] 相談内容
  classes TEXT NOT NULL DEFAULT '',   -- [text] 相談の分類: codes of consult_class, "|" between; consult_class has them for counting
  responses TEXT NOT NULL DEFAULT '', -- [text] 対応の種類: codes of consult_response, "|" between
  wish TEXT NOT NULL DEFAULT '',      -- [text] 希望・本人の言葉
  urgency TEXT NOT NULL,              -- [text] code list consult_urgency: normal soon emergency
  response_text TEXT NOT NULL DEFAULT '', -- [text] 対応内容
  minutes INTEGER,                    -- [int] minutes spent
  status TEXT NOT NULL,               -- [text] code list consult_status: received active watching closed (F018)
  next_action TEXT NOT NULL DEFAULT '', -- [text] 次にすること
  next_on TEXT,                       -- [day] いつまでに
  assignee_staff_id INTEGER,          -- [int] 担当者
  area_id INTEGER,                    -- [int] 圏域 at the time of the consultation (kept when areas move, C-001)
  closed_on TEXT,                     -- [day] 終結日
  close_reason TEXT NOT NULL DEFAULT '', -- [text] 終結の理由
  linked_ms INTEGER,                  -- [ms] when a person was linked afterwards (F017)
  linked_by INTEGER,                  -- [int] account that linked
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX consult_person ON consult(person_id, received_ms);
CREATE INDEX consult_org_status ON consult(org_id, status, next_on);
CREATE INDEX consult_org_received ON consult(org_id, received_on);
CREATE INDEX consult_assignee ON consult(assignee_staff_id, status, next_on);
