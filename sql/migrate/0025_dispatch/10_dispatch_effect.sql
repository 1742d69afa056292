-- 連携の効果 in four levels, of one dispatch or of the quarter of a centre (C-199). Class statistics.
-- small: some hundred a year in a large city
CREATE TABLE dispatch_effect (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] the centre
  insurer_org_id INTEGER NOT NULL REFERENCES org(id), -- [int]
  dispatch_id INTEGER REFERENCES dispatch(id), -- [int] NULL = of the quarter
  quarter_on TEXT NOT NULL,           -- [day] first day of the quarter: 1 Apr, 1 Jul, 1 Oct, 1 Jan
  rating TEXT NOT NULL,               -- [text] code list dispatch_effect: very good neither none
  aspects TEXT NOT NULL DEFAULT '',   -- [text] code list dispatch_aspect, | between
  comment TEXT NOT NULL DEFAULT '',   -- [text] 意見（自由記載）
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX dispatch_effect_org ON dispatch_effect(org_id, quarter_on);
CREATE INDEX dispatch_effect_insurer ON dispatch_effect(insurer_org_id, quarter_on);
CREATE INDEX dispatch_effect_dispatch ON dispatch_effect(dispatch_id);
