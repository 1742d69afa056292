-- 主治医・歯科医師・薬剤師への情報提供 (基準13条13号の2, 予防基準30条14号の2; R-CM-13-13-2; F059; form jushin-joho, kind view). A received
-- information waits until it is sent or judged not needed. Evidence REC-MEDINFO. Class medical.
CREATE TABLE doctor_info (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  staff_id INTEGER,                   -- [int] 担当
  state TEXT NOT NULL DEFAULT '', -- [text] received sent not_needed
  to_kind TEXT NOT NULL DEFAULT '', -- [text] code list doctor_kind
  to_org_id INTEGER, -- [int] the recipient in the register
  from_office TEXT NOT NULL DEFAULT '', -- [text] 情報を受けた事業所・人
  received_on TEXT, -- [day] 情報を受けた日
  consent_topic TEXT NOT NULL DEFAULT '', -- [text] 同意の範囲: topics agreed to, | between
  consent_how TEXT NOT NULL DEFAULT '', -- [text] code list consent_record_how
  sent_on TEXT, -- [day] 提供した日
  sent_how TEXT NOT NULL DEFAULT '', -- [text] code list hospital_told_how
  not_needed TEXT NOT NULL DEFAULT '', -- [text] 提供しないと判断した理由
  to_office TEXT NOT NULL DEFAULT '', -- [text] 医療機関・薬局
  to_name TEXT NOT NULL DEFAULT '', -- [text] 医師・歯科医師・薬剤師
  to_fax TEXT NOT NULL DEFAULT '', -- [text] FAX番号
  made_on TEXT, -- [day] 作成年月日
  consent_on TEXT, -- [day] 本人の同意を得た日
  consent_by TEXT NOT NULL DEFAULT '', -- [text] 同意した人
  topic TEXT NOT NULL DEFAULT '', -- [text] 伝える内容 (codes, | between)
  observed TEXT NOT NULL DEFAULT '', -- [text] 気づいた人・事業所と日
  medication TEXT NOT NULL DEFAULT '', -- [text] 服薬の状況
  oral TEXT NOT NULL DEFAULT '', -- [text] 口腔の状況
  condition TEXT NOT NULL DEFAULT '', -- [text] 心身の状態
  life TEXT NOT NULL DEFAULT '', -- [text] 生活の状況・利用しているサービス
  question TEXT NOT NULL DEFAULT '', -- [text] ご相談・お尋ねしたいこと
  answer_wanted INTEGER, -- [int] 回答を希望する: 1 yes, 0 no
  due_on TEXT, -- [day] 回答を希望する日
  reply_by TEXT NOT NULL DEFAULT '', -- [text] 回答の方法 (codes, | between)
  reply TEXT NOT NULL DEFAULT '', -- [text] ご回答
  replied_on TEXT, -- [day] 回答年月日
  replied_by TEXT NOT NULL DEFAULT '', -- [text] 回答者
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX doctor_info_person ON doctor_info(person_id, received_on);
