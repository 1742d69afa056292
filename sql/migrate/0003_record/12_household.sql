-- 世帯 of a client as told on a day: how many live there and of which type; members may be named (F012). Class family.
CREATE TABLE household (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  from_on TEXT NOT NULL,              -- [day] この世帯の形になった日
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day]
  kind TEXT NOT NULL,                 -- [text] alone（独居） couple_old（高齢者夫婦のみ） old_only（高齢者のみ） with_child（子と同居） other
  size INTEGER,                       -- [int] 世帯人員, the client counted
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX household_person ON household(person_id, from_on);
