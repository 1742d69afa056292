-- expect: sql/migrate/0002_x/01_x.sql:3: column register: not a snake_case name, or a word of C
CREATE TABLE x (
  register INTEGER NOT NULL -- [int]
) STRICT;
