-- 会議の構成員: who was called, whether they came, and why not (C-204). Class care.
CREATE TABLE rehab_meeting_member (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  meeting_id INTEGER NOT NULL REFERENCES rehab_meeting(id), -- [int]
  no INTEGER NOT NULL,                -- [int] order on the sheet
  role TEXT NOT NULL DEFAULT '',      -- [text] code list rehab_member: self family doctor pt ot st nurse carer care_manager … next_place
  staff_id INTEGER,                   -- [int] in the register; NULL = as written
  org_name TEXT NOT NULL DEFAULT '',  -- [text] 所属
  name TEXT NOT NULL DEFAULT '',      -- [text] 氏名
  attend TEXT NOT NULL DEFAULT '',    -- [text] code list meeting_attend: came online absent; '' = not said
  absent_reason TEXT NOT NULL DEFAULT '', -- [text] 不参加の理由
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX rehab_meeting_member_meeting ON rehab_meeting_member(meeting_id, no);
CREATE INDEX rehab_meeting_member_person ON rehab_meeting_member(person_id);
