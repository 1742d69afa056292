-- モニタリング: is each service of the plan carried out as planned (13条13号)?
CREATE TABLE monitoring_service (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  monitoring_id INTEGER NOT NULL REFERENCES monitoring(id), -- [int]
  plan_service_id INTEGER REFERENCES plan_service(id), -- [int]
  origin_id INTEGER,                  -- [int] the same service over the versions of the plan
  no INTEGER NOT NULL,                -- [int] order
  type TEXT NOT NULL DEFAULT '',      -- [text] サービス種別 as it stood in the plan
  office TEXT NOT NULL DEFAULT '',    -- [text] 事業所
  content TEXT NOT NULL DEFAULT '',   -- [text] サービス内容
  executed TEXT NOT NULL DEFAULT '',  -- [text] code list mon_executed: done part none
  reason TEXT NOT NULL DEFAULT '',    -- [text] 未実施・変更の理由
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX monitoring_service_head ON monitoring_service(monitoring_id, no);
CREATE INDEX monitoring_service_person ON monitoring_service(person_id);
