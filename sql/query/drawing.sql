-- Family pictures and ecomaps: what stands in them beyond the relations, and the acts that can be undone.

-- name: drawing_kin_tie_ids :many
-- doc: ties between relatives of a person and the persons merged with it
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM kin_tie r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope family r.person_id}}
ORDER BY r.id
;

-- name: drawing_kin_place_ids :many
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM kin_place r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope family r.person_id}}
ORDER BY r.id
;

-- name: drawing_ecomap_node_ids :many
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM ecomap_node r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope family r.person_id}}
ORDER BY r.sort_no, r.id
;

-- name: drawing_ecomap_tie_ids :many
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM ecomap_tie r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope family r.person_id}}
ORDER BY r.id
;

-- name: drawing_step_insert :one
-- in: person_id int, drawing text, title text
-- out: id int
INSERT INTO drawing_step (account_id, person_id, drawing, title, at_ms)
VALUES (:@account, :person_id, :drawing, :title, :@now)
RETURNING id
;

-- name: drawing_step_list :many
-- doc: acts of this account on a picture, the newest first
-- in: person_id int, drawing text, since_ms int, limit int
-- out: id int, title text, is_undone bool, at_ms int
SELECT s.id, s.title, s.is_undone, s.at_ms FROM drawing_step s
WHERE s.account_id = :@account AND s.person_id = :person_id AND s.drawing = :drawing AND s.at_ms >= :since_ms
AND {{scope family s.person_id}}
ORDER BY s.id DESC
LIMIT :limit
;

-- name: drawing_step_mark :exec
-- in: id int, is_undone bool
UPDATE drawing_step SET is_undone = :is_undone WHERE id = :id AND account_id = :@account AND {{scope family:write person_id}}
;

-- name: drawing_write_forget :exec
-- doc: what was undone cannot be redone after a new act
-- in: person_id int, drawing text
DELETE FROM drawing_write WHERE step_id IN (SELECT s.id FROM drawing_step s
WHERE s.account_id = :@account AND s.person_id = :person_id AND s.drawing = :drawing AND s.is_undone = 1 AND {{scope family s.person_id}})
;

-- name: drawing_step_forget :exec
-- in: person_id int, drawing text
DELETE FROM drawing_step WHERE account_id = :@account AND person_id = :person_id AND drawing = :drawing AND is_undone = 1
AND {{scope family person_id}}
;

-- name: drawing_write_sweep :exec
-- unscoped: what nobody can undo any more, whoever did it
-- in: before_ms int
DELETE FROM drawing_write WHERE step_id IN (SELECT s.id FROM drawing_step s WHERE s.at_ms < :before_ms)
;

-- name: drawing_step_sweep :exec
-- unscoped: what nobody can undo any more, whoever did it
-- in: before_ms int
DELETE FROM drawing_step WHERE at_ms < :before_ms
;

-- name: drawing_write_insert :exec
-- in: step_id int, table_name text, row_id int, from_version int, to_version int, is_removal bool, bin_pid text
INSERT INTO drawing_write (step_id, table_name, row_id, from_version, to_version, now_version, is_removal, bin_pid)
VALUES (:step_id, :table_name, :row_id, :from_version, :to_version, :to_version, :is_removal, :bin_pid)
;

-- name: drawing_write_list :many
-- in: step_id int
-- out: id int, table_name text, row_id int, from_version int, to_version int, now_version int, is_removal bool, bin_pid text
SELECT w.id, w.table_name, w.row_id, w.from_version, w.to_version, w.now_version, w.is_removal, w.bin_pid
FROM drawing_write w
WHERE w.step_id = :step_id
ORDER BY w.id
;

-- name: drawing_write_bin :exec
-- in: id int, bin_pid text
UPDATE drawing_write SET bin_pid = :bin_pid WHERE id = :id
;

-- name: drawing_write_moved :exec
-- doc: the row has another version now by an act of this account; its other acts follow
-- in: table_name text, row_id int, from_version int, to_version int
UPDATE drawing_write SET now_version = :to_version
WHERE table_name = :table_name AND row_id = :row_id AND now_version = :from_version
AND step_id IN (SELECT s.id FROM drawing_step s WHERE s.account_id = :@account AND {{scope family s.person_id}})
;
