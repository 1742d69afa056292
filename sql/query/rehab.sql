-- リハビリの目標・見直し・会議・情報提供: care/rehab_*.

-- name: rehab_goal_names :one
-- in: id int
-- out: person_pid text, person_name text, org_name text, staff_name text?, provider_name text?, updated_by text?
SELECT p.pid, p.name, o.name, s.name, v.name, a.name
FROM rehab_goal k
JOIN person p ON p.id = k.person_id
JOIN org o ON o.id = k.org_id
LEFT JOIN staff s ON s.id = k.staff_id
LEFT JOIN org v ON v.id = k.provider_org_id
LEFT JOIN account a ON a.id = k.updated_by
WHERE k.id = :id AND {{scope care k.person_id}}
;

-- name: rehab_goal_of_person :many
-- in: person_id int
-- out: id int
SELECT k.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN rehab_goal k ON k.person_id = p.id
WHERE me.id = :person_id AND k.retired_ms IS NULL AND {{scope care k.person_id}}
ORDER BY CASE WHEN k.ended_on IS NULL THEN 0 ELSE 1 END, COALESCE(k.started_on, k.set_on) DESC, k.id DESC
;

-- name: rehab_review_of_goal :many
-- in: goal_id int
-- out: id int
-- unscoped: reached only with the id of a goal that was gated before
SELECT id FROM rehab_review WHERE goal_id = :goal_id AND retired_ms IS NULL ORDER BY due_on, id
;

-- name: rehab_review_binned :many
-- doc: the tasks of a goal's open reviews, alive or taken along into the bin
-- in: goal_id int, gone int
-- out: id int
-- unscoped: reached only with the id of a goal that was gated before
SELECT t.id FROM rehab_review r JOIN task t ON t.table_name = 'rehab_review' AND t.row_id = r.id
WHERE r.goal_id = :goal_id AND r.retired_ms IS NULL AND r.done_on IS NULL AND t.state = 'open'
  AND CASE WHEN t.retired_ms IS NULL THEN 0 ELSE 1 END = :gone
;

-- name: rehab_manager_of :opt
-- doc: who has the person in charge: the running case, or the office a commission gave it to
-- in: person_id int
-- out: org_id int, staff_id int?, org_name text, staff_name text?
-- unscoped: the caller has passed the gate of the person; whom a word goes to
SELECT o.id, s.id, o.name, s.name
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_case k ON k.person_id = p.id
LEFT JOIN commission m ON m.case_id = k.id AND m.retired_ms IS NULL AND m.status NOT IN ('requested', 'refused', 'withdrawn', 'ended')
JOIN org o ON o.id = COALESCE(m.office_org_id, k.org_id)
LEFT JOIN staff s ON s.id = CASE WHEN m.id IS NULL THEN k.staff_id ELSE m.office_staff_id END
WHERE me.id = :person_id AND k.retired_ms IS NULL AND k.status <> 'closed' AND (k.end_on IS NULL OR k.end_on >= :@today)
ORDER BY k.id DESC
LIMIT 1
;

-- name: rehab_service_find :one
-- doc: a rehabilitation service of a plan with the goal it serves
-- in: pid text
-- out: id int, person_id int, type_code text, org_id int?, office text, from_on day?, goal text, cluster_id int
SELECT s.id, s.person_id, s.type_code, s.org_id, s.office, COALESCE(s.from_on, pl.from_on), CASE WHEN g.short_text <> '' THEN g.short_text ELSE g.long_text END, p.cluster_id
FROM plan_service s
JOIN plan pl ON pl.id = s.plan_id
JOIN plan_goal g ON g.id = s.goal_id
JOIN person p ON p.id = s.person_id
WHERE s.pid = :pid AND s.retired_ms IS NULL AND pl.retired_ms IS NULL AND {{scope care s.person_id}}
;

-- name: rehab_service_since :one
-- doc: the first day of a service over the person's plans that were agreed to, to see how long it has run
-- in: cluster_id int, type_code text
-- out: since day?
SELECT MIN(COALESCE(s.from_on, pl.from_on))
FROM person p
JOIN plan_service s ON s.person_id = p.id
JOIN plan pl ON pl.id = s.plan_id
WHERE p.cluster_id = :cluster_id AND s.type_code = :type_code AND s.retired_ms IS NULL AND pl.retired_ms IS NULL
  AND pl.status IN ('consented', 'delivered', 'replaced', 'ended') AND {{scope care s.person_id}}
;

-- name: rehab_unset_service :many
-- doc: services of one kind in plans in force without a running course of their own
-- in: type_code text, person_id int?, limit int
-- out: person_id int, person_pid text, person_name text, cluster_id int, service_pid text, office text, office_name text?
SELECT s.person_id, p.pid, p.name, p.cluster_id, s.pid, s.office, o.name
FROM plan_service s
JOIN plan pl ON pl.id = s.plan_id
JOIN person p ON p.id = s.person_id
LEFT JOIN org o ON o.id = s.org_id
WHERE s.type_code = :type_code AND s.retired_ms IS NULL AND pl.retired_ms IS NULL AND pl.status IN ('consented', 'delivered')
  AND (pl.to_on IS NULL OR pl.to_on >= :@today) AND (s.to_on IS NULL OR s.to_on >= :@today)
  AND NOT EXISTS (SELECT 1 FROM person x JOIN rehab_goal k ON k.person_id = x.id
    WHERE x.cluster_id = p.cluster_id AND k.type_code = s.type_code AND k.retired_ms IS NULL AND k.ended_on IS NULL)
  AND {{scope care p.cluster_id}}
?person_id AND p.cluster_id = (SELECT me.cluster_id FROM person me WHERE me.id = :person_id)
ORDER BY s.person_id, s.id
LIMIT :limit
;

-- name: rehab_unset_goal :many
-- doc: recorded courses that run without goal or end
-- in: person_id int?, limit int
-- out: person_id int, person_pid text, person_name text, cluster_id int, goal_pid text, type_code text, provider text, provider_name text?, started_on day?, has_goal int, has_end int
SELECT k.person_id, p.pid, p.name, p.cluster_id, k.pid, k.type_code, k.provider, o.name, k.started_on, CASE WHEN k.goal = '' THEN 0 ELSE 1 END, CASE WHEN k.end_on IS NULL THEN 0 ELSE 1 END
FROM rehab_goal k
JOIN person p ON p.id = k.person_id
LEFT JOIN org o ON o.id = k.provider_org_id
WHERE k.ended_on IS NULL AND k.retired_ms IS NULL AND (k.goal = '' OR k.end_on IS NULL) AND {{scope care p.cluster_id}}
?person_id AND p.cluster_id = (SELECT me.cluster_id FROM person me WHERE me.id = :person_id)
ORDER BY k.started_on, k.id
LIMIT :limit
;

-- name: rehab_meeting_names :one
-- in: id int
-- out: person_pid text, person_name text, org_name text, staff_name text?, goal_pid text?, goal_type text?, updated_by text?, taken_by text?
SELECT p.pid, p.name, o.name, s.name, k.pid, k.type_code, a.name, t.name
FROM rehab_meeting m
JOIN person p ON p.id = m.person_id
JOIN org o ON o.id = m.org_id
LEFT JOIN staff s ON s.id = m.staff_id
LEFT JOIN rehab_goal k ON k.id = m.goal_id
LEFT JOIN account a ON a.id = m.updated_by
LEFT JOIN account t ON t.id = m.taken_by
WHERE m.id = :id AND {{scope care m.person_id}}
;

-- name: rehab_meeting_of_person :many
-- in: person_id int
-- out: id int
SELECT m.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN rehab_meeting m ON m.person_id = p.id
WHERE me.id = :person_id AND m.retired_ms IS NULL AND {{scope care m.person_id}}
ORDER BY CASE WHEN m.status = 'open' THEN 0 ELSE 1 END, m.held_on DESC, m.id DESC
;

-- name: rehab_meeting_number :one
-- doc: how many conferences of the person were closed before
-- in: person_id int
-- out: n int
-- unscoped: the caller has passed the gate of the person; a number alone
SELECT COUNT(*)
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN rehab_meeting m ON m.person_id = p.id
WHERE me.id = :person_id AND m.retired_ms IS NULL AND m.status = 'closed'
;

-- name: rehab_meeting_members :many
-- in: meeting_id int
-- out: id int
-- unscoped: reached only with the id of a conference that was gated before
SELECT id FROM rehab_meeting_member WHERE meeting_id = :meeting_id AND retired_ms IS NULL ORDER BY no, id
;

-- name: rehab_info_names :one
-- in: id int
-- out: person_pid text, person_name text, org_name text, staff_name text?, goal_pid text?, goal_type text?, updated_by text?, to_org_name text?, to_staff_name text?, read_by text?
SELECT p.pid, p.name, o.name, s.name, k.pid, k.type_code, a.name, v.name, t.name, b.name
FROM rehab_info i
JOIN person p ON p.id = i.person_id
JOIN org o ON o.id = i.org_id
LEFT JOIN staff s ON s.id = i.staff_id
LEFT JOIN rehab_goal k ON k.id = i.goal_id
LEFT JOIN account a ON a.id = i.updated_by
LEFT JOIN org v ON v.id = i.to_org_id
LEFT JOIN staff t ON t.id = i.to_staff_id
LEFT JOIN account b ON b.id = i.read_by
WHERE i.id = :id AND {{scope care i.person_id}}
;

-- name: rehab_info_of_person :many
-- in: person_id int
-- out: id int
SELECT i.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN rehab_info i ON i.person_id = p.id
WHERE me.id = :person_id AND i.retired_ms IS NULL AND {{scope care i.person_id}}
ORDER BY i.made_on DESC, i.id DESC
;
