-- One time a survey is asked (第1四半期 …): the period it speaks of, when it is asked, until when it may be answered (C-173).
-- small: a few rounds of a survey
CREATE TABLE survey_round (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  survey_id INTEGER NOT NULL REFERENCES survey(id), -- [int]
  no INTEGER NOT NULL,                -- [int] order of the rounds
  name TEXT NOT NULL,                 -- [text] 第1四半期
  form_id INTEGER NOT NULL REFERENCES survey_form(id), -- [int] the questions of this round
  period_from TEXT NOT NULL,          -- [day] the period asked about, first day
  period_to TEXT NOT NULL,            -- [day] last day; may lie after the request
  opens_on TEXT NOT NULL,             -- [day] 依頼の日: from this day it can be answered
  closes_on TEXT NOT NULL,            -- [day] 締切, last day for answers
  remind_days TEXT NOT NULL DEFAULT '7,2', -- [text] reminders, days before closes_on, with commas
  closed_on TEXT,                     -- [day] closed by hand before its time; NULL = by closes_on
  is_outside INTEGER NOT NULL DEFAULT 0, -- [bool] answered on another host (serve --outside); its files go to and fro
  reminded_on TEXT,                   -- [day] the last day reminders went out
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE INDEX survey_round_survey ON survey_round(survey_id, no);
