-- When a line of the time line was written or last said something new, and by whom (F145). created_* stay those of its first writer.
ALTER TABLE timeline ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0; -- [ms]
ALTER TABLE timeline ADD COLUMN changed_by INTEGER NOT NULL DEFAULT 0; -- [int] account
UPDATE timeline SET changed_ms = created_ms, changed_by = created_by;
CREATE INDEX timeline_changed ON timeline (person_id, changed_ms);
