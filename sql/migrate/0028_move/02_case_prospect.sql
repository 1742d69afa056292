-- 改善の見込み of a preventive case: each judgement is a row of its own with its day, who made it and why (C-211; seed 000 まとめ: 改善の見込みがある方
-- については再自立（リエイブルメント）を目指せるケアプランを作成する). The newest day holds; earlier ones stay. Class care.
CREATE TABLE case_prospect (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  case_id INTEGER NOT NULL REFERENCES care_case(id), -- [int] the preventive case it is about
  org_id INTEGER NOT NULL,            -- [int] the organisation that judged
  staff_id INTEGER,                   -- [int] who judged; NULL = an account without staff
  on_day TEXT NOT NULL,               -- [day] of the judgement
  prospect TEXT NOT NULL,             -- [text] code list case_prospect: likely keep watch
  reason TEXT NOT NULL DEFAULT '',    -- [text] why: what was seen, who advised
  aim TEXT NOT NULL DEFAULT '',       -- [text] what the person wants to do again by himself
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX case_prospect_case ON case_prospect(case_id, on_day);
CREATE INDEX case_prospect_person ON case_prospect(person_id);
