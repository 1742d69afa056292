-- Former and other names: 旧姓, 通称, 被保険者証の表記. All are searched.
CREATE TABLE person_name (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] former 旧姓・旧氏名, alias 通称, card 被保険者証の表記, other その他
  name TEXT NOT NULL,                 -- [text]
  kana TEXT NOT NULL DEFAULT '',      -- [text]
  from_on TEXT,                       -- [day]
  to_on TEXT,                         -- [day]
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX person_name_person_i ON person_name (person_id);
