-- 相談の経過: what was done after the first contact, each with its own time; a try that did not reach anybody counts too.
CREATE TABLE consult_entry (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  consult_id INTEGER NOT NULL REFERENCES consult(id), -- [int]
  at_ms INTEGER NOT NULL,             -- [ms] when it was done
  channel TEXT NOT NULL,              -- [text] code list consult_channel
  counterpart TEXT NOT NULL DEFAULT '', -- [text] 相手
  content TEXT NOT NULL,              -- [text] 内容
  reached INTEGER NOT NULL DEFAULT 1, -- [bool] 0 = 不在・未達
  minutes INTEGER,                    -- [int] minutes spent
  staff_id INTEGER,                   -- [int] 対応者
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX consult_entry_consult ON consult_entry(consult_id, at_ms);
