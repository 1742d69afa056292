-- 介護保険の被保険者資格, by generation (F010): numbers are text, because zeros lead and an H may (forms-careplan §7.4, §7.5).
-- Key of the outside world is (insurer_no, insured_no); it changes when a person moves, so it never is our key. Class care.
CREATE TABLE person_insurance (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  insurer_no TEXT NOT NULL,           -- [text] 保険者番号, 6 digits
  insured_no TEXT NOT NULL,           -- [text] 被保険者番号, 10 digits or H and 9 digits
  category TEXT NOT NULL,             -- [text] 1 = 第1号 2 = 第2号 h = 生活保護単独（みなし2号など）
  from_on TEXT NOT NULL,              -- [day] 資格の始まり（取得日）
  to_on TEXT NOT NULL DEFAULT '9999-12-31', -- [day] 資格の終わり（喪失日の前日）
  card_address INTEGER NOT NULL DEFAULT 0, -- [bool] 1 = the card shows another address than the home (住所地特例, 施設など); the address itself stands with the person
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                 -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX person_insurance_person ON person_insurance(person_id, from_on);
CREATE INDEX person_insurance_number ON person_insurance(insured_no, insurer_no);
