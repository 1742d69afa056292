-- expect: sql/migrate/0002_x/01_x.sql:4: a table ends with the line: ) STRICT;
CREATE TABLE x (
  n INTEGER NOT NULL -- [int]
);
