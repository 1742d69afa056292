-- expect: sql/migrate/0002_x/01_x.sql:2: table visit is already made in sql/migrate/0001_small/01_person.sql:8
CREATE TABLE visit (
  n INTEGER NOT NULL -- [int]
) STRICT;
