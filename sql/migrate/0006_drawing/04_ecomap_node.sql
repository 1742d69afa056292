-- Who or what stands around a client in the ecomap (F035): a relation, an organisation of the register or a resource in
-- words (a neighbour, a shop, a temple). Class family.
CREATE TABLE ecomap_node (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int] the client whose picture it is
  org_id INTEGER REFERENCES org(id),  -- [int] an organisation of the register
  relation_id INTEGER REFERENCES relation(id), -- [int] a relation of the client
  label TEXT NOT NULL DEFAULT '',     -- [text] what to call it; empty = the name of the organisation or relation
  kind TEXT NOT NULL,                 -- [text] family medical care welfare official community friend work other
  sort_no INTEGER NOT NULL,           -- [int] place around the client, clockwise from the top, 1–
  from_on TEXT,                       -- [day] since when it is there; NULL = not known
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX ecomap_node_person ON ecomap_node(person_id);
