-- A target asked in a round. Its pid is the seat of the outside front (front_seat.key). Says of an anonymous round only that and how it
-- was asked, never when or what it answered.
CREATE TABLE survey_invitation (
  id INTEGER PRIMARY KEY,             -- [id]
  pid TEXT NOT NULL UNIQUE,           -- [pid] public id
  version INTEGER NOT NULL,           -- [version] grows by one with each save
  round_id INTEGER NOT NULL REFERENCES survey_round(id), -- [int]
  target_id INTEGER NOT NULL REFERENCES survey_target(id), -- [int]
  serial INTEGER NOT NULL,            -- [int] 受付番号 within the round, printed on letters
  way TEXT NOT NULL DEFAULT 'mail',   -- [text] how it is asked: mail letter other
  state TEXT NOT NULL DEFAULT 'waiting', -- [text] waiting sent bounced declined
  sent_on TEXT,                       -- [day] the first request went out
  bounce TEXT NOT NULL DEFAULT '',    -- [text] why the mail came back
  reminders INTEGER NOT NULL DEFAULT 0, -- [int] how many went out
  reminded_on TEXT,                   -- [day] the last reminder; never set in anonymous rounds
  told_on TEXT,                       -- [day] results and 変えること were sent
  links INTEGER NOT NULL DEFAULT 0,   -- [int] how many links were made; only the last one works
  note TEXT NOT NULL DEFAULT '',      -- [text]
  created_ms INTEGER NOT NULL,        -- [ms]
  created_by INTEGER NOT NULL,        -- [int] account
  updated_ms INTEGER NOT NULL,        -- [ms]
  updated_by INTEGER NOT NULL,        -- [int] account
  retired_ms INTEGER                  -- [ms] in the bin since; NULL = alive
) STRICT;
CREATE UNIQUE INDEX survey_invitation_target ON survey_invitation(round_id, target_id);
CREATE UNIQUE INDEX survey_invitation_serial ON survey_invitation(round_id, serial);
CREATE INDEX survey_invitation_of ON survey_invitation(target_id);
