-- What an office writes down for the law: 例外の記録 (duty_waiver), 事業所の記録 (office_record). Of a person by scope, of the office itself by own.

-- name: duty_waiver_of_person :many
-- doc: exceptions of a person and the persons merged with it, newest first
-- in: person_id int
-- out: id int, org_name text, staff_name text?
SELECT w.id, o.name, s.name
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN duty_waiver w ON w.person_id = p.id
JOIN org o ON o.id = w.org_id
LEFT JOIN staff s ON s.id = w.staff_id
WHERE me.id = :person_id AND w.retired_ms IS NULL AND {{scope_row w.record_class w.person_id}}
ORDER BY w.from_on DESC, w.id DESC
;

-- name: duty_waiver_of_org :many
-- doc: exceptions of an office itself, newest first
-- in: org_id int
-- out: id int, org_name text, staff_name text?
SELECT w.id, o.name, s.name
FROM duty_waiver w
JOIN org o ON o.id = w.org_id
LEFT JOIN staff s ON s.id = w.staff_id
WHERE w.org_id = :org_id AND w.person_id IS NULL AND w.retired_ms IS NULL AND {{own meeting w.org_id}}
ORDER BY w.from_on DESC, w.id DESC
;

-- name: duty_waiver_names :one
-- in: id int
-- out: person_pid text?, person_name text?, org_pid text, org_name text, case_pid text?, staff_name text?, updated_by text?
-- unscoped: one row behind the gate of the record
SELECT p.pid, p.name, o.pid, o.name, k.pid, s.name, a.name
FROM duty_waiver w
JOIN org o ON o.id = w.org_id
LEFT JOIN person p ON p.id = w.person_id
LEFT JOIN care_case k ON k.id = w.case_id
LEFT JOIN staff s ON s.id = w.staff_id
LEFT JOIN account a ON a.id = w.updated_by
WHERE w.id = :id
;

-- name: office_record_of_person :many
-- doc: records about a person and the persons merged with it, newest first
-- in: person_id int, kind text?
-- out: id int, org_name text, staff_name text?
SELECT x.id, o.name, s.name
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN office_record x ON x.person_id = p.id
JOIN org o ON o.id = x.org_id
LEFT JOIN staff s ON s.id = x.staff_id
WHERE me.id = :person_id AND x.retired_ms IS NULL AND {{scope_row x.record_class x.person_id}}
?kind AND x.kind = :kind
ORDER BY x.on_day DESC, x.id DESC
;

-- name: office_record_of_org :many
-- doc: records of an office itself, newest first
-- in: org_id int, kind text?, offset int, limit int
-- out: id int, org_name text, staff_name text?
SELECT x.id, o.name, s.name
FROM office_record x
JOIN org o ON o.id = x.org_id
LEFT JOIN staff s ON s.id = x.staff_id
WHERE x.org_id = :org_id AND x.person_id IS NULL AND x.retired_ms IS NULL AND {{own meeting x.org_id}}
?kind AND x.kind = :kind
ORDER BY x.on_day DESC, x.id DESC
LIMIT :limit OFFSET :offset
;

-- name: office_record_count :one
-- in: org_id int, kind text?
-- out: n int
SELECT COUNT(*)
FROM office_record x
WHERE x.org_id = :org_id AND x.person_id IS NULL AND x.retired_ms IS NULL AND {{own meeting x.org_id}}
?kind AND x.kind = :kind
;

-- name: office_record_names :one
-- in: id int
-- out: person_pid text?, person_name text?, org_pid text, org_name text, case_pid text?, staff_name text?, updated_by text?
-- unscoped: one row behind the gate of the record
SELECT p.pid, p.name, o.pid, o.name, k.pid, s.name, a.name
FROM office_record x
JOIN org o ON o.id = x.org_id
LEFT JOIN person p ON p.id = x.person_id
LEFT JOIN care_case k ON k.id = x.case_id
LEFT JOIN staff s ON s.id = x.staff_id
LEFT JOIN account a ON a.id = x.updated_by
WHERE x.id = :id
;

-- name: evidence_ends :many
-- doc: for a recomputation of the evidence: the last id of each table with a writer, and how many rows of evidence name each table
-- out: table_name text, last_id int?, rows int
-- unscoped: numbers only, for the house itself
-- scan: once for a recomputation of everything
SELECT e.table_name, MAX(e.row_id), COUNT(*) FROM evidence e GROUP BY e.table_name
UNION ALL SELECT 'certification', MAX(id), 0 FROM certification
UNION ALL SELECT 'consent', MAX(id), 0 FROM consent
UNION ALL SELECT 'issued_recipient', MAX(id), 0 FROM issued_recipient
UNION ALL SELECT 'care_case', MAX(id), 0 FROM care_case
UNION ALL SELECT 'assessment', MAX(id), 0 FROM assessment
UNION ALL SELECT 'plan', MAX(id), 0 FROM plan
UNION ALL SELECT 'plan_consent', MAX(id), 0 FROM plan_consent
UNION ALL SELECT 'plan_delivery', MAX(id), 0 FROM plan_delivery
UNION ALL SELECT 'provider_plan', MAX(id), 0 FROM provider_plan
UNION ALL SELECT 'care_meeting', MAX(id), 0 FROM care_meeting
UNION ALL SELECT 'care_inquiry', MAX(id), 0 FROM care_inquiry
UNION ALL SELECT 'routing', MAX(id), 0 FROM routing
UNION ALL SELECT 'hospital_stay', MAX(id), 0 FROM hospital_stay
UNION ALL SELECT 'doctor_info', MAX(id), 0 FROM doctor_info
UNION ALL SELECT 'monitoring', MAX(id), 0 FROM monitoring
UNION ALL SELECT 'monitoring_info', MAX(id), 0 FROM monitoring_info
UNION ALL SELECT 'monitoring_share', MAX(id), 0 FROM monitoring_share
UNION ALL SELECT 'evaluation', MAX(id), 0 FROM evaluation
UNION ALL SELECT 'commission', MAX(id), 0 FROM commission
UNION ALL SELECT 'commission_event', MAX(id), 0 FROM commission_event
UNION ALL SELECT 'consult', MAX(id), 0 FROM consult
UNION ALL SELECT 'consult_entry', MAX(id), 0 FROM consult_entry
UNION ALL SELECT 'response', MAX(id), 0 FROM response
UNION ALL SELECT 'care_log', MAX(id), 0 FROM care_log
UNION ALL SELECT 'duty_waiver', MAX(id), 0 FROM duty_waiver
UNION ALL SELECT 'office_record', MAX(id), 0 FROM office_record
;
