-- A tie between two of a client's relatives that the 続柄 does not tell (F034): whose child a grandchild is, whom a child
-- married, in which order, until when. The people themselves are relations. Class family.
CREATE TABLE kin_tie (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the client whose picture it is
  a_relation_id INTEGER REFERENCES relation(id), -- [int] one of the two, the parent in parent_child; NULL = the client
  b_relation_id INTEGER REFERENCES relation(id), -- [int] the other, the child in parent_child; NULL = the client
  kind TEXT NOT NULL,                 -- [text] couple（婚姻） separated（別居中） ex_couple（離婚） partner（内縁） parent_child（親子） adopted（養親子） sibling（きょうだい）
  from_on TEXT,                       -- [day] 婚姻・縁組の日, where known
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] 離婚・離縁の日
  sort_no INTEGER,                    -- [int] which marriage of the person it is, 1–; NULL = by the dates
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX kin_tie_person ON kin_tie(person_id);
