-- 会議の構成員 chosen from the register (C-204): what is printed stands in org_name and name as it was written; these say who it is.
ALTER TABLE rehab_meeting_member ADD COLUMN member_org_id INTEGER; -- [int] the organisation in the register; NULL = as written
ALTER TABLE rehab_meeting_member ADD COLUMN relation_id INTEGER; -- [int] family or contact of the person (relation); NULL = none
