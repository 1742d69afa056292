-- The duties of one organisation read its own evidence, not all rows of those kinds in the house (care/duty_office).
CREATE INDEX evidence_org ON evidence(org_id, code, on_day);
