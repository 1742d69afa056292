-- 事業所の記録: what an office writes down because the standards ask for it and no other record holds it (委員会・研修, 掲示, 苦情・事故,
-- 身体的拘束, 届出・通知, 求め・申出, 引継ぎ, 主治医の意見と指示 …; 居宅基準13〜29条, 予防基準30条). One table for all kinds: which fields a
-- kind has, how they are called and which evidence it writes stands in src/care/office_record.tbl.h. Of a person or of the office.
CREATE TABLE office_record (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER REFERENCES person(id), -- [int] NULL = of the office itself
  org_id INTEGER NOT NULL,            -- [int] whose record it is
  case_id INTEGER REFERENCES care_case(id), -- [int]
  record_class INTEGER NOT NULL,      -- [int] class bit: care or medical of a person, meeting of an office
  staff_id INTEGER,                   -- [int] 記録した職員
  kind TEXT NOT NULL,                 -- [text] kind of record (office_record.tbl.h)
  what TEXT NOT NULL DEFAULT '',      -- [text] code of the kind's own list
  on_day TEXT NOT NULL,               -- [day] the day it happened or was done
  partner TEXT NOT NULL DEFAULT '',   -- [text] 相手・参加した人
  content TEXT NOT NULL DEFAULT '',   -- [text] 内容
  handling TEXT NOT NULL DEFAULT '',  -- [text] 処置・理由
  state TEXT NOT NULL DEFAULT '',     -- [text] 心身の状況
  hours TEXT NOT NULL DEFAULT '',     -- [text] 時間
  doc_no TEXT NOT NULL DEFAULT '',    -- [text] 受理番号・版
  from_on TEXT,                       -- [day] first day of the period, of the order
  to_on TEXT,                         -- [day] last day
  other_on TEXT,                      -- [day] 知らせた日・退院の予定日・始まりの日・取り消した日
  is_yes INTEGER NOT NULL DEFAULT 0,  -- [bool] 同意・要件の確認・周知
  units INTEGER,                      -- [int] 単位
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX office_record_person ON office_record(person_id, on_day);
CREATE INDEX office_record_org ON office_record(org_id, on_day);
CREATE INDEX office_record_case ON office_record(case_id);
