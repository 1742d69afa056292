-- 原案委託: commission, commission_event. Only the two organisations of a commission read it, and the office only while its grant holds.

-- name: commission_names :one
-- in: id int
-- out: person_pid text, person_name text, case_pid text, org_pid text, org_name text, office_pid text, office_name text, staff_name text?, office_staff_name text?, plan_pid text?, evaluation_pid text?, updated_by text?
SELECT p.pid, p.name, k.pid, o.pid, o.name, f.pid, f.name, s.name, t.name, x.pid, v.pid, a.name
FROM commission m
JOIN person p ON p.id = m.person_id
JOIN care_case k ON k.id = m.case_id
JOIN org o ON o.id = m.org_id
JOIN org f ON f.id = m.office_org_id
LEFT JOIN staff s ON s.id = m.staff_id
LEFT JOIN staff t ON t.id = m.office_staff_id
LEFT JOIN plan x ON x.id = m.plan_id
LEFT JOIN evaluation v ON v.id = m.evaluation_id AND v.retired_ms IS NULL AND {{scope care v.person_id}}
LEFT JOIN account a ON a.id = m.updated_by
WHERE m.id = :id AND {{scope namecard m.person_id}}
;

-- name: commission_events :many
-- in: commission_id int
-- out: id int, at_ms ms, event text, body text, org_name text, staff_name text?, plan_pid text?, evaluation_pid text?
SELECT e.id, e.at_ms, e.event, e.body, o.name, s.name, x.pid, v.pid
FROM commission_event e
JOIN org o ON o.id = e.org_id
LEFT JOIN staff s ON s.id = e.staff_id
LEFT JOIN plan x ON x.id = e.plan_id
LEFT JOIN evaluation v ON v.id = e.evaluation_id AND v.retired_ms IS NULL AND {{scope care v.person_id}}
WHERE e.commission_id = :commission_id AND e.retired_ms IS NULL AND {{scope namecard e.person_id}}
ORDER BY e.at_ms, e.id
;

-- name: commission_accepts :many
-- in: commission_id int
-- out: id int
-- unscoped: for the evidence, beside the writer of the commission
SELECT e.id FROM commission_event e WHERE e.commission_id = :commission_id AND e.event = 'accept' ORDER BY e.id
;

-- name: commission_list :many
-- doc: commissions of the actor's organisation on either side, the longest wait first; a request goes to the office with the name card, all else is of class care; case_id: those of one case; open: not refused, withdrawn or ended
-- in: case_id int?, open bool, offset int, limit int
-- out: id int, pid text, person_id int, person_name text, org_id int, org_name text, office_name text, status text, status_on day, until_on day
SELECT m.id, m.pid, m.person_id, p.name, m.org_id, o.name, f.name, m.status, m.status_on, m.until_on
FROM commission m
JOIN person p ON p.id = m.person_id
JOIN org o ON o.id = m.org_id
JOIN org f ON f.id = m.office_org_id
WHERE (m.org_id = :@org OR m.office_org_id = :@org) AND m.retired_ms IS NULL
  AND (((m.org_id = :@org OR m.status <> 'requested') AND {{scope care m.person_id}})
       OR (m.office_org_id = :@org AND m.status = 'requested' AND {{scope namecard m.person_id}}))
?case_id AND m.case_id = :case_id
?open AND m.ended_on IS NULL
ORDER BY CASE WHEN m.ended_on IS NULL THEN 0 ELSE 1 END, m.status_on, m.id
LIMIT :limit OFFSET :offset
;

-- name: commission_count :one
-- in: case_id int?, open bool
-- out: n int
SELECT COUNT(*)
FROM commission m
WHERE (m.org_id = :@org OR m.office_org_id = :@org) AND m.retired_ms IS NULL
  AND (((m.org_id = :@org OR m.status <> 'requested') AND {{scope care m.person_id}})
       OR (m.office_org_id = :@org AND m.status = 'requested' AND {{scope namecard m.person_id}}))
?case_id AND m.case_id = :case_id
?open AND m.ended_on IS NULL
;

-- name: commission_open_of_case :one
-- in: case_id int
-- out: n int
-- unscoped: the caller has passed the gate of the case; only whether there is one
SELECT COUNT(*) FROM commission WHERE case_id = :case_id AND retired_ms IS NULL AND ended_on IS NULL
;

-- name: commission_draft :opt
-- doc: the newest plan the office wrote in the case that the centre has not checked yet
-- in: case_id int, office_org_id int
-- out: id int
SELECT x.id
FROM plan x
WHERE x.case_id = :case_id AND x.author_org_id = :office_org_id AND x.center_checked_on IS NULL AND x.status IN ('draft', 'explained', 'provisional', 'consented', 'delivered') AND x.retired_ms IS NULL AND {{scope care x.person_id}}
ORDER BY x.version_no DESC, x.id DESC
LIMIT 1
;

-- name: commission_mandates :many
-- doc: the running commissions by which the actor's organisation may write for the person; case_id: those of one case
-- in: person_id int, case_id int?
-- out: scope text
SELECT m.scope
FROM commission m
JOIN person h ON h.id = m.person_id
JOIN person p ON p.cluster_id = h.cluster_id
WHERE p.id = :person_id AND m.office_org_id = :@org AND m.status <> 'requested' AND m.ended_on IS NULL AND m.until_on >= :@today
  AND m.retired_ms IS NULL AND {{scope care p.id}}
?case_id AND m.case_id = :case_id
ORDER BY m.id
;

-- name: commission_evaluation :opt
-- doc: the newest evaluation of a plan the office wrote in the case, on which the centre has not decided yet
-- in: case_id int, office_org_id int
-- out: id int, pid text
SELECT v.id, v.pid
FROM evaluation v
JOIN plan x ON x.id = v.plan_id
WHERE v.case_id = :case_id AND x.author_org_id = :office_org_id AND v.center_decision = '' AND v.retired_ms IS NULL AND {{scope care v.person_id}}
ORDER BY v.eval_on DESC, v.id DESC
LIMIT 1
;

-- name: commission_of_evaluation :opt
-- doc: the commission an evaluation was handed in to, or the running one of its case
-- in: evaluation_id int, case_id int
-- out: pid text, status text, office_org_id int, is_handed bool
-- unscoped: the caller has passed the gate of the evaluation, which is class care as the commission
SELECT m.pid, m.status, m.office_org_id, CASE WHEN m.evaluation_id = :evaluation_id THEN 1 ELSE 0 END
FROM commission m
WHERE m.case_id = :case_id AND m.retired_ms IS NULL AND m.status <> 'requested' AND (m.evaluation_id = :evaluation_id OR m.ended_on IS NULL)
ORDER BY CASE WHEN m.evaluation_id = :evaluation_id THEN 0 ELSE 1 END, m.id DESC
LIMIT 1
;

-- name: commission_accepted :one
-- in: case_id int
-- out: n int
-- unscoped: the caller has passed the gate of the case; only whether the actor's organisation has taken it on
SELECT COUNT(*) FROM commission
WHERE case_id = :case_id AND office_org_id = :@org AND status <> 'requested' AND ended_on IS NULL AND until_on >= :@today AND retired_ms IS NULL
;

-- name: commission_running :many
-- in: case_id int
-- out: id int
-- unscoped: the caller has passed the gate of the case and ends what hangs on it
SELECT id FROM commission WHERE case_id = :case_id AND retired_ms IS NULL AND ended_on IS NULL ORDER BY id
;
