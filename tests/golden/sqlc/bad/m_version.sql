-- expect: sql/migrate/0002_x/01_x.sql:2: table x has a version but no [id]
CREATE TABLE x (
  version INTEGER NOT NULL -- [version]
) STRICT;
