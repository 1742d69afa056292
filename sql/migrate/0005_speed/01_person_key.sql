-- The cluster stands in the key too, so that a search asks the grants without touching the person's own row: most keys of a
-- common name belong to people whom the reader may not see (docs/decisions/009-lists-and-counts.md).
ALTER TABLE person_key ADD COLUMN cluster_id INTEGER NOT NULL DEFAULT 0; -- [int] person.cluster_id, follows each merge
UPDATE person_key SET cluster_id = (SELECT p.cluster_id FROM person p WHERE p.id = person_key.person_id);
DROP INDEX person_key_i;
CREATE INDEX person_key_i ON person_key (kind, key, person_id, cluster_id);
