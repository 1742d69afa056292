-- 訪問の予定 (F060).

-- name: visit_plan_list :many
-- doc: what the organisation's staff mean to visit, with what the one who drives needs; by day, staff and order, or as the areas lie
-- in: staff_id int?, from_on day, to_on day
-- out: id int, pid text, planned_on day, from_min int?, to_min int?, purpose text, place text, sort_no int, note text, state text, staff_id int, staff_pid text?, staff_name text?, person_id int, cluster_id int, person_pid text, person_name text, kana text, address text, phone text, mobile text, area_name text?, case_id int?
-- sort: route | town
SELECT v.id, v.pid, v.planned_on, v.from_min, v.to_min, v.purpose, v.place, v.sort_no, v.note, v.state, v.staff_id, s.pid, s.name,
       p.id, p.cluster_id, p.pid, p.name, p.kana, p.home_address, p.phone, p.mobile, a.name, v.case_id
FROM visit_plan v
JOIN person p ON p.id = v.person_id
LEFT JOIN staff s ON s.id = v.staff_id
LEFT JOIN area a ON a.id = p.area_id
WHERE v.org_id = :@org AND v.planned_on >= :from_on AND v.planned_on <= :to_on AND v.retired_ms IS NULL AND {{scope care v.person_id}}
?staff_id AND v.staff_id = :staff_id
ORDER BY
@route v.planned_on, s.name, v.staff_id, v.sort_no, v.id
@town v.planned_on, COALESCE(a.sort, 999999), COALESCE(a.name, ''), p.home_town_fold, p.home_address, p.kana_fold, v.id
;

-- name: visit_plan_of_person :many
-- doc: the visits to a person from a day on, whoever goes
-- in: person_id int, from_on day
-- out: id int
SELECT v.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN visit_plan v ON v.person_id = p.id
WHERE me.id = :person_id AND v.planned_on >= :from_on AND v.retired_ms IS NULL AND {{scope care v.person_id}}
ORDER BY v.planned_on, v.from_min, v.id
;

-- name: visit_plan_names :one
-- in: id int
-- out: person_pid text, person_name text, address text, phone text, mobile text, staff_pid text?, staff_name text?, case_pid text?, updated_by text?, done_pid text?
SELECT p.pid, p.name, p.home_address, p.phone, p.mobile, s.pid, s.name, k.pid, a.name, CASE v.done_table WHEN 'monitoring' THEN m.pid ELSE g.pid END
FROM visit_plan v
JOIN person p ON p.id = v.person_id
LEFT JOIN staff s ON s.id = v.staff_id
LEFT JOIN care_case k ON k.id = v.case_id
LEFT JOIN account a ON a.id = v.updated_by
LEFT JOIN monitoring m ON m.id = v.done_id AND v.done_table = 'monitoring'
LEFT JOIN care_log g ON g.id = v.done_id AND v.done_table = 'care_log'
WHERE v.id = :id AND {{scope care v.person_id}}
;

-- name: visit_plan_meets :many
-- doc: other visits of the same staff that meet a stretch of the day; one without an end is a point of time
-- in: staff_id int, on_day day, from_min int, to_min int, except_id int
-- out: pid text, person_name text, from_min int, to_min int?
SELECT v.pid, p.name, v.from_min, v.to_min
FROM visit_plan v
JOIN person p ON p.id = v.person_id
WHERE v.staff_id = :staff_id AND v.planned_on = :on_day AND v.id <> :except_id AND v.state <> 'cancelled' AND v.retired_ms IS NULL
  AND v.from_min IS NOT NULL AND v.from_min < :to_min AND COALESCE(v.to_min, v.from_min + 1) > :from_min AND {{scope care v.person_id}}
ORDER BY v.from_min, v.id
;

-- name: visit_plan_ahead :many
-- doc: visits for monitoring still to come, for the due rule
-- in: person_id int, from_on day, except_id int
-- out: planned_on day
SELECT v.planned_on
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN visit_plan v ON v.person_id = p.id
WHERE me.id = :person_id AND v.planned_on >= :from_on AND v.id <> :except_id AND v.state = 'planned' AND v.purpose = 'monitoring' AND v.retired_ms IS NULL AND {{scope care v.person_id}}
ORDER BY v.planned_on
;

-- name: visit_plan_open_on :many
-- in: person_id int, staff_id int, on_day day
-- out: id int
-- unscoped: for the writer of the record that makes them done, who has passed its gate
SELECT v.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN visit_plan v ON v.person_id = p.id
WHERE me.id = :person_id AND v.staff_id = :staff_id AND v.planned_on = :on_day AND v.state = 'planned' AND v.retired_ms IS NULL
ORDER BY v.id
;

-- name: visit_plan_done_by :many
-- in: done_table text, done_id int
-- out: id int
-- unscoped: for the writer of that record, who has passed its gate
SELECT v.id FROM visit_plan v WHERE v.done_table = :done_table AND v.done_id = :done_id AND v.retired_ms IS NULL ORDER BY v.id
;

-- name: visit_due_list :many
-- doc: open tasks of モニタリング by their last day, and the first visit that is planned for it by then (or by :until, where the day
-- doc: has passed)
-- in: staff_id int?, from_on day?, to_on day, until day, unplanned bool, offset int, limit int
-- out: due_on day, person_id int, person_pid text, person_name text, title text, reason text, staff_name text?, visit_on day?, visit_pid text?
SELECT t.due_on, p.id, p.pid, p.name, t.title, t.reason, s.name,
       (SELECT MIN(v.planned_on) FROM person q JOIN visit_plan v ON v.person_id = q.id WHERE q.cluster_id = p.cluster_id AND v.state = 'planned' AND v.purpose = 'monitoring' AND v.retired_ms IS NULL
          AND v.planned_on >= :@today AND v.planned_on <= CASE WHEN t.due_on > :until THEN t.due_on ELSE :until END),
       (SELECT v.pid FROM person q JOIN visit_plan v ON v.person_id = q.id WHERE q.cluster_id = p.cluster_id AND v.state = 'planned' AND v.purpose = 'monitoring' AND v.retired_ms IS NULL
          AND v.planned_on >= :@today AND v.planned_on <= CASE WHEN t.due_on > :until THEN t.due_on ELSE :until END ORDER BY v.planned_on, v.id LIMIT 1)
FROM task t
JOIN person p ON p.id = t.person_id
LEFT JOIN staff s ON s.id = t.assignee_staff_id
WHERE t.org_id = :@org AND t.state = 'open' AND t.kind = 'monitoring' AND t.retired_ms IS NULL AND t.due_on <= :to_on AND {{scope_row t.record_class t.person_id}}
?from_on AND t.due_on >= :from_on
?staff_id AND t.assignee_staff_id = :staff_id
?unplanned AND NOT EXISTS (SELECT 1 FROM person q JOIN visit_plan v ON v.person_id = q.id WHERE q.cluster_id = p.cluster_id AND v.state = 'planned' AND v.purpose = 'monitoring' AND v.retired_ms IS NULL AND v.planned_on >= :@today AND v.planned_on <= CASE WHEN t.due_on > :until THEN t.due_on ELSE :until END)
ORDER BY t.due_on, p.kana_fold, t.id
LIMIT :limit OFFSET :offset
;

-- name: visit_due_count :one
-- doc: as visit_due_list with unplanned
-- in: staff_id int?, to_on day, until day
-- out: n int
SELECT COUNT(*)
FROM task t
JOIN person p ON p.id = t.person_id
WHERE t.org_id = :@org AND t.state = 'open' AND t.kind = 'monitoring' AND t.retired_ms IS NULL AND t.due_on <= :to_on AND {{scope_row t.record_class t.person_id}}
  AND NOT EXISTS (SELECT 1 FROM person q JOIN visit_plan v ON v.person_id = q.id WHERE q.cluster_id = p.cluster_id AND v.state = 'planned' AND v.purpose = 'monitoring' AND v.retired_ms IS NULL AND v.planned_on >= :@today AND v.planned_on <= CASE WHEN t.due_on > :until THEN t.due_on ELSE :until END)
?staff_id AND t.assignee_staff_id = :staff_id
;

-- name: visit_persons :many
-- doc: clients with a running case of the organisation, to choose whom to visit
-- in: staff_id int?, limit int
-- out: person_pid text, person_name text, kana text
SELECT p.pid, p.name, p.kana
FROM care_case k
JOIN person p ON p.id = k.person_id
WHERE k.org_id = :@org AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) AND {{scope care k.person_id}}
?staff_id AND k.staff_id = :staff_id
ORDER BY p.kana_fold, p.id
LIMIT :limit
;
