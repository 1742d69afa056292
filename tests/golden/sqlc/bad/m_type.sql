-- expect: sql/migrate/0002_x/01_x.sql:3: column n: a [day] is TEXT, not INTEGER
CREATE TABLE x (
  n INTEGER NOT NULL -- [day]
) STRICT;
