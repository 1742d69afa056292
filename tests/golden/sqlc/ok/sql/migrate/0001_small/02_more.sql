-- small: one row per kind
CREATE TABLE kind (
  code TEXT NOT NULL UNIQUE,          -- [text]
  label TEXT NOT NULL                 -- [text] "quoted" \ and ??/
) STRICT;
ALTER TABLE visit ADD COLUMN minutes INTEGER; -- [int] minutes
