-- A tie of the ecomap: between the client and a node, or between two nodes (F035). A change of the tie is a new row from
-- its day on, so that two days can be shown side by side. Class family.
CREATE TABLE ecomap_tie (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the client whose picture it is
  a_node_id INTEGER REFERENCES ecomap_node(id), -- [int] NULL = the client
  b_node_id INTEGER NOT NULL REFERENCES ecomap_node(id), -- [int]
  strength TEXT NOT NULL,             -- [text] strong（強い） normal（ふつう） weak（弱い）
  is_stress INTEGER NOT NULL DEFAULT 0, -- [bool] ストレス・対立のある関係
  flow TEXT NOT NULL DEFAULT '',      -- [text] direction of support: out (a to b) in (b to a) both; '' = not told
  from_on TEXT,                       -- [day]
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX ecomap_tie_person ON ecomap_tie(person_id);
