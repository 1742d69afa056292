-- サービス担当者会議 and 照会: care/meeting*, care/inquiry.

-- name: meeting_names :one
-- in: id int
-- out: person_pid text, person_name text, org_pid text, org_name text, plan_pid text?, plan_kind text?, case_kind text?, updated_by text?, closed_by text?
SELECT p.pid, p.name, o.pid, o.name, pl.pid, pl.kind, k.kind, a.name, z.name
FROM care_meeting m
JOIN person p ON p.id = m.person_id
JOIN org o ON o.id = m.org_id
LEFT JOIN plan pl ON pl.id = m.plan_id
LEFT JOIN care_case k ON k.id = m.case_id
LEFT JOIN account a ON a.id = m.updated_by
LEFT JOIN account z ON z.id = m.closed_by
WHERE m.id = :id AND {{scope meeting m.person_id}}
;

-- name: meeting_of_person :many
-- in: person_id int
-- out: id int
SELECT m.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_meeting m ON m.person_id = p.id
WHERE me.id = :person_id AND m.retired_ms IS NULL AND {{scope meeting m.person_id}}
ORDER BY CASE WHEN m.status = 'called' THEN 0 ELSE 1 END, m.held_on DESC, m.id DESC
;

-- name: meeting_number :one
-- doc: how many meetings were held before this one, counting all records of the person
-- in: person_id int, on_day day, before_id int
-- out: n int
-- unscoped: the caller has passed the gate of the person; a number alone
SELECT COUNT(*)
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_meeting m ON m.person_id = p.id
WHERE me.id = :person_id AND m.retired_ms IS NULL AND m.status = 'closed' AND m.is_unheld = 0
  AND (m.held_on < :on_day OR (m.held_on = :on_day AND m.id < :before_id))
;

-- name: meeting_members :many
-- in: meeting_id int
-- out: id int
-- unscoped: reached only with the id of a meeting that was gated before
SELECT id FROM care_meeting_member WHERE meeting_id = :meeting_id AND retired_ms IS NULL ORDER BY no, id
;

-- name: meeting_inquiries :many
-- in: meeting_id int
-- out: id int
-- unscoped: reached only with the id of a meeting that was gated before
SELECT id FROM care_inquiry WHERE meeting_id = :meeting_id AND retired_ms IS NULL ORDER BY id
;

-- name: meeting_doctor :opt
-- doc: the doctor last named for an illness of the person
-- in: person_id int
-- out: doctor text
SELECT i.doctor
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN illness i ON i.person_id = p.id
WHERE me.id = :person_id AND i.retired_ms IS NULL AND i.doctor <> '' AND {{scope medical i.person_id}}
ORDER BY i.when_sort DESC, i.id DESC
LIMIT 1
;

-- name: inquiry_by_link :opt
-- in: link_hash text
-- out: id int
-- unscoped: whoever holds the link of 128 random bits may see this one inquiry and nothing else (care/inquiry.h)
SELECT id FROM care_inquiry WHERE link_hash = :link_hash AND retired_ms IS NULL
;

-- name: inquiry_sender :one
-- in: meeting_id int
-- out: status text, org_name text, author_name text, staff_id int?, org_id int, held_on day?, retired_ms ms?
-- unscoped: reached only through an inquiry that was gated, or by its link
SELECT m.status, o.name, m.author_name, m.staff_id, m.org_id, m.held_on, m.retired_ms FROM care_meeting m JOIN org o ON o.id = m.org_id WHERE m.id = :meeting_id
;
