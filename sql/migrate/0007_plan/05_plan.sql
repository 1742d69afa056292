-- 計画: one row per version of a 居宅サービス計画 (kind home, 第1〜3表) or 介護予防サービス・支援計画 (kind prevention). version_no counts new
-- sheets, revision_no the 軽微な変更 on the same sheet (forms-careplan §3.0, §6.1). A plan with consent is never altered, only replaced
-- (F043): a change makes a new row with previous_id. Columns of both forms; the plan's kind says which are used. Class care.
CREATE TABLE plan (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation responsible (centre where the plan was commissioned)
  case_id INTEGER NOT NULL REFERENCES care_case(id), -- [int]
  staff_id INTEGER,                   -- [int] 計画作成者
  author_org_id INTEGER,              -- [int] the office that wrote it for the centre (原案委託); NULL = org_id
  kind TEXT NOT NULL,                 -- [text] home or prevention
  status TEXT NOT NULL,               -- [text] code list plan_status: draft（原案） explained（説明済） provisional（暫定・同意待ち） consented（同意済） delivered（交付済・確定） replaced（変更により終了） ended（終了） cancelled（取りやめ）
  version_no INTEGER NOT NULL,        -- [int]
  revision_no INTEGER NOT NULL,       -- [int] 0 = the sheet as first made
  previous_id INTEGER REFERENCES plan(id), -- [int] the version it replaces or grew from
  assessment_id INTEGER REFERENCES assessment(id), -- [int]
  change_kind TEXT NOT NULL DEFAULT '', -- [text] first（初回） full（通常の変更・更新） minor（軽微な変更）
  change_minor_code TEXT NOT NULL DEFAULT '', -- [text] code list plan_minor: minor_day … minor_cm (Vol.959 の9例)
  change_reason TEXT NOT NULL DEFAULT '', -- [text] 変更の理由・判断の理由
  change_judged_by INTEGER,           -- [int] staff who judged 軽微
  change_judged_on TEXT,              -- [day]
  change_agreed_on TEXT,              -- [day] 軽微な変更の説明と了解の日
  change_no_meeting TEXT NOT NULL DEFAULT '', -- [text] 会議を開かない理由
  is_provisional INTEGER NOT NULL DEFAULT 0, -- [bool] 暫定
  provisional_reason TEXT NOT NULL DEFAULT '', -- [text]
  provisional_until TEXT,             -- [day] 暫定の期限
  create_on TEXT NOT NULL,            -- [day] 作成年月日
  plan_on TEXT NOT NULL,              -- [day] 計画作成（変更）日
  first_plan_on TEXT,                 -- [day] 初回作成日
  from_on TEXT,                       -- [day] 計画期間
  to_on TEXT,                         -- [day]
  class_first INTEGER NOT NULL DEFAULT 0, -- [bool] 初回
  class_referred INTEGER NOT NULL DEFAULT 0, -- [bool] 紹介
  class_continued INTEGER NOT NULL DEFAULT 0, -- [bool] 継続
  cert_status TEXT NOT NULL DEFAULT '', -- [text] 1 申請中 / 2 認定済
  certification_id INTEGER,           -- [int]
  cert_on TEXT,                       -- [day] 認定日（申請中は申請日）
  cert_from_on TEXT,                  -- [day]
  cert_to_on TEXT,                    -- [day]
  level TEXT NOT NULL DEFAULT '',     -- [text] 要介護状態区分 (code of register/ranks)
  expected_level TEXT NOT NULL DEFAULT '', -- [text] 暫定のときの見込みの区分
  author_name TEXT NOT NULL DEFAULT '', -- [text] 計画作成者氏名 as printed
  wish_person TEXT NOT NULL DEFAULT '', -- [text] 第1表: 本人の意向
  wish_family TEXT NOT NULL DEFAULT '', -- [text] 第1表: 家族の意向
  analysis TEXT NOT NULL DEFAULT '',  -- [text] 第1表: 意向を踏まえた課題分析の結果
  committee_opinion TEXT NOT NULL DEFAULT '', -- [text] 介護認定審査会の意見及びサービスの種類の指定
  overall_policy TEXT NOT NULL DEFAULT '', -- [text] 総合的な援助の方針 / 予防: 総合的な方針
  emergency_policy TEXT NOT NULL DEFAULT '', -- [text] 緊急時の対応・連絡先（総合的な援助の方針に続けて印刷）
  life_support_reason TEXT NOT NULL DEFAULT '', -- [text] 生活援助中心型の算定理由 1 一人暮らし 2 家族等が障害、疾病等 3 その他
  life_support_other TEXT NOT NULL DEFAULT '', -- [text]
  other_services TEXT NOT NULL DEFAULT '', -- [text] 第3表: 週単位以外のサービス
  plan_kind TEXT NOT NULL DEFAULT '', -- [text] 予防: 1 介護予防支援 2 介護予防ケアマネジメント
  consignment TEXT NOT NULL DEFAULT '', -- [text] 予防: 1 自前 2 委託
  ref_no TEXT NOT NULL DEFAULT '',    -- [text] 予防: No.
  support_level TEXT NOT NULL DEFAULT '', -- [text] 予防: 1 要支援1 2 要支援2 3 地域支援事業
  author_center TEXT NOT NULL DEFAULT '', -- [text] 予防: 地域包括支援センター担当者名
  author_cm TEXT NOT NULL DEFAULT '', -- [text] 予防: 担当介護支援専門員名
  goal_day TEXT NOT NULL DEFAULT '',  -- [text] 目標とする生活（1日）
  goal_year TEXT NOT NULL DEFAULT '', -- [text] 目標とする生活（1年）
  health_notice TEXT NOT NULL DEFAULT '', -- [text] 健康状態について
  unmet_policy TEXT NOT NULL DEFAULT '', -- [text] 【本来行うべき支援が実施できない場合】妥当な支援の実施に向けた方針
  response_id INTEGER,                -- [int] 基本チェックリスト whose counts are printed
  prog_move TEXT NOT NULL DEFAULT '', -- [text] 必要な事業プログラム 1 要 2 否: 運動不足
  prog_eiyo TEXT NOT NULL DEFAULT '', -- [text] 栄養改善
  prog_oral TEXT NOT NULL DEFAULT '', -- [text] 口腔内ケア
  prog_tojikomori TEXT NOT NULL DEFAULT '', -- [text] 閉じこもり予防
  prog_mono TEXT NOT NULL DEFAULT '', -- [text] 物忘れ予防
  prog_utsu TEXT NOT NULL DEFAULT '', -- [text] うつ予防
  center_opinion TEXT NOT NULL DEFAULT '', -- [text] 地域包括支援センターの意見【確認印】
  center_checked_on TEXT,             -- [day] 確認した日
  center_checked_by INTEGER,          -- [int] staff
  explained_on TEXT,                  -- [day]
  explained_by_staff_id INTEGER,      -- [int]
  consented_on TEXT,                  -- [day]
  delivered_on TEXT,                  -- [day] every recipient has it
  ended_on TEXT,                      -- [day]
  end_reason TEXT NOT NULL DEFAULT '', -- [text]
  copied_untouched TEXT NOT NULL DEFAULT '', -- [text] codes of head columns copied and not yet touched, "|" between (F051)
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX plan_person ON plan(person_id, plan_on);
CREATE INDEX plan_org ON plan(org_id, status, to_on);
CREATE INDEX plan_case ON plan(case_id, version_no, revision_no);
CREATE INDEX plan_previous ON plan(previous_id);
