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
