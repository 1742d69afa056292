-- 照会: the question to one member who does not come, and the answer (REC-INQ; F053, U40). Columns as forms/shokai binds them. The answer is
-- typed in from the paper or given through a one-time link, of which only a keyed hash is kept. Class meeting.
CREATE TABLE care_inquiry (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  meeting_id INTEGER NOT NULL REFERENCES care_meeting(id), -- [int]
  member_id INTEGER REFERENCES care_meeting_member(id), -- [int]
  code TEXT NOT NULL,                 -- [text] 照会番号: matches a paper that comes back with its inquiry
  office TEXT NOT NULL DEFAULT '',    -- [text] 宛先の事業所
  name TEXT NOT NULL DEFAULT '',      -- [text] 宛先の担当者
  fax TEXT NOT NULL DEFAULT '',       -- [text]
  phone TEXT NOT NULL DEFAULT '',     -- [text]
  asked_on TEXT,                      -- [day] 照会年月日
  due_on TEXT,                        -- [day] 回答の期限
  how TEXT NOT NULL DEFAULT '',       -- [text] code list inquiry_how: link fax phone post visit
  client_label TEXT NOT NULL DEFAULT '', -- [text] what the page behind the link calls the client (イニシャルなど)
  reason TEXT NOT NULL DEFAULT '',    -- [text] 会議に代えて照会する理由・欠席の理由
  question TEXT NOT NULL DEFAULT '',  -- [text] お尋ねしたいこと
  plan_outline TEXT NOT NULL DEFAULT '', -- [text] 計画原案のあらまし
  answer TEXT NOT NULL DEFAULT '',    -- [text] 回答
  answered_on TEXT,                   -- [day] 回答年月日
  answered_by TEXT NOT NULL DEFAULT '', -- [text] 回答者
  link_hash TEXT,                     -- [text] keyed hash of the one-time link; NULL = none, or used
  link_until_ms INTEGER,              -- [ms] the link holds until
  link_used_ms INTEGER,               -- [ms] answered through the link at
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account; 0 = nobody logged in
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account; 0 = the answer through the link
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX care_inquiry_meeting ON care_inquiry(meeting_id, id);
CREATE INDEX care_inquiry_person ON care_inquiry(person_id);
CREATE INDEX care_inquiry_link ON care_inquiry(link_hash);
