-- How far an account has read the time line of a person's record (F145; decision 012): one row for each record of the cluster, so that
-- a merge and its undoing need nothing. A mark beside the records: no history, not in the audit chain, only its owner ever sees it.
CREATE TABLE person_seen (
  id INTEGER PRIMARY KEY,             -- [id]
  account_id INTEGER NOT NULL,        -- [int]
  person_id INTEGER NOT NULL REFERENCES person(id), -- [int]
  seen_ms INTEGER NOT NULL            -- [ms] timeline.changed_ms of the newest line read; 0 = there was none
) STRICT;
CREATE UNIQUE INDEX person_seen_i ON person_seen (account_id, person_id);
