-- リハビリの目標と終わり: since when the first day of the service is known here (C-208). What was due before nobody could have been told of.
ALTER TABLE rehab_goal ADD COLUMN known_on TEXT; -- [day] the day on which the present first day was recorded; NULL = with the row (created_ms)
