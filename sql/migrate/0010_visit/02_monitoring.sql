-- モニタリング記録: one interview with its result (forms-careplan §5.1; 居宅基準13条13・14号, 予防基準30条16号; REC-MON, REC-TVOK, REC-EXC).
-- Services and goals of the plan stand in monitoring_service and monitoring_goal. Class care.
CREATE TABLE monitoring (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation responsible (that of the plan)
  case_id INTEGER NOT NULL REFERENCES care_case(id), -- [int]
  plan_id INTEGER NOT NULL REFERENCES plan(id), -- [int] the plan it looks at
  staff_id INTEGER,                   -- [int] 実施者
  author_name TEXT NOT NULL DEFAULT '', -- [text] 実施者 as printed
  kind TEXT NOT NULL,                 -- [text] code list case_kind
  mon_on TEXT NOT NULL,               -- [day] 実施日
  mon_from INTEGER,                   -- [int] minutes of the day
  mon_to INTEGER,                     -- [int] minutes of the day
  mon_ym TEXT NOT NULL,               -- [text] 対象月 YYYY-MM
  method TEXT NOT NULL,               -- [text] code list mon_method: visit（居宅訪問） video（テレビ電話） other（特段の事情）
  special_code TEXT NOT NULL DEFAULT '', -- [text] code list mon_special
  special_reason TEXT NOT NULL DEFAULT '', -- [text] 特段の事情の内容
  special_to_on TEXT,                 -- [day] 特段の事情が続く見込みの日
  place TEXT NOT NULL DEFAULT '',     -- [text] 場所
  interviewee TEXT NOT NULL DEFAULT '', -- [text] codes of mon_interviewee, "|" between
  interviewee_note TEXT NOT NULL DEFAULT '', -- [text] 本人に会えない理由など
  consent_on TEXT,                    -- [day] テレビ電話: 文書で同意した日
  consent_text TEXT NOT NULL DEFAULT '', -- [text] 同意した文書の名前
  agree_on TEXT,                      -- [day] テレビ電話: 会議などで合意した日
  agree_text TEXT NOT NULL DEFAULT '', -- [text] 合意した会議・参加者
  is_stable INTEGER NOT NULL DEFAULT 0, -- [bool] 合意: 状態が安定している
  is_able INTEGER NOT NULL DEFAULT 0, -- [bool] 合意: テレビ電話で意思疎通できる
  is_informed INTEGER NOT NULL DEFAULT 0, -- [bool] 合意: 画面で分からない情報を担当者から得る
  user_wish TEXT NOT NULL DEFAULT '', -- [text] 利用者の意向・満足度
  family_wish TEXT NOT NULL DEFAULT '', -- [text] 家族の意向・満足度
  condition TEXT NOT NULL DEFAULT '', -- [text] 心身の状態・生活の変化
  is_changed INTEGER NOT NULL DEFAULT 0, -- [bool] 状況に著しい変化がある（R-YB-30-16-must）
  new_issue TEXT NOT NULL DEFAULT '', -- [text] 1 有 / 2 無
  new_issue_text TEXT NOT NULL DEFAULT '', -- [text]
  plan_change TEXT NOT NULL DEFAULT '', -- [text] code list mon_plan_change: none minor full
  plan_change_reason TEXT NOT NULL DEFAULT '', -- [text]
  wants_assess INTEGER NOT NULL DEFAULT 0, -- [bool] 再アセスメントが必要
  next_on TEXT,                       -- [day] 次回予定
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX monitoring_person ON monitoring(person_id, mon_on);
CREATE INDEX monitoring_org ON monitoring(org_id, mon_on);
CREATE INDEX monitoring_case ON monitoring(case_id, mon_on);
CREATE INDEX monitoring_plan ON monitoring(plan_id);
CREATE INDEX monitoring_staff ON monitoring(staff_id, next_on);
