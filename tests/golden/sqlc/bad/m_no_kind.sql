-- expect: sql/migrate/0002_x/01_x.sql:3: column n needs its kind in a comment
CREATE TABLE x (
  n INTEGER NOT NULL
) STRICT;
