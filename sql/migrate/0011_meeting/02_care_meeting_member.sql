-- 会議に招いた人: who was called, whether they came, and why not (F061). The client stands in the meeting itself. Class meeting.
CREATE TABLE care_meeting_member (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  meeting_id INTEGER NOT NULL REFERENCES care_meeting(id), -- [int]
  no INTEGER NOT NULL,                -- [int] order on the sheet
  kind TEXT NOT NULL DEFAULT '',      -- [text] code list meeting_member: provider doctor centre cm family helper other
  org_id INTEGER,                     -- [int] the organisation in the register: sees the meeting while it is under way
  org_role TEXT NOT NULL DEFAULT '',  -- [text] 所属（職種） as printed
  name TEXT NOT NULL DEFAULT '',      -- [text] 氏名
  phone TEXT NOT NULL DEFAULT '',     -- [text]
  fax TEXT NOT NULL DEFAULT '',       -- [text]
  attend TEXT NOT NULL DEFAULT '',    -- [text] code list meeting_attend: came online absent; "" 未定
  absent_reason TEXT NOT NULL DEFAULT '', -- [text] 欠席の理由
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX care_meeting_member_meeting ON care_meeting_member(meeting_id, no);
CREATE INDEX care_meeting_member_person ON care_meeting_member(person_id);
CREATE INDEX care_meeting_member_org ON care_meeting_member(org_id);
