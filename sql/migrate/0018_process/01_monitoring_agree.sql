-- The agreement to a テレビ電話 is that of a meeting (R-CM-13-14-tvcond): its record, no longer a typed day alone.
ALTER TABLE monitoring ADD COLUMN agree_meeting_id INTEGER; -- [int] care_meeting in which it was agreed; NULL = an older record with a typed day
