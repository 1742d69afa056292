-- 調査 (community-process §3.7): what is asked of whom. Its questions are rows (survey_question) until they are published as a form
-- (survey_form); a named survey ties answers to targets, an anonymous one never does. Which of the two it is cannot change once a round has begun.
-- small: a few surveys a year
CREATE TABLE survey (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  org_id INTEGER NOT NULL REFERENCES org(id), -- [int] whose survey it is
  title TEXT NOT NULL,                -- [text] 調査名
  purpose TEXT NOT NULL DEFAULT '',   -- [text] 調査目的
  unit TEXT NOT NULL,                 -- [text] what is asked: centre office care_manager person other (region/survey_units.tbl.h)
  target_words TEXT NOT NULL DEFAULT '', -- [text] 調査対象, as printed
  frame_words TEXT NOT NULL DEFAULT '', -- [text] what the frame counts (支所を含むか など)
  frame_on TEXT,                      -- [day] day of the list the frame was taken from
  is_anonymous INTEGER NOT NULL DEFAULT 0, -- [bool] 無記名: answers are kept apart from invitations
  prefill TEXT NOT NULL DEFAULT '',   -- [text] records that fill answers in advance: dispatch or nothing
  small_cell INTEGER NOT NULL DEFAULT 3, -- [int] numbers below it are hidden outside the owner
  greeting TEXT NOT NULL DEFAULT '',  -- [text] 依頼文, above the questions, in mails and letters
  contact TEXT NOT NULL DEFAULT '',   -- [text] 問い合わせ先
  period_from TEXT,                   -- [day] 調査期間, first day
  period_to TEXT,                     -- [day] 調査期間, last day
  template TEXT NOT NULL DEFAULT '',  -- [text] id of the shipped template it was made from
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_org ON survey(org_id);
