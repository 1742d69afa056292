CREATE TABLE access_grant (
  id INTEGER PRIMARY KEY,             -- [id]
  org_id INTEGER NOT NULL,            -- [int] to this organisation
  account_id INTEGER NOT NULL DEFAULT 0, -- [int] only to this account; 0 = the whole organisation
  role_classes INTEGER NOT NULL,      -- [int] mask of role_classes.tbl.h
  cluster_id INTEGER NOT NULL,        -- [int] person.cluster_id
  classes INTEGER NOT NULL,           -- [int] mask of record classes
  relation INTEGER NOT NULL,          -- [int] one bit of relations.tbl.h
  from_on TEXT NOT NULL,              -- [day] first day
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] last day
  via_table TEXT NOT NULL,            -- [text] the record this right follows from
  via_id INTEGER NOT NULL,            -- [int]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL         -- [int] account
) STRICT;

CREATE INDEX access_grant_scope ON access_grant (cluster_id, org_id, relation, account_id, from_on, to_on);
CREATE INDEX access_grant_org ON access_grant (org_id, relation, cluster_id);
CREATE INDEX access_grant_via ON access_grant (via_table, via_id);
