-- A device in a client's hands answers nothing but the page it was handed over with (access/session, decision 021).
ALTER TABLE session ADD COLUMN handed TEXT NOT NULL DEFAULT ''; -- [text] the requests it may make, a line each: GET /path; '' = not handed over
