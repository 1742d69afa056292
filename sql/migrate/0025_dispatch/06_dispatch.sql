-- One chain of joint work with a rehabilitation professional: informal question, request, visit or conference (C-194, C-195, C-197). Within
-- the programme or outside. Names nobody: the case is told masked (case_label); whose it is stands in dispatch_case, under consent alone.
-- Class statistics: of the centre, the insurer and the coordinating body; the therapist's organisation by its offer.
-- small: some hundred a year in a large city
CREATE TABLE dispatch (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the centre
  insurer_org_id INTEGER NOT NULL REFERENCES org(id), -- [int] whose programme it is
  staff_id INTEGER REFERENCES staff(id), -- [int] who asks, at the centre
  state TEXT NOT NULL,                -- [text] code list dispatch_state: inquiry requested offered accepted held done cancelled
  in_programme INTEGER NOT NULL,      -- [bool] 派遣事業の活用あり
  inquiry_on TEXT,                    -- [day] 電話・メールなどで問い合わせた日; NULL = no informal question
  inquiry_how TEXT NOT NULL DEFAULT '', -- [text] code list dispatch_how
  inquiry_text TEXT NOT NULL DEFAULT '', -- [text] 聞きたいこと
  inquiry_answer TEXT NOT NULL DEFAULT '', -- [text] 返事
  answered_on TEXT,                   -- [day] 返事をした日
  requested_on TEXT,                  -- [day] 依頼した日; NULL = an inquiry alone, or joint work without a request
  occasion TEXT NOT NULL DEFAULT '',  -- [text] code list dispatch_occasion: case_conf visit other
  conference TEXT NOT NULL DEFAULT '', -- [text] code list dispatch_conference, for case_conf and other: which meeting it is
  timings TEXT NOT NULL DEFAULT '',   -- [text] code list dispatch_timing, | between
  timing_note TEXT NOT NULL DEFAULT '', -- [text] その他の時期
  reasons TEXT NOT NULL DEFAULT '',   -- [text] code list dispatch_reason, | between
  reason_note TEXT NOT NULL DEFAULT '', -- [text] その他の理由
  case_label TEXT NOT NULL DEFAULT '', -- [text] the case without a name: 80代女性・要支援2
  area_id INTEGER REFERENCES area(id), -- [int] where the visit or conference is; NULL = anywhere
  profession TEXT NOT NULL DEFAULT '', -- [text] pt ot st wished; '' = any
  urgency TEXT NOT NULL DEFAULT '',   -- [text] code list dispatch_urgency
  wished_days TEXT NOT NULL DEFAULT '', -- [text] ISO days, | between
  wish TEXT NOT NULL DEFAULT '',      -- [text] what is wished of the professional
  partner_kind TEXT NOT NULL DEFAULT '', -- [text] outside the programme: code list dispatch_partner
  partner TEXT NOT NULL DEFAULT '',   -- [text] outside the programme: name of the body
  rehab_org_id INTEGER REFERENCES org(id), -- [int] the therapist's organisation, from acceptance on
  therapist_id INTEGER REFERENCES dispatch_therapist(id), -- [int] who goes, from acceptance on
  planned_on TEXT,                    -- [day] agreed day
  planned_from TEXT NOT NULL DEFAULT '', -- [text] 14:00
  planned_to TEXT NOT NULL DEFAULT '', -- [text] 15:00
  place TEXT NOT NULL DEFAULT '',     -- [text] where to meet; no home address of the client
  held_on TEXT,                       -- [day] 訪問・会議をした日: the day that counts in every figure
  minutes INTEGER,                    -- [int] minutes it took
  held_note TEXT NOT NULL DEFAULT '', -- [text]
  fee_yen INTEGER,                    -- [int] yen, frozen when it was held; NULL = no fee
  ended_on TEXT,                      -- [day] done or cancelled on
  end_reason TEXT NOT NULL DEFAULT '', -- [text] why it was cancelled, or ended without a follow-up
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_org ON dispatch(org_id, state);
CREATE INDEX dispatch_held ON dispatch(insurer_org_id, held_on);
CREATE INDEX dispatch_state ON dispatch(insurer_org_id, state);
CREATE INDEX dispatch_therapist_i ON dispatch(therapist_id, planned_on);
CREATE INDEX dispatch_rehab ON dispatch(rehab_org_id, held_on);
