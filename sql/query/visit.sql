-- 支援経過, モニタリング, 評価.

-- name: care_log_list :many
-- doc: entries of a person with whoever wrote and struck them; an entry another record wrote is there as long as that record lives
-- in: person_id int, from_on day?, to_on day?, live bool, offset int, limit int
-- out: id int, staff_name text?, struck_name text?, corrects_pid text?, source_pid text?
-- sort: down | up
SELECT k.id, s.name, a.name, o.pid, CASE k.source_table WHEN 'monitoring' THEN m.pid ELSE v.pid END
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_log k ON k.person_id = p.id
LEFT JOIN staff s ON s.id = k.staff_id
LEFT JOIN account a ON a.id = k.struck_by
LEFT JOIN care_log o ON o.id = k.corrects_id
LEFT JOIN monitoring m ON m.id = k.source_id AND k.source_table = 'monitoring'
LEFT JOIN evaluation v ON v.id = k.source_id AND k.source_table = 'evaluation'
WHERE me.id = :person_id AND k.retired_ms IS NULL AND (k.source_table = '' OR m.retired_ms IS NULL AND v.retired_ms IS NULL) AND {{scope care k.person_id}}
?from_on AND k.at_on >= :from_on
?to_on AND k.at_on <= :to_on
?live AND k.struck_ms IS NULL
ORDER BY
@down k.at_on DESC, COALESCE(k.at_min, -1) DESC, k.id DESC
@up k.at_on, COALESCE(k.at_min, -1), k.id
LIMIT :limit OFFSET :offset
;

-- name: care_log_count :one
-- in: person_id int, from_on day?, to_on day?, live bool
-- out: n int
SELECT COUNT(*)
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_log k ON k.person_id = p.id
LEFT JOIN monitoring m ON m.id = k.source_id AND k.source_table = 'monitoring'
LEFT JOIN evaluation v ON v.id = k.source_id AND k.source_table = 'evaluation'
WHERE me.id = :person_id AND k.retired_ms IS NULL AND (k.source_table = '' OR m.retired_ms IS NULL AND v.retired_ms IS NULL) AND {{scope care k.person_id}}
?from_on AND k.at_on >= :from_on
?to_on AND k.at_on <= :to_on
?live AND k.struck_ms IS NULL
;

-- name: monitoring_informant :opt
-- doc: who told what a テレビ電話 does not show: the first of them
-- in: monitoring_id int
-- out: office text
-- unscoped: for the evidence, beside the writer of the record
SELECT i.office FROM monitoring_info i WHERE i.monitoring_id = :monitoring_id AND i.retired_ms IS NULL ORDER BY i.no, i.id LIMIT 1
;

-- name: care_log_names :one
-- in: id int
-- out: person_pid text, person_name text, staff_name text?, struck_name text?, corrected_pid text?, source_pid text?
SELECT p.pid, p.name, s.name, a.name, (SELECT n.pid FROM care_log n WHERE n.corrects_id = k.id AND n.person_id = k.person_id ORDER BY n.id DESC LIMIT 1),
       CASE k.source_table WHEN 'monitoring' THEN m.pid ELSE v.pid END
FROM care_log k
JOIN person p ON p.id = k.person_id
LEFT JOIN staff s ON s.id = k.staff_id
LEFT JOIN account a ON a.id = k.struck_by
LEFT JOIN monitoring m ON m.id = k.source_id AND k.source_table = 'monitoring'
LEFT JOIN evaluation v ON v.id = k.source_id AND k.source_table = 'evaluation'
WHERE k.id = :id AND {{scope care k.person_id}}
;

-- name: care_log_of_source :opt
-- doc: the valid entry that a record wrote
-- in: source_table text, source_id int
-- out: id int
-- unscoped: for the writer of that record, who has passed its gate
SELECT k.id FROM care_log k WHERE k.source_table = :source_table AND k.source_id = :source_id AND k.struck_ms IS NULL AND k.retired_ms IS NULL ORDER BY k.id DESC LIMIT 1
;

-- name: care_log_day :many
-- doc: what one of the staff did on a day and which next dates fall on it
-- in: staff_id int?, on_day day
-- out: kind text, pid text, person_id int, person_pid text, person_name text, address text, phone text, at_min int?, item text, item_text text, partner text, minutes int?, staff_name text?
SELECT 'done', k.pid, p.id, p.pid, p.name, p.home_address, p.phone, k.at_min, k.item, k.item_text, k.partner, k.minutes, s.name
FROM care_log k
JOIN person p ON p.id = k.person_id
LEFT JOIN staff s ON s.id = k.staff_id
LEFT JOIN monitoring m ON m.id = k.source_id AND k.source_table = 'monitoring'
LEFT JOIN evaluation v ON v.id = k.source_id AND k.source_table = 'evaluation'
WHERE k.org_id = :@org AND k.at_on = :on_day AND k.struck_ms IS NULL AND k.retired_ms IS NULL AND (k.source_table = '' OR m.retired_ms IS NULL AND v.retired_ms IS NULL) AND {{scope care k.person_id}}
?staff_id AND k.staff_id = :staff_id
ORDER BY COALESCE(k.at_min, -1), k.id
;

-- name: care_log_next :many
-- doc: next dates written down in entries and monitorings that fall on a day
-- in: staff_id int?, on_day day
-- out: pid text, person_id int, person_pid text, person_name text, address text, phone text, what text, staff_name text?
SELECT k.pid, p.id, p.pid, p.name, p.home_address, p.phone, k.source_table, s.name
FROM care_log k
JOIN person p ON p.id = k.person_id
LEFT JOIN staff s ON s.id = k.staff_id
LEFT JOIN monitoring m ON m.id = k.source_id AND k.source_table = 'monitoring'
LEFT JOIN evaluation v ON v.id = k.source_id AND k.source_table = 'evaluation'
WHERE k.org_id = :@org AND k.next_on = :on_day AND k.struck_ms IS NULL AND k.retired_ms IS NULL AND (k.source_table = '' OR m.retired_ms IS NULL AND v.retired_ms IS NULL) AND {{scope care k.person_id}}
?staff_id AND k.staff_id = :staff_id
ORDER BY p.kana_fold, k.id
;

-- name: care_log_contacts :many
-- doc: months in which somebody spoke with the person or looked in (R-YB-30-16-off), and in which a result was recorded (-rec)
-- in: person_id int, from_on day
-- out: on_day day, item text, is_monitoring bool
SELECT k.at_on, k.item, k.is_monitoring
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_log k ON k.person_id = p.id
WHERE me.id = :person_id AND k.at_on >= :from_on AND k.struck_ms IS NULL AND k.retired_ms IS NULL AND k.source_table = '' AND {{scope care k.person_id}}
ORDER BY k.at_on
;

-- name: monitoring_list :many
-- in: person_id int
-- out: id int
SELECT m.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN monitoring m ON m.person_id = p.id
WHERE me.id = :person_id AND m.retired_ms IS NULL AND {{scope care m.person_id}}
ORDER BY m.mon_on DESC, m.id DESC
;

-- name: monitoring_names :one
-- in: id int
-- out: person_pid text, person_name text, plan_pid text, plan_kind text, case_pid text, org_name text, updated_by text?, log_pid text?, meeting_pid text?
SELECT p.pid, p.name, l.pid, l.kind, k.pid, o.name, a.name,
       (SELECT g.pid FROM care_log g WHERE g.source_table = 'monitoring' AND g.source_id = m.id AND g.person_id = m.person_id AND g.struck_ms IS NULL ORDER BY g.id DESC LIMIT 1), cm.pid
FROM monitoring m
JOIN person p ON p.id = m.person_id
JOIN plan l ON l.id = m.plan_id
JOIN care_case k ON k.id = m.case_id
JOIN org o ON o.id = m.org_id
LEFT JOIN account a ON a.id = m.updated_by
LEFT JOIN care_meeting cm ON cm.id = m.agree_meeting_id AND cm.retired_ms IS NULL AND {{scope meeting cm.person_id}}
WHERE m.id = :id AND {{scope care m.person_id}}
;

-- name: monitoring_children :many
-- doc: rows of a monitoring; part 0 service, 1 goal, 2 info, 3 share; with_gone: also those taken out
-- in: monitoring_id int, with_gone bool
-- out: part int, id int
-- unscoped: the caller has passed the gate of the monitoring
SELECT x.part, x.id FROM (
  SELECT 0 AS part, a.no AS no, a.id AS id FROM monitoring_service a WHERE a.monitoring_id = :monitoring_id AND (a.retired_ms IS NULL OR :with_gone = 1)
  UNION ALL SELECT 1, b.no, b.id FROM monitoring_goal b WHERE b.monitoring_id = :monitoring_id AND (b.retired_ms IS NULL OR :with_gone = 1)
  UNION ALL SELECT 2, c.no, c.id FROM monitoring_info c WHERE c.monitoring_id = :monitoring_id AND (c.retired_ms IS NULL OR :with_gone = 1)
  UNION ALL SELECT 3, d.no, d.id FROM monitoring_share d WHERE d.monitoring_id = :monitoring_id AND (d.retired_ms IS NULL OR :with_gone = 1)) x
ORDER BY x.part, x.no, x.id
;

-- name: monitoring_acts :many
-- doc: the interviews of a case, for the due rules
-- in: case_id int
-- out: id int, mon_on day, method text, is_changed bool
SELECT m.id, m.mon_on, m.method, m.is_changed
FROM monitoring m
WHERE m.case_id = :case_id AND m.retired_ms IS NULL AND {{scope care m.person_id}}
ORDER BY m.mon_on, m.id
;

-- name: monitoring_trend :many
-- doc: attainment of each goal over time, joined over the versions of the plan
-- in: person_id int
-- out: origin_id int, mon_on day, status text, short_text text, note text, monitoring_pid text
SELECT COALESCE(g.origin_id, g.plan_goal_id, g.id), m.mon_on, g.status, g.short_text, g.note, m.pid
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN monitoring_goal g ON g.person_id = p.id
JOIN monitoring m ON m.id = g.monitoring_id
WHERE me.id = :person_id AND m.retired_ms IS NULL AND g.retired_ms IS NULL AND {{scope care g.person_id}}
ORDER BY 1, m.mon_on, m.id
;

-- name: visit_case_plan :opt
-- doc: the plan in use of a case, for the due rules: consented, delivered or provisional, the newest
--   now_to_on: last day of the one whose period holds today, which a plan agreed early does not end before its own begins
-- in: case_id int
-- out: plan_id int, plan_on day, from_on day?, to_on day?, author_org_id int?, first_on day?, now_to_on day?
SELECT l.id, l.plan_on, l.from_on, l.to_on, l.author_org_id,
       (SELECT MIN(COALESCE(f.from_on, f.plan_on)) FROM plan f WHERE f.case_id = l.case_id AND f.retired_ms IS NULL AND f.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended')),
       (SELECT u.to_on FROM plan u WHERE u.case_id = l.case_id AND u.retired_ms IS NULL AND u.status IN ('provisional', 'consented', 'delivered', 'replaced')
         AND u.plan_on <= :@today AND (u.ended_on IS NULL OR u.ended_on >= :@today)
         ORDER BY CASE WHEN u.from_on > :@today THEN 1 ELSE 0 END, CASE WHEN u.from_on > u.plan_on THEN u.from_on ELSE u.plan_on END DESC, u.version_no DESC, u.revision_no DESC, u.id DESC
         LIMIT 1)
FROM plan l
WHERE l.case_id = :case_id AND l.retired_ms IS NULL AND l.status IN ('provisional', 'consented', 'delivered') AND {{scope care l.person_id}}
ORDER BY l.plan_on DESC, l.id DESC
LIMIT 1
;

-- name: evaluation_list :many
-- in: person_id int
-- out: id int
SELECT v.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN evaluation v ON v.person_id = p.id
WHERE me.id = :person_id AND v.retired_ms IS NULL AND {{scope care v.person_id}}
ORDER BY v.eval_on DESC, v.id DESC
;

-- name: evaluation_names :one
-- in: id int
-- out: person_pid text, person_name text, plan_pid text, plan_kind text, case_pid text, case_kind text, org_name text, updated_by text?
SELECT p.pid, p.name, l.pid, l.kind, k.pid, k.kind, o.name, a.name
FROM evaluation v
JOIN person p ON p.id = v.person_id
JOIN plan l ON l.id = v.plan_id
JOIN care_case k ON k.id = v.case_id
JOIN org o ON o.id = v.org_id
LEFT JOIN account a ON a.id = v.updated_by
WHERE v.id = :id AND {{scope care v.person_id}}
;

-- name: evaluation_rows :many
-- in: evaluation_id int, with_gone bool
-- out: id int
-- unscoped: the caller has passed the gate of the evaluation
SELECT r.id FROM evaluation_row r WHERE r.evaluation_id = :evaluation_id AND (r.retired_ms IS NULL OR :with_gone = 1) ORDER BY r.no, r.id
;

-- name: evaluation_of_plan :opt
-- in: plan_id int
-- out: id int, pid text, eval_on day
SELECT v.id, v.pid, v.eval_on
FROM evaluation v
WHERE v.plan_id = :plan_id AND v.retired_ms IS NULL AND {{scope care v.person_id}}
ORDER BY v.eval_on DESC, v.id DESC
LIMIT 1
;

-- name: renewal_facts :one
-- doc: what stands of the next set of a plan: a new assessment and a draft that came after it
-- in: person_id int, org_id int, plan_id int, since day
-- out: assessment_pid text?, assessment_status text?, assessed_on day?, draft_pid text?, draft_status text?, meeting_on day?
SELECT (SELECT a.pid FROM assessment a WHERE a.person_id = me.id AND a.org_id = :org_id AND a.retired_ms IS NULL AND a.done_on >= :since ORDER BY a.done_on DESC, a.id DESC LIMIT 1),
       (SELECT a.status FROM assessment a WHERE a.person_id = me.id AND a.org_id = :org_id AND a.retired_ms IS NULL AND a.done_on >= :since ORDER BY a.done_on DESC, a.id DESC LIMIT 1),
       (SELECT a.done_on FROM assessment a WHERE a.person_id = me.id AND a.org_id = :org_id AND a.retired_ms IS NULL AND a.done_on >= :since ORDER BY a.done_on DESC, a.id DESC LIMIT 1),
       (SELECT l.pid FROM plan l WHERE l.previous_id = :plan_id AND l.retired_ms IS NULL AND l.status <> 'cancelled' ORDER BY l.id DESC LIMIT 1),
       (SELECT l.status FROM plan l WHERE l.previous_id = :plan_id AND l.retired_ms IS NULL AND l.status <> 'cancelled' ORDER BY l.id DESC LIMIT 1),
       (SELECT MAX(e.on_day) FROM evidence e WHERE e.person_id = me.id AND e.code IN ('REC-SCM', 'REC-INQ') AND e.is_hidden = 0 AND e.org_id = :org_id AND e.on_day >= :since)
FROM person me
WHERE me.id = :person_id AND {{scope care me.id}}
;
