ALTER TABLE commission_event ADD COLUMN evaluation_id INTEGER; -- [int] the evaluation it speaks of
