-- 入院・入所: from the admission over the information given to the hospital to the discharge (基準13条18号, 入院時情報連携加算 R-FE-12,
-- 退院・退所加算 R-FE-13; F058). Evidence REC-HOSP. Class care; `reason` is shown only with the right to medical records.
CREATE TABLE hospital_stay (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  staff_id INTEGER,                   -- [int] 担当
  admitted_on TEXT NOT NULL, -- [day] 入院日
  admitted_time TEXT NOT NULL DEFAULT '', -- [text] 入院の時刻 HH:MM; "" = unknown
  after_hours INTEGER NOT NULL DEFAULT 0, -- [bool] 営業時間終了後または営業日以外の入院
  hospital_org_id INTEGER, -- [int] the hospital in the register
  hospital TEXT NOT NULL DEFAULT '', -- [text] 医療機関名
  ward TEXT NOT NULL DEFAULT '', -- [text] 棟・室
  reason TEXT NOT NULL DEFAULT '', -- [text] 入院原因疾患（入所目的等）
  told_on TEXT, -- [day] 医療機関に情報を提供した日; before admission is possible
  told_time TEXT NOT NULL DEFAULT '', -- [text] HH:MM
  told_how TEXT NOT NULL DEFAULT '', -- [text] code list hospital_told_how
  told_to TEXT NOT NULL DEFAULT '', -- [text] 相手（職名・氏名）
  received_on TEXT, -- [day] 病院から情報を受けた日 (the newest of discharge_record)
  received_how TEXT NOT NULL DEFAULT '', -- [text] conference hearing; "" = none
  discharge_planned_on TEXT, -- [day] 退院（所）予定日
  discharged_on TEXT, -- [day] 退院（所）日
  note TEXT NOT NULL DEFAULT '', -- [text] 備考
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX hospital_stay_person ON hospital_stay(person_id, admitted_on);
