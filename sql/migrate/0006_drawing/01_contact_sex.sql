-- The family picture shows men as squares and women as circles.
ALTER TABLE contact ADD COLUMN sex TEXT NOT NULL DEFAULT ''; -- [text] 1 男性 2 女性; '' = not recorded (a clear word such as 長女 then tells)
