-- モニタリング: what was told to the doctor and others with the person's consent (13条13号の2; REC-MEDINFO).
CREATE TABLE monitoring_share (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  monitoring_id INTEGER NOT NULL REFERENCES monitoring(id), -- [int]
  no INTEGER NOT NULL,                -- [int] order
  to_name TEXT NOT NULL DEFAULT '',   -- [text] 相手
  on_day TEXT,                        -- [day] 日
  content TEXT NOT NULL DEFAULT '',   -- [text] 内容
  agreed INTEGER NOT NULL DEFAULT 0,  -- [bool] 本人の同意を得た
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX monitoring_share_head ON monitoring_share(monitoring_id, no);
CREATE INDEX monitoring_share_person ON monitoring_share(person_id);
