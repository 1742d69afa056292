-- 家族・関係者 of a client (F012): another person of the register or a contact, one of the two. Feeds the emergency list,
-- the genogram and the forms (利用者基本情報 emergency[1..4]). Class family.
CREATE TABLE relation (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  other_person_id INTEGER REFERENCES person(id), -- [int] the related person, if in the register
  contact_id INTEGER REFERENCES contact(id), -- [int] the related person, if not
  kind TEXT NOT NULL,                 -- [text] code list relation_kind: spouse child parent …
  label TEXT NOT NULL DEFAULT '',     -- [text] 続柄 as written, e.g. 長男の妻; empty = the label of kind
  living TEXT NOT NULL DEFAULT '',    -- [text] 同居 / 別居: together apart unknown
  is_key_person INTEGER NOT NULL DEFAULT 0, -- [bool] キーパーソン
  is_main_carer INTEGER NOT NULL DEFAULT 0, -- [bool] 主介護者
  emergency_order INTEGER,            -- [int] 緊急連絡先の順番 1–; NULL = none
  can_contact TEXT NOT NULL DEFAULT '', -- [text] 連絡してよい時間・方法
  from_on TEXT,                       -- [day] 関係の始まり, where it matters
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] 関係の終わり
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER,                 -- [ms] in the bin since; NULL = alive
  CHECK ((other_person_id IS NULL) <> (contact_id IS NULL))
) STRICT;
CREATE INDEX relation_person ON relation(person_id, emergency_order);
CREATE INDEX relation_contact ON relation(contact_id);
CREATE INDEX relation_other ON relation(other_person_id);
