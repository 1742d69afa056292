-- Statements of care/plan*: the plan as a record, its parts, its flow and its figures.

-- name: plan_of_person :many
-- doc: versions of the plans of a person and the persons merged with it, newest first
-- in: person_id int, kind text?
-- out: id int, pid text, person_id int, case_id int, kind text, status text, version_no int, revision_no int, change_kind text, is_provisional bool, provisional_until day?, plan_on day, from_on day?, to_on day?, consented_on day?, delivered_on day?, level text, org_name text, author_name text, updated_ms ms
SELECT x.id, x.pid, x.person_id, x.case_id, x.kind, x.status, x.version_no, x.revision_no, x.change_kind, x.is_provisional,
       x.provisional_until, x.plan_on, x.from_on, x.to_on, x.consented_on, x.delivered_on, x.level, o.name, x.author_name, x.updated_ms
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN plan x ON x.person_id = p.id
JOIN org o ON o.id = x.org_id
WHERE me.id = :person_id AND x.retired_ms IS NULL AND {{scope care x.person_id}}
?kind AND x.kind = :kind
ORDER BY x.plan_on DESC, x.version_no DESC, x.revision_no DESC, x.id DESC
;

-- name: plan_of_case :many
-- doc: versions of the plans of one case, newest first
-- in: case_id int
-- out: id int, pid text, person_id int, case_id int, kind text, status text, version_no int, revision_no int, change_kind text, is_provisional bool, provisional_until day?, plan_on day, from_on day?, to_on day?, consented_on day?, delivered_on day?, level text, org_name text, author_name text, updated_ms ms
SELECT x.id, x.pid, x.person_id, x.case_id, x.kind, x.status, x.version_no, x.revision_no, x.change_kind, x.is_provisional,
       x.provisional_until, x.plan_on, x.from_on, x.to_on, x.consented_on, x.delivered_on, x.level, o.name, x.author_name, x.updated_ms
FROM plan x
JOIN org o ON o.id = x.org_id
WHERE x.case_id = :case_id AND x.retired_ms IS NULL AND {{scope care x.person_id}}
ORDER BY x.version_no DESC, x.revision_no DESC, x.plan_on DESC, x.id DESC
;

-- name: plan_in_force :opt
-- doc: the version that held on a day: agreed (or in use as 暫定), the newest whose period had begun by then and that had not ended; one
--   agreed early holds from the first day of its period, and before it only where nothing else does
-- in: person_id int, kind text?, on_day day
-- out: id int
SELECT x.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN plan x ON x.person_id = p.id
WHERE me.id = :person_id AND x.retired_ms IS NULL AND {{scope care x.person_id}}
  AND x.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended')
  AND x.plan_on <= :on_day AND (x.ended_on IS NULL OR x.ended_on >= :on_day)
?kind AND x.kind = :kind
ORDER BY CASE WHEN x.from_on > :on_day THEN 1 ELSE 0 END, CASE WHEN x.from_on > x.plan_on THEN x.from_on ELSE x.plan_on END DESC,
  x.version_no DESC, x.revision_no DESC, x.id DESC
LIMIT 1
;

-- name: plan_parts :many
-- doc: ids of all rows of one plan, part by part in the order of the forms (care/plan_part.h)
-- in: plan_id int
-- out: part int, id int, k1 int, k2 int, k3 int
-- unscoped: reached only with the id of a plan that was gated before
SELECT 0 AS part, a.id, CASE a.area WHEN 'move' THEN 1 WHEN 'home' THEN 2 WHEN 'social' THEN 3 ELSE 4 END AS k1, 0 AS k2, 0 AS k3 FROM plan_area a WHERE a.plan_id = :plan_id AND a.retired_ms IS NULL
UNION ALL
SELECT 1, n.id, n.no, 0, 0 FROM plan_need n WHERE n.plan_id = :plan_id AND n.retired_ms IS NULL
UNION ALL
SELECT 2, g.id, n.no, g.need_id, g.no FROM plan_goal g JOIN plan_need n ON n.id = g.need_id WHERE g.plan_id = :plan_id AND g.retired_ms IS NULL
UNION ALL
SELECT 3, s.id, n.no * 100000 + g.no, s.goal_id, s.no FROM plan_service s JOIN plan_goal g ON g.id = s.goal_id JOIN plan_need n ON n.id = g.need_id WHERE s.plan_id = :plan_id AND s.retired_ms IS NULL
UNION ALL
SELECT 4, l.id, l.dow, l.from_min, l.to_min FROM plan_slot l WHERE l.plan_id = :plan_id AND l.retired_ms IS NULL
UNION ALL
SELECT 5, v.id, v.from_min, v.to_min, 0 FROM plan_activity v WHERE v.plan_id = :plan_id AND v.retired_ms IS NULL
UNION ALL
SELECT 6, k.id, k.id, 0, 0 FROM plan_consent k WHERE k.plan_id = :plan_id AND k.retired_ms IS NULL
UNION ALL
SELECT 7, d.id, CASE d.kind WHEN 'self' THEN 1 WHEN 'office' THEN 2 WHEN 'doctor' THEN 3 ELSE 4 END, d.id, 0 FROM plan_delivery d WHERE d.plan_id = :plan_id AND d.retired_ms IS NULL
UNION ALL
SELECT 8, r.id, r.id, 0, 0 FROM provider_plan r WHERE r.plan_id = :plan_id AND r.retired_ms IS NULL
UNION ALL
SELECT 9, m.id, m.id, 0, 0 FROM plan_comment m WHERE m.plan_id = :plan_id AND m.retired_ms IS NULL
ORDER BY 1, 3, 4, 5, 2
;

-- name: plan_parts_ever :many
-- doc: ids of all rows a plan ever had, also those taken out (the four areas stand as long as the plan); the numbers of the parts are those of enum plan_part
-- in: plan_id int
-- out: part int, id int
-- unscoped: reached only with the id of a plan that was gated before
SELECT 0 AS part, a.id FROM plan_area a WHERE a.plan_id = :plan_id AND a.retired_ms IS NULL
UNION ALL
SELECT 1, n.id FROM plan_need n WHERE n.plan_id = :plan_id
UNION ALL
SELECT 2, g.id FROM plan_goal g WHERE g.plan_id = :plan_id
UNION ALL
SELECT 3, s.id FROM plan_service s WHERE s.plan_id = :plan_id
UNION ALL
SELECT 4, l.id FROM plan_slot l WHERE l.plan_id = :plan_id
UNION ALL
SELECT 5, v.id FROM plan_activity v WHERE v.plan_id = :plan_id
ORDER BY 1, 2
;

-- name: plan_names :one
-- doc: the names that a plan shows
-- in: plan_id int
-- out: person_pid text, person_name text, case_pid text, org_pid text, org_name text, author_org_name text?, staff_name text?, previous_pid text?, assessment_pid text?, own_words text?
-- unscoped: reached only with the id of a plan that was gated before
SELECT p.pid, p.name, c.pid, o.pid, o.name, w.name, s.name, b.pid, a.pid, a.own_words
FROM plan x
JOIN person p ON p.id = x.person_id
JOIN care_case c ON c.id = x.case_id
JOIN org o ON o.id = x.org_id
LEFT JOIN org w ON w.id = x.author_org_id
LEFT JOIN staff s ON s.id = x.staff_id
LEFT JOIN plan b ON b.id = x.previous_id
LEFT JOIN assessment a ON a.id = x.assessment_id
WHERE x.id = :plan_id
;

-- name: plan_numbers :one
-- doc: what a new version of a case builds on: highest version number, how many are being written, whether one was agreed
-- in: case_id int, kind text
-- out: version_no int, drafts int, agreed int
-- unscoped: reached only with the id of a case that was gated before
SELECT COALESCE(MAX(x.version_no), 0), COALESCE(SUM(CASE WHEN x.status IN ('draft', 'explained') THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN x.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended') THEN 1 ELSE 0 END), 0)
FROM plan x
WHERE x.case_id = :case_id AND x.kind = :kind AND x.retired_ms IS NULL
;

-- name: plan_revision_max :one
-- in: case_id int, kind text, version_no int
-- out: revision_no int
-- unscoped: reached only with the id of a case that was gated before
SELECT COALESCE(MAX(x.revision_no), 0) FROM plan x
WHERE x.case_id = :case_id AND x.kind = :kind AND x.version_no = :version_no AND x.status <> 'cancelled' AND x.retired_ms IS NULL
;

-- name: plan_first_of_org :one
-- doc: the day of the first plan of the organisation for the person, of agreed versions
-- in: person_id int, org_id int, kind text
-- out: first_on day?
-- unscoped: gives a day of the own organisation to the writer of a plan of the person, who has passed the gate
SELECT MIN(x.plan_on) FROM plan x
WHERE x.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT y.cluster_id FROM person y WHERE y.id = :person_id))
  AND x.org_id = :org_id AND x.kind = :kind AND x.retired_ms IS NULL
  AND x.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended')
;

-- name: plan_issue_items :many
-- doc: items of an assessment that were named as 課題; reached with the id of an assessment that was gated before
-- in: assessment_id int
-- out: code text, record_class int, fact text, judgement text
SELECT i.code, i.record_class, i.fact, i.judgement FROM assessment_item i
WHERE i.assessment_id = :assessment_id AND i.is_issue = 1 AND i.retired_ms IS NULL AND {{scope_row i.record_class i.person_id}}
ORDER BY i.code, i.id
;

-- name: plan_assessed_areas :many
-- in: assessment_id int
-- out: area text, status_text text, intent text, has_issue text, issue text
SELECT a.area, a.status_text, a.intent, a.has_issue, a.issue FROM assessment_area a
WHERE a.assessment_id = :assessment_id AND a.retired_ms IS NULL AND {{scope care a.person_id}}
ORDER BY a.id
;

-- name: plan_checklist_newest :opt
-- doc: the newest 基本チェックリスト of a person up to a day
-- in: person_id int, on_day day
-- out: id int
SELECT r.id FROM response r
WHERE r.person_id = :person_id AND r.form_id = 'kihon-checklist' AND r.answered_on <= :on_day AND r.retired_ms IS NULL
  AND {{scope care r.person_id}}
ORDER BY r.answered_on DESC, r.id DESC
LIMIT 1
;

-- name: plan_unsent :many
-- doc: recipients of plans in use that have nothing yet, of the actor's organisation
-- in: limit int
-- out: person_id int, plan_pid text, person_pid text, person_name text, name text, kind text, plan_kind text, plan_on day, from_on day?
SELECT x.person_id, x.pid, p.pid, p.name, d.name, d.kind, x.kind, x.plan_on, x.from_on
FROM plan x
JOIN plan_delivery d ON d.plan_id = x.id AND d.retired_ms IS NULL AND d.sent_on IS NULL AND d.received_on IS NULL
JOIN person p ON p.id = x.person_id
WHERE x.org_id = :@org AND x.status IN ('provisional', 'consented', 'delivered') AND x.retired_ms IS NULL AND {{scope care x.person_id}}
ORDER BY x.plan_on, x.id, d.id
LIMIT :limit
;

-- name: plan_issued :many
-- doc: documents issued of one plan
-- in: plan_id int
-- out: pid text, purpose text
-- unscoped: reached only with the id of a plan that was gated before
SELECT i.pid, i.purpose FROM issued_doc i
WHERE i.table_name = 'plan' AND i.row_id = :plan_id AND i.withdrawn_on IS NULL AND i.retired_ms IS NULL
ORDER BY i.id
;

-- name: plan_doctor :opt
-- doc: the doctor of the person as the record of illnesses names him
-- in: person_id int
-- out: doctor text
SELECT i.doctor FROM illness i
WHERE i.person_id = :person_id AND i.is_primary = '1' AND i.doctor <> '' AND i.retired_ms IS NULL AND {{scope medical i.person_id}}
ORDER BY i.id DESC
LIMIT 1
;

-- name: plan_in_use_others :many
-- doc: other versions of the case in use, which a newly agreed one replaces
-- in: case_id int, kind text, plan_id int
-- out: id int
-- unscoped: reached only with the id of a plan that was gated before
SELECT x.id FROM plan x
WHERE x.case_id = :case_id AND x.kind = :kind AND x.id <> :plan_id AND x.retired_ms IS NULL
  AND x.status IN ('provisional', 'consented', 'delivered')
ORDER BY x.id
;

-- name: plan_informal_by_month :many
-- doc: plans of the actor's organisation by the month they were agreed: all, and those with at least one help of residents or private hands (F048)
-- in: from_on day, to_on day
-- out: month text, plans int, informal int
SELECT substr(x.consented_on, 1, 7) AS month, COUNT(*),
       SUM(CASE WHEN EXISTS (SELECT 1 FROM plan_service s WHERE s.plan_id = x.id AND s.actor = 'informal' AND s.retired_ms IS NULL) THEN 1 ELSE 0 END)
FROM plan x
WHERE x.org_id = :@org AND x.consented_on >= :from_on AND x.consented_on <= :to_on AND x.retired_ms IS NULL AND {{scope care x.person_id}}
GROUP BY 1
ORDER BY 1
;

-- name: plan_concentration :many
-- doc: plans of the actor's organisation in use within a period, by kind of service and the body that runs the provider (F049)
-- in: from_on day, to_on day
-- out: type_code text, type text, body text, plans int
SELECT s.type_code, MIN(s.type), COALESCE(MIN(b.name), MIN(o.name), MIN(s.office)) AS body, COUNT(DISTINCT x.id)
FROM plan x
JOIN plan_service s ON s.plan_id = x.id AND s.retired_ms IS NULL AND s.type_code <> '' AND s.covered <> 'N'
LEFT JOIN org o ON o.id = s.org_id
LEFT JOIN org b ON b.id = o.operator_org_id
WHERE x.org_id = :@org AND x.consented_on IS NOT NULL AND x.plan_on <= :to_on AND (x.ended_on IS NULL OR x.ended_on >= :from_on)
  AND x.retired_ms IS NULL AND {{scope care x.person_id}}
GROUP BY s.type_code, COALESCE(o.operator_org_id, o.id), CASE WHEN o.id IS NULL THEN s.office ELSE '' END
ORDER BY s.type_code, 4 DESC, 3
;

-- name: plan_type_totals :many
-- in: from_on day, to_on day
-- out: type_code text, plans int
SELECT s.type_code, COUNT(DISTINCT x.id)
FROM plan x
JOIN plan_service s ON s.plan_id = x.id AND s.retired_ms IS NULL AND s.type_code <> '' AND s.covered <> 'N'
WHERE x.org_id = :@org AND x.consented_on IS NOT NULL AND x.plan_on <= :to_on AND (x.ended_on IS NULL OR x.ended_on >= :from_on)
  AND x.retired_ms IS NULL AND {{scope care x.person_id}}
GROUP BY s.type_code
ORDER BY s.type_code
;

-- name: plan_cases :many
-- doc: running cases of a person, to start a plan from
-- in: person_id int
-- out: pid text, kind text, org_name text
SELECT k.pid, k.kind, o.name
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_case k ON k.person_id = p.id
JOIN org o ON o.id = k.org_id
WHERE me.id = :person_id AND k.status <> 'closed' AND k.retired_ms IS NULL AND {{scope care k.person_id}}
ORDER BY k.id DESC
;

-- name: plan_assessments :many
-- doc: assessments of a person, newest first, to start a plan from
-- in: person_id int
-- out: pid text, done_on day, status text
SELECT a.pid, a.done_on, a.status
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN assessment a ON a.person_id = p.id
WHERE me.id = :person_id AND a.retired_ms IS NULL AND {{scope care a.person_id}}
ORDER BY a.done_on DESC, a.id DESC
LIMIT 20
;

-- name: plan_staff_name :opt
-- in: staff_id int
-- out: name text
SELECT s.name FROM staff s WHERE s.id = :staff_id
;

-- name: plan_changes :many
-- doc: every save of the head and of the rows of one plan, newest first
-- in: plan_id int, limit int
-- out: table_name text, row_id int, version int, at_ms ms, action text, who text?
-- unscoped: reached only with the id of a plan that was gated before
SELECT v.table_name, v.row_id, v.version, v.at_ms, v.action, a.name
FROM revision v
LEFT JOIN account a ON a.id = v.account_id
WHERE (v.table_name = 'plan' AND v.row_id = :plan_id)
   OR (v.table_name = 'plan_need' AND v.row_id IN (SELECT n.id FROM plan_need n WHERE n.plan_id = :plan_id))
   OR (v.table_name = 'plan_goal' AND v.row_id IN (SELECT g.id FROM plan_goal g WHERE g.plan_id = :plan_id))
   OR (v.table_name = 'plan_service' AND v.row_id IN (SELECT s.id FROM plan_service s WHERE s.plan_id = :plan_id))
   OR (v.table_name = 'plan_slot' AND v.row_id IN (SELECT l.id FROM plan_slot l WHERE l.plan_id = :plan_id))
   OR (v.table_name = 'plan_area' AND v.row_id IN (SELECT w.id FROM plan_area w WHERE w.plan_id = :plan_id AND w.retired_ms IS NULL))
   OR (v.table_name = 'plan_activity' AND v.row_id IN (SELECT y.id FROM plan_activity y WHERE y.plan_id = :plan_id))
ORDER BY v.at_ms DESC, v.id DESC
LIMIT :limit
;

-- name: plan_draft_facts :one
-- doc: what the evidence of a draft counts: its services, those that do not say if the insurance covers them, its slots of the week
-- in: plan_id int
-- out: services int, untold int, slots int
-- unscoped: numbers for the evidence, beside the writer of the plan
SELECT (SELECT COUNT(*) FROM plan_service s WHERE s.plan_id = p.id AND s.retired_ms IS NULL),
       (SELECT COUNT(*) FROM plan_service s WHERE s.plan_id = p.id AND s.retired_ms IS NULL AND s.covered = ''),
       (SELECT COUNT(*) FROM plan_slot w WHERE w.plan_id = p.id AND w.retired_ms IS NULL)
FROM plan p
WHERE p.id = :plan_id
;
