-- F124: an office may ask for the approval of every plan before it is explained.
ALTER TABLE org ADD COLUMN wants_approval INTEGER NOT NULL DEFAULT 0; -- [bool] a plan is explained and agreed to only after somebody else has approved it
