-- expect: sql/migrate/0002_x/01_x.sql:3: column n: a [bool] is never NULL
CREATE TABLE x (
  n INTEGER -- [bool]
) STRICT;
