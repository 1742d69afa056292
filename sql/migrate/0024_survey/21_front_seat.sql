-- A seat of a round: whom a link is for. Of an anonymous round only whether the link has been used; no time, no history, no audit.
CREATE TABLE front_seat (
  id INTEGER PRIMARY KEY,             -- [id]
  round_id INTEGER NOT NULL REFERENCES front_round(id), -- [int]
  key TEXT NOT NULL UNIQUE,           -- [text] public id of survey_invitation
  serial INTEGER NOT NULL,            -- [int] 受付番号
  label TEXT NOT NULL DEFAULT '',     -- [text] whose seat it is; empty in anonymous rounds
  prefill TEXT NOT NULL DEFAULT '',   -- [text] JSON of form/answer; empty in anonymous rounds
  is_opened INTEGER NOT NULL DEFAULT 0, -- [bool] the page was opened (named rounds)
  is_spent INTEGER NOT NULL DEFAULT 0, -- [bool] answered (anonymous rounds)
  is_revoked INTEGER NOT NULL DEFAULT 0 -- [bool] taken back
) STRICT;
CREATE INDEX front_seat_round ON front_seat(round_id);
