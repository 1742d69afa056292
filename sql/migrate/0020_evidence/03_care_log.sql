-- 支援経過: what the duties ask of an entry beyond its words (HOUSE-CONTACT, HOUSE-HEARING, HOUSE-INFO-IN).
ALTER TABLE care_log ADD COLUMN about TEXT NOT NULL DEFAULT ''; -- [text] codes of care_log_about, "|" between: facility disability …
ALTER TABLE care_log ADD COLUMN office TEXT NOT NULL DEFAULT ''; -- [text] 事業所: as in the plan (plan_service.office), whose report or information it is
ALTER TABLE care_log ADD COLUMN info_kind TEXT NOT NULL DEFAULT ''; -- [text] code list care_log_info: what was received of the client's state
