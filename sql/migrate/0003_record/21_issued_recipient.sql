-- To whom an issued document went (REC-DELIV: 交付日、相手、版).
CREATE TABLE issued_recipient (
  id INTEGER PRIMARY KEY,             -- [id]
  issued_id INTEGER NOT NULL REFERENCES issued_doc(id), -- [int]
  kind TEXT NOT NULL,                 -- [text] self（利用者） family（家族） office（担当者・事業所） doctor（主治医） insurer（保険者） other
  name TEXT NOT NULL,                 -- [text] 相手の氏名・名称
  org_id INTEGER,                     -- [int] organisation, where it is in the register
  how TEXT NOT NULL,                  -- [text] hand（手渡し） post（郵送） fax（FAX） electronic（電磁的方法）
  on_day TEXT NOT NULL,               -- [day] 交付日
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL         -- [int] account
) STRICT;
CREATE INDEX issued_recipient_issued ON issued_recipient(issued_id);
