-- 承認 (F124): the thread about the end of a case, and what approvals of an office took.

-- name: case_comment_ids :many
-- doc: the thread of a case, oldest first
-- in: case_id int
-- out: id int
-- unscoped: reached only with the id of a case that was gated before
SELECT m.id
FROM case_comment m
WHERE m.case_id = :case_id AND m.retired_ms IS NULL
ORDER BY m.id
;

-- name: approval_words :many
-- doc: requests, approvals and returns written in the actor's organisation about plans and about the end of cases, thread by thread
-- in: since_ms int
-- out: is_case int, row_id int, comment_id int, pid text, word text, at_ms int, is_open int, label text, person_id int, person_pid text, person_name text, who text?
SELECT 0 AS is_case, t.id AS row_id, m.id AS comment_id, t.pid, m.kind, m.at_ms, CASE WHEN t.status IN ('draft', 'explained') THEN 1 ELSE 0 END, t.kind, p.id, p.pid, p.name, s.name
FROM plan_comment m
JOIN plan t ON t.id = m.plan_id
JOIN person p ON p.id = t.person_id
LEFT JOIN staff s ON s.id = m.staff_id
WHERE m.org_id = :@org AND m.at_ms >= :since_ms AND m.retired_ms IS NULL AND m.kind <> 'comment' AND t.retired_ms IS NULL AND {{scope care p.cluster_id}}
UNION ALL
SELECT 1, k.id, m.id, k.pid, m.kind, m.at_ms, CASE WHEN k.end_on IS NULL THEN 1 ELSE 0 END, k.kind, p.id, p.pid, p.name, s.name
FROM case_comment m
JOIN care_case k ON k.id = m.case_id
JOIN person p ON p.id = k.person_id
LEFT JOIN staff s ON s.id = m.staff_id
WHERE m.org_id = :@org AND m.at_ms >= :since_ms AND m.retired_ms IS NULL AND m.kind <> 'comment' AND k.retired_ms IS NULL AND {{scope care p.cluster_id}}
ORDER BY is_case, row_id, comment_id
;
