-- F124: an office may ask for the approval of every end of a case.
ALTER TABLE org ADD COLUMN wants_close_approval INTEGER NOT NULL DEFAULT 0; -- [bool] a case is ended only after somebody else has approved it
