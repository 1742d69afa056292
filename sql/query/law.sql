-- What insurers have set (register/insurer_param) and newer tables of the law (register/law_table). About nobody: no scope.

-- name: insurer_param_all :many
-- doc: the values of all insurers (with those put away: everything ever), with the public id of the insurer
-- in: alive bool
-- out: id int, org_pid text, insurer_org_id int, key text, value text, valid_from day, valid_to day
SELECT p.id, o.pid, p.insurer_org_id, p.key, p.value, p.valid_from, p.valid_to
FROM insurer_param p JOIN org o ON o.id = p.insurer_org_id
WHERE 1 = 1
?alive AND p.retired_ms IS NULL
ORDER BY p.insurer_org_id, p.key, p.valid_from, p.id
;

-- name: insurer_param_of :many
-- in: insurer_org_id int, key text?, alive bool, away bool
-- out: id int
SELECT p.id
FROM insurer_param p
WHERE p.insurer_org_id = :insurer_org_id
?key AND p.key = :key
?alive AND p.retired_ms IS NULL
?away AND p.retired_ms IS NOT NULL
ORDER BY p.key, p.valid_from, p.id
;

-- name: law_table_stamp :one
-- doc: grows with each table that is read in or taken back
-- out: stamp int
SELECT COALESCE(SUM(t.version), 0) FROM law_table t
;

-- name: law_table_list :many
-- doc: newest first, without the texts
-- in: file text?, alive bool
-- out: id int, pid text, file text, sha256 text, base_sha256 text, base_version text, ground text, n_rows int, n_changed int, created_ms ms, by_name text?, retired_ms ms?
SELECT t.id, t.pid, t.file, t.sha256, t.base_sha256, t.base_version, t.ground, t.n_rows, t.n_changed, t.created_ms,
  (SELECT a.name FROM account a WHERE a.id = t.created_by), t.retired_ms
FROM law_table t
WHERE 1 = 1
?file AND t.file = :file
?alive AND t.retired_ms IS NULL
ORDER BY t.id DESC
;
