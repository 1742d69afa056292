-- The one register of people. Source of items: forms-careplan §2.1, F007; three addresses (design §3).
-- cluster_id is the person's own id until a merge points it at another's; foreign keys never move (F009). It is the one
-- column written beside row_save: a merge is no edit of the record, so version and updated_* stay as they were.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  cluster_id INTEGER NOT NULL,        -- [int] person.id of the head of the cluster; 0 only between insert and first set
  is_unnamed INTEGER NOT NULL DEFAULT 0, -- [bool] 氏名不詳（匿名の相談を含む）
  name TEXT NOT NULL,                 -- [text] as registered, code points and IVS untouched
  kana TEXT NOT NULL DEFAULT '',      -- [text] reading in full-width katakana
  name_fold TEXT NOT NULL DEFAULT '', -- [text] folded; derived
  kana_fold TEXT NOT NULL DEFAULT '', -- [text] folded; derived; order of lists
  sex TEXT NOT NULL DEFAULT '',       -- [text] 1 男性, 2 女性, 9 その他・答えない, '' 未記入
  birth_on TEXT,                      -- [day] NULL = unknown or only partly known
  birth_text TEXT NOT NULL DEFAULT '', -- [text] what is known if birth_on is NULL, e.g. 昭和20年頃
  home_postal TEXT NOT NULL DEFAULT '', -- [text] 現住所（実際に住む所） 7 digits
  home_address TEXT NOT NULL DEFAULT '', -- [text]
  home_town_fold TEXT NOT NULL DEFAULT '', -- [text] folded city and town found in the address; derived
  registered_postal TEXT NOT NULL DEFAULT '', -- [text] 住民票の住所
  registered_address TEXT NOT NULL DEFAULT '', -- [text] '' = same as home
  registered_town_fold TEXT NOT NULL DEFAULT '', -- [text] derived
  card_postal TEXT NOT NULL DEFAULT '', -- [text] 被保険者証の住所
  card_address TEXT NOT NULL DEFAULT '', -- [text] '' = same as home
  card_town_fold TEXT NOT NULL DEFAULT '', -- [text] derived
  area_id INTEGER REFERENCES area(id), -- [int] 日常生活圏域
  elementary_area_id INTEGER REFERENCES area(id), -- [int] 小学校区
  junior_area_id INTEGER REFERENCES area(id), -- [int] 中学校区
  minsei_area_id INTEGER REFERENCES area(id), -- [int] 民生委員区
  district_area_id INTEGER REFERENCES area(id), -- [int] 地区
  is_area_manual INTEGER NOT NULL DEFAULT 0, -- [bool] areas were set by hand; the address no longer changes them
  phone TEXT NOT NULL DEFAULT '',     -- [text]
  mobile TEXT NOT NULL DEFAULT '',    -- [text]
  fax TEXT NOT NULL DEFAULT '',       -- [text]
  email TEXT NOT NULL DEFAULT '',     -- [text]
  household_no TEXT NOT NULL DEFAULT '', -- [text] 世帯番号
  lives_alone TEXT NOT NULL DEFAULT '', -- [text] 1 独居, 2 高齢者のみ世帯, 3 同居者あり, '' 未記入
  insurer_org_id INTEGER REFERENCES org(id), -- [int] the insurer at present; the certificate decides for judgements
  own_org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the organisation that registered the person
  death_on TEXT,                      -- [day]
  moved_out_on TEXT,                  -- [day] 転出日
  photo_sha TEXT NOT NULL DEFAULT '', -- [text] store/file of the photograph
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX person_cluster_i ON person (cluster_id);
CREATE INDEX person_kana_i ON person (kana_fold, id);
CREATE INDEX person_birth_i ON person (birth_on, id);
CREATE INDEX person_birth_list_i ON person ((COALESCE(birth_on, '9999-12-31')), id);
CREATE INDEX person_area_i ON person (area_id, kana_fold);
CREATE INDEX person_own_i ON person (own_org_id, kana_fold);
CREATE INDEX person_home_i ON person (home_town_fold, kana_fold);
CREATE INDEX person_household_i ON person (household_no) WHERE household_no <> '';
