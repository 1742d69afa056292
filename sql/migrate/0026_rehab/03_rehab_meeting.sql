-- リハビリテーション会議: called, held, closed, taken over by the care manager (C-204, C-206; 別紙様式2-3). Class care.
CREATE TABLE rehab_meeting (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  org_id INTEGER NOT NULL,            -- [int] the organisation that holds it
  staff_id INTEGER,                   -- [int] who wrote it
  goal_id INTEGER REFERENCES rehab_goal(id), -- [int] the service it is about; NULL = none
  kind TEXT NOT NULL,                 -- [text] code list rehab_meeting_kind: plan review end
  status TEXT NOT NULL,               -- [text] open（記録中） closed（確定）
  held_on TEXT,                       -- [day] 開催日; a planned day while it is open
  held_from TEXT NOT NULL DEFAULT '', -- [text] 14:00
  held_to TEXT NOT NULL DEFAULT '',   -- [text]
  held_no INTEGER,                    -- [int] 開催回数: counted when it is closed
  place TEXT NOT NULL DEFAULT '',     -- [text] 開催場所
  is_online INTEGER NOT NULL DEFAULT 0, -- [bool] テレビ電話等で開いた
  policy TEXT NOT NULL DEFAULT '',    -- [text] リハビリテーションの支援方針（サービス提供終了後の生活に関する事項を含む）
  content TEXT NOT NULL DEFAULT '',   -- [text] リハビリテーションの内容
  coordination TEXT NOT NULL DEFAULT '', -- [text] 各サービス間の協働の内容
  next_plan TEXT NOT NULL DEFAULT '', -- [text] 次回の開催予定と検討事項
  next_places TEXT NOT NULL DEFAULT '', -- [text] 次の場, code list rehab_next_place, | between
  next_note TEXT NOT NULL DEFAULT '', -- [text] name of the next place
  handover TEXT NOT NULL DEFAULT '',  -- [text] ケアプランへの引き継ぎ
  closed_on TEXT,                     -- [day]
  closed_by INTEGER,                  -- [int] account
  taken_on TEXT,                      -- [day] the care manager has taken it over into the plan
  taken_by INTEGER,                   -- [int] account
  taken_note TEXT NOT NULL DEFAULT '', -- [text] how
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX rehab_meeting_person ON rehab_meeting(person_id, held_on);
CREATE INDEX rehab_meeting_goal ON rehab_meeting(goal_id);
