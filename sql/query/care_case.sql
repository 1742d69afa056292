-- 支援のケース: care_case, and the lists over cases.

-- name: case_names :one
-- in: id int
-- out: person_pid text, person_name text, org_pid text, org_name text, org_kind text, staff_pid text?, staff_name text?, expl_by text?, updated_by text?
SELECT p.pid, p.name, o.pid, o.name, o.kind, s.pid, s.name, e.name, a.name
FROM care_case k
JOIN person p ON p.id = k.person_id
JOIN org o ON o.id = k.org_id
LEFT JOIN staff s ON s.id = k.staff_id
LEFT JOIN staff e ON e.id = k.expl_by_staff_id
LEFT JOIN account a ON a.id = k.updated_by
WHERE k.id = :id AND {{scope care k.person_id}}
;

-- name: case_of_person :many
-- in: person_id int, running bool
-- out: id int, start_on day?, end_on day?
SELECT k.id, k.start_on, k.end_on
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_case k ON k.person_id = p.id
WHERE me.id = :person_id AND k.retired_ms IS NULL AND {{scope care k.person_id}}
?running AND (k.end_on IS NULL OR k.end_on > :@today)
ORDER BY CASE WHEN k.end_on IS NULL THEN 0 ELSE 1 END, k.end_on DESC, k.id DESC
;

-- name: case_running :opt
-- in: person_id int, org_id int, kind text?
-- out: id int
SELECT k.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_case k ON k.person_id = p.id
WHERE me.id = :person_id AND k.org_id = :org_id AND k.retired_ms IS NULL AND k.end_on IS NULL AND {{scope care k.person_id}}
?kind AND k.kind = :kind
ORDER BY k.id DESC
LIMIT 1
;

-- name: case_used :one
-- in: case_id int
-- out: n int
-- unscoped: the caller has passed the gate of the case; only whether anything hangs on it
SELECT (SELECT COUNT(*) FROM plan WHERE case_id = :case_id AND retired_ms IS NULL) + (SELECT COUNT(*) FROM assessment WHERE case_id = :case_id AND retired_ms IS NULL)
;
