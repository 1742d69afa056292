-- One act of an account on a picture, to be undone and redone while the account works on it (ux U24). Swept after a day.
CREATE TABLE drawing_step (
  id INTEGER PRIMARY KEY,             -- [id]
  account_id INTEGER NOT NULL,        -- [int] who did it; nobody else can undo it
  person_id INTEGER NOT NULL,         -- [int]
  drawing TEXT NOT NULL,              -- [text] genogram ecomap
  title TEXT NOT NULL,                -- [text] what was done, without names
  is_undone INTEGER NOT NULL DEFAULT 0, -- [bool]
  at_ms INTEGER NOT NULL              -- [ms]
) STRICT;
CREATE INDEX drawing_step_account ON drawing_step(account_id, person_id, drawing);
CREATE INDEX drawing_step_at ON drawing_step(at_ms);
