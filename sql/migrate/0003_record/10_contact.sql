-- A related person who is nobody's client: typed once, related to several clients (F012). Seen through the relations
-- only. Class family.
CREATE TABLE contact (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  name TEXT NOT NULL,                 -- [text] 氏名
  kana TEXT NOT NULL DEFAULT '',      -- [text] フリガナ
  kana_fold TEXT NOT NULL DEFAULT '', -- [text] folded kana for the search (jp/fold)
  phone TEXT NOT NULL DEFAULT '',     -- [text] 電話
  phone2 TEXT NOT NULL DEFAULT '',    -- [text] 別の電話（勤務先など）
  postal TEXT NOT NULL DEFAULT '',    -- [text] 郵便番号
  address TEXT NOT NULL DEFAULT '',   -- [text] 住所
  email TEXT NOT NULL DEFAULT '',     -- [text]
  birth_year INTEGER,                 -- [int] 生まれた年 (西暦), where known
  deceased_on TEXT,                   -- [day] 亡くなった日; a year is kept in the note
  is_deceased INTEGER NOT NULL DEFAULT 0, -- [bool] 1 = 亡くなっている (the day may be unknown)
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX contact_kana ON contact(kana_fold);
CREATE INDEX contact_phone ON contact(phone);
