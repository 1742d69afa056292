-- 現病歴・既往歴と経過: kept per person, newest first; class medical.
CREATE TABLE illness (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL,         -- [int]
  when_text TEXT NOT NULL DEFAULT '', -- [text] 年月日 as written; 和暦・年月だけも可
  when_sort TEXT,                     -- [day] first day it can mean, for the order
  disease TEXT NOT NULL,              -- [text] 病名
  doctor TEXT NOT NULL DEFAULT '',    -- [text] 医療機関・医師名
  is_primary TEXT NOT NULL DEFAULT '', -- [text] 1:主治医・意見作成者 2:それ以外 (S1)
  tel TEXT NOT NULL DEFAULT '',       -- [text]
  course TEXT NOT NULL DEFAULT '',    -- [text] 01:治療中 02:経過観察中 03:その他
  treatment TEXT NOT NULL DEFAULT '', -- [text] 治療中の場合は内容
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX illness_person ON illness(person_id, when_sort);
