-- 日常生活自立度 as judged on a day by a source (forms-careplan §7.2, §7.3). Several sources may differ on one day;
-- each row stays. Class care.
CREATE TABLE person_rank (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] adl = 障害高齢者 dementia = 認知症高齢者
  value TEXT NOT NULL,                -- [text] adl: self J1 J2 A1 A2 B1 B2 C1 C2; dementia: self 1 2a 2b 3a 3b 4 M
  judged_on TEXT NOT NULL,            -- [day] 判定日
  source TEXT NOT NULL,               -- [text] survey（認定調査票） opinion（主治医意見書） own（自機関の判断） other
  judged_by TEXT NOT NULL DEFAULT '', -- [text] 判定した人・医療機関
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX person_rank_person ON person_rank(person_id, kind, judged_on);
