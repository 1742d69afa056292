-- モニタリング: what those in charge of services told (テレビ電話の要件; 13条13号).
CREATE TABLE monitoring_info (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  monitoring_id INTEGER NOT NULL REFERENCES monitoring(id), -- [int]
  no INTEGER NOT NULL,                -- [int] order
  on_day TEXT,                        -- [day] 日
  office TEXT NOT NULL DEFAULT '',    -- [text] 事業所・担当者
  content TEXT NOT NULL DEFAULT '',   -- [text] 内容
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX monitoring_info_head ON monitoring_info(monitoring_id, no);
CREATE INDEX monitoring_info_person ON monitoring_info(person_id);
