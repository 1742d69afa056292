-- 移った先 and 再自立: care/prospect, region/move_figures, region/reable_figures (C-207, C-211).

-- name: prospect_names :one
-- in: id int
-- out: org_name text, staff_name text?, updated_by text?, case_pid text
SELECT o.name, s.name, a.name, k.pid
FROM case_prospect x
JOIN org o ON o.id = x.org_id
JOIN care_case k ON k.id = x.case_id
LEFT JOIN staff s ON s.id = x.staff_id
LEFT JOIN account a ON a.id = x.updated_by
WHERE x.id = :id AND {{scope care x.person_id}}
;

-- name: prospect_of_case :many
-- doc: newest first
-- in: case_id int
-- out: id int
SELECT x.id FROM case_prospect x
WHERE x.case_id = :case_id AND x.retired_ms IS NULL AND {{scope care x.person_id}}
ORDER BY x.on_day DESC, x.id DESC
;

-- name: prospect_same_day :opt
-- in: case_id int, on_day day, id int
-- out: id int
SELECT x.id FROM case_prospect x
WHERE x.case_id = :case_id AND x.on_day = :on_day AND x.id <> :id AND x.retired_ms IS NULL AND {{scope care x.person_id}}
ORDER BY x.id LIMIT 1
;

-- name: move_ended :many
-- doc: courses that ended in a period, of people the actor may see: of a municipality, of the areas a centre has in charge, of an organisation's own
-- in: from_on day, to_on day, insurer_org_id int?, area_org_id int?, own_org_id int?
-- out: goal_pid text, person_id int, cluster_id int, person_pid text, person_name text, type_code text, ended_on day, ended_how text, next_places text, next_seen_on day?, meeting_places text?, area_id int?, area_name text?, org_id int, org_name text
SELECT k.pid, p.id, p.cluster_id, p.pid, p.name, k.type_code, k.ended_on, k.ended_how, k.next_places, k.next_seen_on,
  (SELECT m.next_places FROM rehab_meeting m WHERE m.goal_id = k.id AND m.kind = 'end' AND m.status = 'closed' AND m.retired_ms IS NULL AND m.next_places <> '' ORDER BY m.held_on DESC, m.id DESC LIMIT 1),
  a.id, a.name, o.id, o.name
FROM rehab_goal k
JOIN person p ON p.id = k.person_id
JOIN org o ON o.id = k.org_id
LEFT JOIN area a ON a.id = COALESCE((SELECT x.area_id FROM person_area x WHERE x.person_id = p.id AND x.level = 'zone' AND x.from_on <= k.ended_on AND x.to_on >= k.ended_on ORDER BY x.id DESC LIMIT 1), p.area_id)
WHERE k.ended_on >= :from_on AND k.ended_on <= :to_on AND k.retired_ms IS NULL AND {{scope care p.cluster_id}}
?insurer_org_id AND COALESCE(a.insurer_org_id, p.insurer_org_id) = :insurer_org_id
?area_org_id AND EXISTS (SELECT 1 FROM org_area z WHERE z.area_id = a.id AND z.org_id = :area_org_id AND z.role = 'charge' AND z.retired_ms IS NULL AND (z.from_on IS NULL OR z.from_on <= k.ended_on) AND z.to_on >= k.ended_on)
?own_org_id AND k.org_id = :own_org_id
ORDER BY k.ended_on, k.id
;

-- name: move_ended_town :many
-- doc: the same of a municipality for numbers alone: nothing that says who
-- in: from_on day, to_on day, insurer_org_id int
-- out: cluster_id int, type_code text, ended_on day, ended_how text, next_places text, next_seen_on day?, meeting_places text?, area_id int?, area_name text?, org_id int, org_name text
-- unscoped: numbers of a municipality, small cells hidden, for the body that runs its programme; the caller has passed dispatch_town_gate
SELECT p.cluster_id, k.type_code, k.ended_on, k.ended_how, k.next_places, k.next_seen_on,
  (SELECT m.next_places FROM rehab_meeting m WHERE m.goal_id = k.id AND m.kind = 'end' AND m.status = 'closed' AND m.retired_ms IS NULL AND m.next_places <> '' ORDER BY m.held_on DESC, m.id DESC LIMIT 1),
  a.id, a.name, o.id, o.name
FROM rehab_goal k
JOIN person p ON p.id = k.person_id
JOIN org o ON o.id = k.org_id
LEFT JOIN area a ON a.id = COALESCE((SELECT x.area_id FROM person_area x WHERE x.person_id = p.id AND x.level = 'zone' AND x.from_on <= k.ended_on AND x.to_on >= k.ended_on ORDER BY x.id DESC LIMIT 1), p.area_id)
WHERE k.ended_on >= :from_on AND k.ended_on <= :to_on AND k.retired_ms IS NULL AND COALESCE(a.insurer_org_id, p.insurer_org_id) = :insurer_org_id
ORDER BY k.ended_on, k.id
;

-- name: reable_cases :many
-- doc: preventive cases whose support ran in a period, of people the actor may see, each with the newest judgement by its last day and the first day of one that said likely
-- in: from_on day, to_on day, insurer_org_id int?, org_id int?
-- out: case_pid text, person_id int, cluster_id int, person_pid text, person_name text, org_id int, org_name text, kind text, start_on day, end_on day?, end_reason text, prospect text?, on_day day?, reason text?, aim text?, judge text?, likely_on day?
-- scan: every organisation of the town, each with its own cases; an index by kind would lead the statements of one office to all cases of a kind
SELECT k.pid, p.id, p.cluster_id, p.pid, p.name, o.id, o.name, k.kind, k.start_on, k.end_on, k.end_reason, x.prospect, x.on_day, x.reason, x.aim, s.name,
  (SELECT MIN(y.on_day) FROM case_prospect y WHERE y.case_id = k.id AND y.prospect = 'likely' AND y.on_day <= :to_on AND y.retired_ms IS NULL)
FROM org o
JOIN care_case k ON k.org_id = o.id
JOIN person p ON p.id = k.person_id
LEFT JOIN case_prospect x ON x.id = (SELECT z.id FROM case_prospect z WHERE z.case_id = k.id AND z.on_day <= :to_on AND z.retired_ms IS NULL ORDER BY z.on_day DESC, z.id DESC LIMIT 1)
LEFT JOIN staff s ON s.id = x.staff_id
WHERE k.kind IN ('prevention', 'prev_a', 'prev_b', 'prev_c') AND k.retired_ms IS NULL AND k.start_on <= :to_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
  AND {{scope care p.cluster_id}}
?insurer_org_id AND o.insurer_org_id = :insurer_org_id
?org_id AND o.id = :org_id
ORDER BY o.id, p.cluster_id, k.start_on, k.id
;
