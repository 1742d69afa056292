-- 郵便番号 → 都道府県, 市区町村, 町域. Filled by "tsunagi postal import" from the KEN_ALL file of Japan Post; no history.
CREATE TABLE postal (
  id INTEGER PRIMARY KEY,             -- [id]
  postal TEXT NOT NULL,               -- [text] 7 digits
  local_code TEXT NOT NULL,           -- [text] 全国地方公共団体コード, 5 digits
  prefecture TEXT NOT NULL,           -- [text]
  city TEXT NOT NULL,                 -- [text]
  town TEXT NOT NULL,                 -- [text] '' where the file says 以下に掲載がない場合
  prefecture_kana TEXT NOT NULL,      -- [text] full width
  city_kana TEXT NOT NULL,            -- [text]
  town_kana TEXT NOT NULL,            -- [text]
  town_fold TEXT NOT NULL,            -- [text] folded city and town; derived
  note TEXT NOT NULL DEFAULT ''       -- [text] what the file says in brackets, e.g. 1〜3丁目
) STRICT;
CREATE INDEX postal_i ON postal (postal);
CREATE INDEX postal_fold_i ON postal (town_fold);
