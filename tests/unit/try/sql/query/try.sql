-- name: visit_list :many
-- doc: visits one may see
-- in: person_id int?, from_on day?, done_only bool, limit int
-- out: id int, note text, visit_on day?, minutes int?, is_done bool, sketch blob?
-- sort: note | day
-- scan: a test
SELECT v.id, v.note, v.visit_on, v.minutes, v.is_done, v.sketch FROM visit v
WHERE v.retired_ms IS NULL
AND ({{scope_row v.record_class v.person_id}} OR (v.person_id IS NULL AND {{own consultation v.org_id}}))
?person_id AND v.person_id = :person_id
?from_on AND v.visit_on >= :from_on
?done_only AND v.is_done = 1
ORDER BY
@note v.note, v.id
@day v.visit_on DESC, v.id
LIMIT :limit
;

-- name: visit_writable :opt
-- doc: the visit if the actor may write the care of its person
-- in: id int
-- out: id int
SELECT v.id FROM visit v WHERE v.id = :id AND {{scope care:write v.person_id}}
;

-- name: visit_count :one
-- unscoped: a test
-- scan: a test
-- out: n int
SELECT count(*) FROM visit
;

-- name: visit_walk :each
-- unscoped: a test
-- scan: a test
-- out: id int, note text
SELECT id, note FROM visit ORDER BY id
;

-- name: visit_note_set :exec
-- unscoped: a test
-- in: id int, note text, plan text?
UPDATE visit SET note = :note || '', plan = :plan WHERE id = :id
;

-- name: grant_add :one
-- doc: the id comes back from the insert itself
-- in: org_id int, account_id int, role_classes int, cluster_id int, classes int, relation int, from_on day, to_on day
-- out: id int
INSERT INTO access_grant (org_id, account_id, role_classes, cluster_id, classes, relation, from_on, to_on)
VALUES (:org_id, :account_id, :role_classes, :cluster_id, :classes, :relation, :from_on, :to_on)
RETURNING id
;

-- name: clock_show :one
-- doc: what is bound by itself
-- out: org int, account int, day day, now ms, everything bool
SELECT :@org, :@account, :@today, :@now, :@all
;
