-- 障害支援区分 by generation (F011; 障害者総合支援法21条). Class disability.
CREATE TABLE disability_level (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  level INTEGER NOT NULL,             -- [int] 0 = 非該当, 1–6 = 区分
  decided_on TEXT,                    -- [day] 認定日
  from_on TEXT NOT NULL,              -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  city_no TEXT NOT NULL DEFAULT '',   -- [text] 認定した市町村の番号
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER,                 -- [ms] in the bin since; NULL = alive
  CHECK (level BETWEEN 0 AND 6)
) STRICT;
CREATE INDEX disability_level_person ON disability_level(person_id, from_on);
