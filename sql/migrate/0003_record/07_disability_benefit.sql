-- 障害福祉サービス等の受給者証 (F011; 障害者総合支援法22条). Class disability.
CREATE TABLE disability_benefit (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] service（障害福祉サービス） consult（地域相談支援） medical（自立支援医療） community（地域生活支援事業） child（障害児通所）
  number TEXT NOT NULL DEFAULT '',    -- [text] 受給者証番号, 10 digits
  city_no TEXT NOT NULL DEFAULT '',   -- [text] 市町村番号, 6 digits
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  limit_yen INTEGER,                  -- [int] 利用者負担上限月額, yen
  provider_org_id INTEGER,            -- [int] 計画相談支援事業所
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX disability_benefit_person ON disability_benefit(person_id, from_on);
