-- Professionals and resident helpers (民生委員, 会長 …): people who act, not people who are cared for (C-005, C-006, C-009).
-- small: a few thousand rows in the largest city
CREATE TABLE staff (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  name TEXT NOT NULL,                 -- [text]
  kana TEXT NOT NULL DEFAULT '',      -- [text]
  name_fold TEXT NOT NULL DEFAULT '', -- [text] folded; derived
  kana_fold TEXT NOT NULL DEFAULT '', -- [text] folded; derived
  phone TEXT NOT NULL DEFAULT '',     -- [text] work telephone
  email TEXT NOT NULL DEFAULT '',     -- [text] work mail
  is_representative INTEGER NOT NULL DEFAULT 0, -- [bool] 代表者レベル
  is_working_level INTEGER NOT NULL DEFAULT 1, -- [bool] 実務者レベル; may be both
  contact_level TEXT NOT NULL DEFAULT 'org', -- [text] who may see the contact: org = own organisation, region = partners, public
  register_purpose TEXT NOT NULL DEFAULT '', -- [text] why the entry is held (C-007)
  register_source TEXT NOT NULL DEFAULT '', -- [text] where the entry came from and when (C-007)
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX staff_kana_i ON staff (kana_fold, id);
