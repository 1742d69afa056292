-- 負担割合証, by generation: 1 August to 31 July, earlier ends when the household changes or the person turns 65
-- (forms-careplan §7.9; 介護保険法49条の2). Class benefit.
CREATE TABLE burden (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  ratio INTEGER NOT NULL,             -- [int] 利用者負担の割合: 1, 2 or 3
  limited_percent INTEGER,            -- [int] 給付制限中の給付率 (70 or 60); NULL = none
  from_on TEXT NOT NULL,              -- [day] 適用の始まり
  to_on TEXT NOT NULL,                -- [day] 適用の終わり
  reason TEXT NOT NULL DEFAULT '',    -- [text] yearly（毎年8月） income（所得更正） household（世帯の異動） age65（65歳到達） other
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER,                 -- [ms] in the bin since; NULL = alive
  CHECK (ratio IN (1, 2, 3))
) STRICT;
CREATE INDEX burden_person ON burden(person_id, from_on);
