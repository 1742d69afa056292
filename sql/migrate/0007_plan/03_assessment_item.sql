-- One of the 23 standard items of an assessment (forms-careplan §4). 内容欄は必須にしない: state is what is required. Two people
-- on one assessment merge by item.
CREATE TABLE assessment_item (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  assessment_id INTEGER NOT NULL REFERENCES assessment(id), -- [int]
  code TEXT NOT NULL,                 -- [text] a01_basic … a23_other (code list assess_item)
  record_class INTEGER NOT NULL,      -- [int] class bit: care; medical for a10, family for a21
  state TEXT NOT NULL DEFAULT '',     -- [text] "" 未確認 / filled（記入済） / none（該当なし） / checking（確認中）
  fact TEXT NOT NULL DEFAULT '',      -- [text] 事実
  judgement TEXT NOT NULL DEFAULT '', -- [text] 見立て
  is_issue INTEGER NOT NULL DEFAULT 0, -- [bool] 課題に挙げる
  source TEXT NOT NULL DEFAULT '',    -- [text] codes of assess_source: person family doctor provider paper
  as_of TEXT,                         -- [day] 確認日
  icf TEXT NOT NULL DEFAULT '',       -- [text] ICF の区分 where it differs from the item's usual one: health body activity participation environment personal
  detail TEXT NOT NULL DEFAULT '{}',  -- [text] JSON: sub-item → code of its scale (P: self watch part full; S: ok trouble) or text; sub-items are data (code list assess_detail)
  is_untouched INTEGER NOT NULL DEFAULT 0, -- [bool] copied from the assessment before and not yet touched (F051)
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX assessment_item_code ON assessment_item(assessment_id, code) WHERE retired_ms IS NULL;
CREATE INDEX assessment_item_person ON assessment_item(person_id);
