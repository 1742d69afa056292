-- 終結の承認のやりとり (F124): the request to end a case with its day and reason, comments, approval or return, and the end itself. Class care.
CREATE TABLE case_comment (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  case_id INTEGER NOT NULL REFERENCES care_case(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] of who wrote it
  staff_id INTEGER,                   -- [int] who wrote it
  at_ms INTEGER NOT NULL,             -- [ms]
  kind TEXT NOT NULL,                 -- [text] comment ask_approval approve return done（終了した）
  asked_id INTEGER,                   -- [int] approve, return, done: the request (case_comment) it answers
  end_on TEXT,                        -- [day] ask_approval: 終了日（完結の日）asked for
  end_reason TEXT NOT NULL DEFAULT '', -- [text] ask_approval: code list case_end
  body TEXT NOT NULL DEFAULT '',      -- [text] ask_approval: 終了の内容; otherwise the comment
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX case_comment_case ON case_comment(case_id, at_ms);
CREATE INDEX case_comment_person ON case_comment(person_id);
CREATE INDEX case_comment_org ON case_comment(org_id, at_ms);
