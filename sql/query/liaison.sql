-- 入退院 and information to doctors (F058, F059).

-- name: hospital_stay_names :one
-- in: id int
-- out: person_pid text, org_name text, staff_name text?, hospital_org_pid text?, hospital_org_name text?, updated_by text?
SELECT p.pid, o.name, s.name, h.pid, h.name, a.name
FROM hospital_stay t
JOIN person p ON p.id = t.person_id
JOIN org o ON o.id = t.org_id
LEFT JOIN staff s ON s.id = t.staff_id
LEFT JOIN org h ON h.id = t.hospital_org_id
LEFT JOIN account a ON a.id = t.updated_by
WHERE t.id = :id AND {{scope care t.person_id}}
;

-- name: hospital_stays :many
-- in: person_id int
-- out: id int
SELECT t.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN hospital_stay t ON t.person_id = p.id
WHERE me.id = :person_id AND t.retired_ms IS NULL AND {{scope care t.person_id}}
ORDER BY t.admitted_on DESC, t.id DESC
;

-- name: hospital_infos :many
-- in: stay_id int
-- out: id int, pid text, made_date day?, staff_name text?
SELECT t.id, t.pid, t.made_date, s.name
FROM hospital_info t
LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.stay_id = :stay_id AND t.retired_ms IS NULL AND {{scope medical t.person_id}}
ORDER BY t.made_date DESC, t.id DESC
;

-- name: discharge_records :many
-- in: stay_id int
-- out: id int, pid text, made_date day?, staff_name text?
SELECT t.id, t.pid, t.made_date, s.name
FROM discharge_record t
LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.stay_id = :stay_id AND t.retired_ms IS NULL AND {{scope medical t.person_id}}
ORDER BY t.made_date DESC, t.id DESC
;

-- name: hospital_papers_used :one
-- in: stay_id int
-- out: n int
-- unscoped: the caller has passed the gate of the stay; only whether anything hangs on it
SELECT (SELECT COUNT(*) FROM hospital_info WHERE stay_id = :stay_id AND retired_ms IS NULL)
     + (SELECT COUNT(*) FROM discharge_record WHERE stay_id = :stay_id AND retired_ms IS NULL)
;

-- name: doctor_infos :many
-- doc: received ones that wait come first
-- in: person_id int
-- out: id int
SELECT t.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN doctor_info t ON t.person_id = p.id
WHERE me.id = :person_id AND t.retired_ms IS NULL AND {{scope medical t.person_id}}
ORDER BY CASE WHEN t.state = 'received' THEN 0 ELSE 1 END, t.received_on DESC, t.id DESC
;

-- name: liaison_names :one
-- in: person_id int, staff_id int?, to_org_id int?, account_id int
-- out: person_pid text, staff_name text?, to_org_pid text?, to_org_name text?, updated_by text?
SELECT p.pid, (SELECT s.name FROM staff s WHERE s.id = :staff_id), (SELECT o.pid FROM org o WHERE o.id = :to_org_id),
       (SELECT o.name FROM org o WHERE o.id = :to_org_id), (SELECT a.name FROM account a WHERE a.id = :account_id)
FROM person p
WHERE p.id = :person_id AND {{scope medical p.id}}
;
