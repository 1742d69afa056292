-- The duties read all evidence of a person at once, of an office or of everybody. In the table it stands in the order in which it was written, one
-- person's rows far from each other; here it lies together, with all that is asked of it.
-- [sqlite] PostgreSQL keeps evidence_person alone: a key there holds no more than 2,704 bytes, a written ground may be longer.
CREATE INDEX evidence_read ON evidence (person_id, on_day, id, is_hidden, org_id, record_class, code, recorded_ms, table_name, row_id, body);
