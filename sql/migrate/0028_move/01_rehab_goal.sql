-- How a course ended and where the person went on (C-207). Said when the end is recorded; figures of moves count these rows.
ALTER TABLE rehab_goal ADD COLUMN ended_how TEXT NOT NULL DEFAULT ''; -- [text] code list rehab_ended: done term stop hospital facility death moved other; '' = not said
ALTER TABLE rehab_goal ADD COLUMN next_places TEXT NOT NULL DEFAULT ''; -- [text] 次の場, code list rehab_next_place, | between; '' = not recorded
ALTER TABLE rehab_goal ADD COLUMN next_note TEXT NOT NULL DEFAULT ''; -- [text] name of the next place
ALTER TABLE rehab_goal ADD COLUMN next_seen_on TEXT; -- [day] when it was made sure that the person goes there; NULL = not yet
