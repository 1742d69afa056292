-- As for the evidence: the certifications of a person lie together, with all that the duties ask of them.
CREATE INDEX certification_read ON certification (person_id, applied_on, id, retired_ms, pid, status, apply_kind, level, decided_on, from_on, to_on, disease_code);
