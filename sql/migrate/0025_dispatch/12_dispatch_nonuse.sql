-- 実施していない包括: why a centre does no joint work, what it plans, and the coordinator's contact (C-202). The newest row counts. Class statistics.
-- small: some hundred a year in a large city
CREATE TABLE dispatch_nonuse (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the centre
  insurer_org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  on_day TEXT NOT NULL,               -- [day] when it was said
  reasons TEXT NOT NULL DEFAULT '',   -- [text] code list dispatch_nonuse: attitude links capacity, | between
  comment TEXT NOT NULL DEFAULT '',   -- [text] 理由（自由記載）
  plans_joint TEXT NOT NULL DEFAULT '', -- [text] 連携の予定: yes no; '' = not said
  plans_use TEXT NOT NULL DEFAULT '', -- [text] 派遣事業の活用の予定: yes no; ''
  start_on TEXT,                      -- [day] 始める予定の日
  contact_due_on TEXT,                -- [day] by when the coordinator gets in touch
  contacted_on TEXT,                  -- [day]
  contact_note TEXT NOT NULL DEFAULT '', -- [text] what came of the contact
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_nonuse_org ON dispatch_nonuse(org_id, on_day);
CREATE INDEX dispatch_nonuse_insurer ON dispatch_nonuse(insurer_org_id, on_day);
