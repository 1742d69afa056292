-- Statements of store/: revisions, conflicts, schema.

-- name: revision_add :exec
-- doc: one version of a row
-- in: table_name text, row_id int, version int, action text, reason text, body text
INSERT INTO revision (table_name, row_id, version, at_ms, account_id, action, reason, body)
VALUES (:table_name, :row_id, :version, :@now, :@account, :action, :reason, :body)
;

-- name: revision_body :opt
-- doc: the row as it was in one version; the caller has gated the record
-- in: table_name text, row_id int, version int
-- out: body text, at_ms ms, account_id int
SELECT body, at_ms, account_id FROM revision
WHERE table_name = :table_name AND row_id = :row_id AND version = :version
;

-- name: revision_body_at :opt
-- doc: the row as it was known at an instant
-- in: table_name text, row_id int, known_ms ms
-- out: body text, version int
SELECT body, version FROM revision
WHERE table_name = :table_name AND row_id = :row_id AND at_ms <= :known_ms
ORDER BY version DESC
LIMIT 1
;

-- name: revision_list :many
-- doc: the versions of one row, newest first
-- in: table_name text, row_id int
-- out: version int, at_ms ms, account_id int, action text, reason text
SELECT version, at_ms, account_id, action, reason FROM revision
WHERE table_name = :table_name AND row_id = :row_id
ORDER BY version DESC
;

-- name: conflict_text_add :exec
-- in: pid text, table_name text, row_id int, base_version int, theirs_version int, mine text, fields text
INSERT INTO conflict_text (pid, table_name, row_id, base_version, theirs_version, account_id, at_ms, mine, fields)
VALUES (:pid, :table_name, :row_id, :base_version, :theirs_version, :@account, :@now, :mine, :fields)
;

-- name: conflict_text_get :opt
-- doc: one's own text of a conflict
-- in: pid text
-- out: table_name text, row_id int, base_version int, theirs_version int, at_ms ms, mine text, fields text
SELECT table_name, row_id, base_version, theirs_version, at_ms, mine, fields FROM conflict_text
WHERE pid = :pid AND account_id = :@account
;

-- name: conflict_text_list :many
-- doc: one's own texts that lost, newest first
-- in: limit int
-- out: pid text, table_name text, row_id int, at_ms ms, fields text
SELECT pid, table_name, row_id, at_ms, fields FROM conflict_text
WHERE account_id = :@account
ORDER BY at_ms DESC
LIMIT :limit
;

-- name: conflict_text_expire :exec
-- doc: texts older than the given instant
-- in: before_ms ms
DELETE FROM conflict_text WHERE at_ms < :before_ms
;

-- name: schema_version_list :many
-- out: name text, sha256 text, applied_ms ms, program text
SELECT name, sha256, applied_ms, program FROM schema_version ORDER BY name
;

-- name: schema_version_add :exec
-- in: name text, sha256 text, program text
INSERT INTO schema_version (name, sha256, applied_ms, program) VALUES (:name, :sha256, :@now, :program)
;

-- name: stored_file_uses :one
-- doc: how many records hold these bytes; counts alone, so that bytes in use are never removed
-- in: sha256 text
-- out: files int, jobs int
-- unscoped: nothing but a count of holders leaves, and only the file store asks
SELECT (SELECT count(*) FROM stored_file f WHERE f.sha256 = :sha256), (SELECT count(*) FROM job j WHERE j.result_sha256 = :sha256)
;

-- name: stored_file_list :many
-- doc: the files of one record that one may see
-- in: owner_table text, owner_id int
-- out: id int, pid text, sha256 text, size int, type text, name text, record_class int, created_ms ms, created_by int
SELECT f.id, f.pid, f.sha256, f.size, f.type, f.name, f.record_class, f.created_ms, f.created_by FROM stored_file f
WHERE f.owner_table = :owner_table AND f.owner_id = :owner_id AND f.retired_ms IS NULL
AND ({{scope_row f.record_class f.person_id}} OR (f.person_id IS NULL AND f.org_id = :@org))
ORDER BY f.id
;

-- name: stored_file_check :each
-- doc: every stored file, for the damage check and the backup
-- out: id int, sha256 text, size int
-- unscoped: the bytes are compared with their sum; nobody sees them
-- scan: the whole store is checked
SELECT f.id, f.sha256, f.size FROM stored_file f ORDER BY f.id
;

-- name: job_add :one
-- in: pid text, kind text, params text, record_class int, import_id text
-- out: id int
INSERT INTO job (pid, kind, params, account_id, org_id, record_class, state, import_id, created_ms)
VALUES (:pid, :kind, :params, :@account, :@org, :record_class, 'waiting', :import_id, :@now)
RETURNING id
;

-- name: job_there :one
-- doc: is there a job of the actor with these very parameters, whatever became of it?
-- in: kind text, params text
-- out: n int
SELECT COUNT(*) FROM job WHERE account_id = :@account AND kind = :kind AND params = :params
;

-- name: job_next :opt
-- doc: the oldest job that waits
-- out: id int
SELECT id FROM job WHERE state = 'waiting' ORDER BY id LIMIT 1
;

-- name: job_start :exec
-- in: id int
UPDATE job SET state = 'running', started_ms = :@now, beat_ms = :@now, attempts = attempts + 1
WHERE id = :id AND state = 'waiting'
;

-- name: job_row :opt
-- doc: one job, by its number (the runner)
-- in: id int
-- out: id int, pid text, kind text, params text, account_id int, org_id int, record_class int, state text, done int, total int, is_cancel_asked bool, attempts int, error int, message text, result_sha256 text?, result_name text, import_id text, created_ms ms, started_ms ms?, ended_ms ms?, expires_ms ms?
SELECT id, pid, kind, params, account_id, org_id, record_class, state, done, total, is_cancel_asked, attempts, error, message,
  result_sha256, result_name, import_id, created_ms, started_ms, ended_ms, expires_ms
FROM job WHERE id = :id
;

-- name: job_own :opt
-- doc: one's own job by its public id
-- in: pid text
-- out: id int
SELECT id FROM job WHERE pid = :pid AND (account_id = :@account OR :@all = 1)
;

-- name: job_own_list :many
-- doc: one's own jobs, newest first
-- in: limit int
-- out: id int
SELECT id FROM job WHERE account_id = :@account ORDER BY id DESC LIMIT :limit
;

-- name: job_beat :exec
-- in: id int, done int, total int
UPDATE job SET done = :done, total = :total, beat_ms = :@now WHERE id = :id AND state = 'running'
;

-- name: job_cancel_ask :exec
-- in: id int
UPDATE job SET is_cancel_asked = 1 WHERE id = :id AND state = 'running'
;

-- name: job_cancel_waiting :exec
-- in: id int, expires_ms ms
UPDATE job SET state = 'cancelled', ended_ms = :@now, expires_ms = :expires_ms WHERE id = :id AND state = 'waiting'
;

-- name: job_end :exec
-- in: id int, state text, error int, message text, result_sha256 text?, result_name text, expires_ms ms
UPDATE job SET state = :state, error = :error, message = :message, result_sha256 = :result_sha256, result_name = :result_name,
  ended_ms = :@now, expires_ms = :expires_ms
WHERE id = :id AND state = 'running'
;

-- name: job_stale :many
-- doc: running jobs whose worker gave no sign of life since the instant
-- in: before_ms ms
-- out: id int, attempts int
SELECT id, attempts FROM job WHERE state = 'running' AND beat_ms < :before_ms ORDER BY id
;

-- name: job_again :exec
-- in: id int
UPDATE job SET state = 'waiting', done = 0 WHERE id = :id AND state = 'running'
;

-- name: job_expired :many
-- doc: ended jobs whose result is to be wiped
-- in: limit int
-- out: id int, result_sha256 text?
SELECT id, result_sha256 FROM job WHERE expires_ms <= :@now ORDER BY expires_ms LIMIT :limit
;

-- name: job_delete :exec
-- in: id int
DELETE FROM job WHERE id = :id
;
