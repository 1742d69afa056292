-- expect: sql/migrate/0002_x/01_x.sql:3: column n: [date] is no kind
CREATE TABLE x (
  n TEXT NOT NULL -- [date]
) STRICT;
