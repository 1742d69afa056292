-- 利用者基本情報: what the form asks and the register does not hold. Key of the data exchange: insurer + insured number +
-- 相談日 (S1), so one row per person and 相談日.
CREATE TABLE basic_info (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL,         -- [int]
  org_id INTEGER NOT NULL,            -- [int]
  consult_on TEXT NOT NULL,           -- [day] 相談日
  plan_kind TEXT NOT NULL DEFAULT '', -- [text] 1:介護予防支援 2:介護予防ケアマネジメント (S1)
  consignment TEXT NOT NULL DEFAULT '', -- [text] 1:自前 2:委託 (S1)
  author_staff_id INTEGER,            -- [int] 作成担当者
  author_name TEXT NOT NULL DEFAULT '', -- [text] 作成担当者名 as printed
  consult_method TEXT NOT NULL DEFAULT '', -- [text] 01:来所 02:電話 03:その他
  consult_method_other TEXT NOT NULL DEFAULT '', -- [text]
  consult_count TEXT NOT NULL DEFAULT '', -- [text] 01:初回 02:再来
  prev_consult_on TEXT,               -- [day] 前回相談日
  current_place TEXT NOT NULL DEFAULT '', -- [text] 01:在宅 02:入院又は入所中
  current_place_note TEXT NOT NULL DEFAULT '', -- [text] 病院・施設名
  dis_note TEXT NOT NULL DEFAULT '',  -- [text] 障害等認定特記事項
  housing_type TEXT NOT NULL DEFAULT '', -- [text] 01–08 (S1)
  room_floor INTEGER,                 -- [int] 自室の階数
  home_modification TEXT NOT NULL DEFAULT '', -- [text] 1:有 2:無
  econ_kokumin INTEGER NOT NULL DEFAULT 0, -- [bool] 国民年金
  econ_kosei INTEGER NOT NULL DEFAULT 0, -- [bool] 厚生年金
  econ_shogai INTEGER NOT NULL DEFAULT 0, -- [bool] 障害年金
  econ_seiho INTEGER NOT NULL DEFAULT 0, -- [bool] 生活保護
  econ_note TEXT NOT NULL DEFAULT '', -- [text] 経済状況詳細
  visitor_name TEXT NOT NULL DEFAULT '', -- [text] 来所者（相談者）
  visitor_address TEXT NOT NULL DEFAULT '', -- [text]
  visitor_phone TEXT NOT NULL DEFAULT '', -- [text]
  visitor_relation TEXT NOT NULL DEFAULT '', -- [text] 続柄
  family_note TEXT NOT NULL DEFAULT '', -- [text] 家族関係等の状況
  life_history TEXT NOT NULL DEFAULT '', -- [text] 今までの生活
  day_overview TEXT NOT NULL DEFAULT '', -- [text] 現在の生活状況／1日の生活・すごし方
  day_schedule TEXT NOT NULL DEFAULT '[]', -- [text] JSON rows {when, self, carer}: タイムスケジュール（別表1）
  hobby TEXT NOT NULL DEFAULT '',     -- [text] 趣味・楽しみ・特技
  relation TEXT NOT NULL DEFAULT '',  -- [text] 友人・地域との関係
  svc_public TEXT NOT NULL DEFAULT '', -- [text] 公的サービス
  svc_informal TEXT NOT NULL DEFAULT '', -- [text] 非公的サービス
  consent_on TEXT,                    -- [day] 同意日
  consent_name TEXT NOT NULL DEFAULT '', -- [text] 同意者氏名
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX basic_info_day ON basic_info(person_id, consult_on) WHERE retired_ms IS NULL;
CREATE INDEX basic_info_person ON basic_info(person_id, consult_on);
