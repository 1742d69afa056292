-- Statements of care/: consultation, intake, routing, 利用者基本情報, 今日の仕事.
-- A consultation of rights protection about nobody yet has no person a grant could hang on. Until it is linked, :team tells
-- what policy_rights_team() found for the actor: 0 = no member, 1 = the own ones (took it, in charge of it), 2 = the whole group.

-- name: consult_view :one
-- doc: one consultation with the names it shows; a record about nobody yet belongs to its organisation
-- in: pid text, team int, staff_id int
-- out: id int, pid text, version int, person_id int?, person_pid text?, person_name text?, person_kana text?, person_label text, org_id int, org_name text, record_class int, received_ms ms, channel text, source text, caller_name text, caller_relation text, caller_phone text, content text, wish text, urgency text, response_text text, minutes int?, status text, next_action text, next_on day?, assignee_staff_id int?, assignee_pid text?, assignee_name text?, area_name text?, closed_on day?, close_reason text, linked_ms ms?, linked_by text?
SELECT c.id, c.pid, c.version, c.person_id, p.pid, p.name, p.kana, c.person_label, c.org_id, o.name, c.record_class,
       c.received_ms, c.channel, c.source, c.caller_name, c.caller_relation, c.caller_phone, c.content, c.wish, c.urgency,
       c.response_text, c.minutes, c.status, c.next_action, c.next_on, c.assignee_staff_id, s.pid, s.name, a.name,
       c.closed_on, c.close_reason, c.linked_ms, l.name
FROM consult c
JOIN org o ON o.id = c.org_id
LEFT JOIN person p ON p.id = c.person_id
LEFT JOIN staff s ON s.id = c.assignee_staff_id
LEFT JOIN area a ON a.id = c.area_id
LEFT JOIN account l ON l.id = c.linked_by
WHERE c.pid = :pid AND c.retired_ms IS NULL
  AND ({{scope_row c.record_class c.person_id}} OR (c.person_id IS NULL AND ((c.record_class = 8 AND {{own consultation c.org_id}}) OR (c.record_class = 16 AND ({{own rights c.org_id}} OR (:team > 0 AND c.org_id = :@org AND (:team = 2 OR c.created_by = :@account OR c.assignee_staff_id = :staff_id)))))))
;

-- name: consult_list :many
-- doc: consultations of the actor's organisation; consult_count has the same filters, so a figure equals its rows.
-- doc: only = unlinked (no person yet), idle (open without a next date, F018), overdue, today, open
-- in: status text?, class_code text?, assignee_id int?, from_on day?, to_on day?, only text?, team int, staff_id int, offset int, limit int
-- out: pid text, person_pid text?, person_name text?, person_label text, content text, status text, urgency text, channel text, next_action text, assignee_name text?, received_ms ms, next_on day?, record_class int, person_id int?
-- sort: received | next
SELECT c.pid, p.pid, p.name, c.person_label, c.content, c.status, c.urgency, c.channel, c.next_action, s.name,
       c.received_ms, c.next_on, c.record_class, c.person_id
FROM consult c
LEFT JOIN person p ON p.id = c.person_id
LEFT JOIN staff s ON s.id = c.assignee_staff_id
WHERE c.org_id = :@org AND c.retired_ms IS NULL
  AND ({{scope_row c.record_class c.person_id}} OR (c.person_id IS NULL AND ((c.record_class = 8 AND {{own consultation c.org_id}}) OR (c.record_class = 16 AND ({{own rights c.org_id}} OR (:team > 0 AND c.org_id = :@org AND (:team = 2 OR c.created_by = :@account OR c.assignee_staff_id = :staff_id)))))))
?status AND c.status = :status
?class_code AND EXISTS (SELECT 1 FROM consult_class k WHERE k.consult_id = c.id AND k.kind = 'class' AND k.code = :class_code)
?assignee_id AND c.assignee_staff_id = :assignee_id
?from_on AND c.received_on >= :from_on
?to_on AND c.received_on <= :to_on
?only AND (c.person_id IS NULL OR :only <> 'unlinked') AND (c.status <> 'closed' OR :only = 'unlinked') AND (c.next_on IS NULL OR :only <> 'idle') AND (c.next_on < :@today OR :only <> 'overdue') AND (c.next_on = :@today OR :only <> 'today')
ORDER BY
@received c.received_ms DESC, c.id DESC
@next CASE WHEN c.next_on IS NULL THEN '0' ELSE c.next_on END, c.id
LIMIT :limit OFFSET :offset
;

-- name: consult_count :one
-- doc: counted up to most. open and unlinked follow from only: said in a way that an index can answer
-- in: most int, status text?, class_code text?, assignee_id int?, from_on day?, to_on day?, only text?, open bool, unlinked bool, team int, staff_id int
-- out: n int
SELECT COUNT(*) FROM (SELECT c.id
FROM consult c
WHERE c.org_id = :@org AND c.retired_ms IS NULL
  AND ({{scope_row c.record_class c.person_id}} OR (c.person_id IS NULL AND ((c.record_class = 8 AND {{own consultation c.org_id}}) OR (c.record_class = 16 AND ({{own rights c.org_id}} OR (:team > 0 AND c.org_id = :@org AND (:team = 2 OR c.created_by = :@account OR c.assignee_staff_id = :staff_id)))))))
?status AND c.status = :status
?class_code AND EXISTS (SELECT 1 FROM consult_class k WHERE k.consult_id = c.id AND k.kind = 'class' AND k.code = :class_code)
?assignee_id AND c.assignee_staff_id = :assignee_id
?from_on AND c.received_on >= :from_on
?to_on AND c.received_on <= :to_on
?open AND c.status <> 'closed'
?unlinked AND c.person_id IS NULL
?only AND (c.person_id IS NULL OR :only <> 'unlinked') AND (c.status <> 'closed' OR :only = 'unlinked') AND (c.next_on IS NULL OR :only <> 'idle') AND (c.next_on < :@today OR :only <> 'overdue') AND (c.next_on = :@today OR :only <> 'today')
LIMIT :most) few
;

-- name: consult_open_count :one
-- doc: three figures of 今日の仕事 in one walk: the gate is asked once of each row; each equals consult_count with that only
-- in: assignee_id int?, team int, staff_id int
-- out: n_open int, n_idle int, n_overdue int
SELECT COUNT(*), COALESCE(SUM(CASE WHEN c.next_on IS NULL THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN c.next_on < :@today THEN 1 ELSE 0 END), 0)
FROM consult c
WHERE c.org_id = :@org AND c.retired_ms IS NULL AND c.status <> 'closed'
  AND ({{scope_row c.record_class c.person_id}} OR (c.person_id IS NULL AND ((c.record_class = 8 AND {{own consultation c.org_id}}) OR (c.record_class = 16 AND ({{own rights c.org_id}} OR (:team > 0 AND c.org_id = :@org AND (:team = 2 OR c.created_by = :@account OR c.assignee_staff_id = :staff_id)))))))
?assignee_id AND c.assignee_staff_id = :assignee_id
;

-- name: consult_of_person :many
-- doc: consultations about a person and the records merged with it, from every organisation, as far as the actor may see
-- doc: them; the same filters as consult_list, and consult_of_person_count gives their number
-- in: person_id int, status text?, class_code text?, assignee_id int?, from_on day?, to_on day?, only text?, offset int, limit int
-- out: pid text, person_pid text?, person_name text?, person_label text, content text, status text, urgency text, channel text, next_action text, assignee_name text?, received_ms ms, next_on day?, record_class int, person_id int?
-- sort: received | next
SELECT c.pid, p.pid, p.name, c.person_label, c.content, c.status, c.urgency, c.channel, c.next_action, s.name,
       c.received_ms, c.next_on, c.record_class, c.person_id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN consult c ON c.person_id = p.id
LEFT JOIN staff s ON s.id = c.assignee_staff_id
WHERE me.id = :person_id AND c.retired_ms IS NULL AND {{scope_row c.record_class p.cluster_id}}
?status AND c.status = :status
?class_code AND EXISTS (SELECT 1 FROM consult_class k WHERE k.consult_id = c.id AND k.kind = 'class' AND k.code = :class_code)
?assignee_id AND c.assignee_staff_id = :assignee_id
?from_on AND c.received_on >= :from_on
?to_on AND c.received_on <= :to_on
?only AND (c.person_id IS NULL OR :only <> 'unlinked') AND (c.status <> 'closed' OR :only = 'unlinked') AND (c.next_on IS NULL OR :only <> 'idle') AND (c.next_on < :@today OR :only <> 'overdue') AND (c.next_on = :@today OR :only <> 'today')
ORDER BY
@received c.received_ms DESC, c.id DESC
@next CASE WHEN c.next_on IS NULL THEN '0' ELSE c.next_on END, c.id
LIMIT :limit OFFSET :offset
;

-- name: consult_of_person_count :one
-- doc: counted up to most
-- in: most int, person_id int, status text?, class_code text?, assignee_id int?, from_on day?, to_on day?, only text?
-- out: n int
SELECT COUNT(*) FROM (SELECT c.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN consult c ON c.person_id = p.id
WHERE me.id = :person_id AND c.retired_ms IS NULL AND {{scope_row c.record_class p.cluster_id}}
?status AND c.status = :status
?class_code AND EXISTS (SELECT 1 FROM consult_class k WHERE k.consult_id = c.id AND k.kind = 'class' AND k.code = :class_code)
?assignee_id AND c.assignee_staff_id = :assignee_id
?from_on AND c.received_on >= :from_on
?to_on AND c.received_on <= :to_on
?only AND (c.person_id IS NULL OR :only <> 'unlinked') AND (c.status <> 'closed' OR :only = 'unlinked') AND (c.next_on IS NULL OR :only <> 'idle') AND (c.next_on < :@today OR :only <> 'overdue') AND (c.next_on = :@today OR :only <> 'today')
LIMIT :most) few
;

-- name: consult_count_by :many
-- doc: figures of C-013: one row per value of a column; a consultation stands in one of them
-- in: by text, from_on day, to_on day, team int, staff_id int
-- out: code text, n int
SELECT CASE :by WHEN 'channel' THEN c.channel WHEN 'source' THEN c.source WHEN 'area' THEN COALESCE(CAST(c.area_id AS TEXT), '') ELSE substr(c.received_on, 1, 7) END AS code, COUNT(*) AS n
FROM consult c
WHERE c.org_id = :@org AND c.received_on >= :from_on AND c.received_on <= :to_on AND c.retired_ms IS NULL
  AND ({{scope_row c.record_class c.person_id}} OR (c.person_id IS NULL AND ((c.record_class = 8 AND {{own consultation c.org_id}}) OR (c.record_class = 16 AND ({{own rights c.org_id}} OR (:team > 0 AND c.org_id = :@org AND (:team = 2 OR c.created_by = :@account OR c.assignee_staff_id = :staff_id)))))))
GROUP BY 1
ORDER BY 1
;

-- name: consult_count_by_code :many
-- doc: one row per class or kind of response; a consultation with two of them stands in both
-- in: kind text, from_on day, to_on day, team int, staff_id int
-- out: code text, n int
SELECT k.code, COUNT(*)
FROM consult c
JOIN consult_class k ON k.consult_id = c.id AND k.kind = :kind
WHERE c.org_id = :@org AND c.received_on >= :from_on AND c.received_on <= :to_on AND c.retired_ms IS NULL
  AND ({{scope_row c.record_class c.person_id}} OR (c.person_id IS NULL AND ((c.record_class = 8 AND {{own consultation c.org_id}}) OR (c.record_class = 16 AND ({{own rights c.org_id}} OR (:team > 0 AND c.org_id = :@org AND (:team = 2 OR c.created_by = :@account OR c.assignee_staff_id = :staff_id)))))))
GROUP BY k.code
ORDER BY k.code
;

-- name: consult_codes :many
-- doc: reached only with the id of a consultation that was gated before
-- in: consult_id int
-- out: kind text, code text
SELECT k.kind, k.code FROM consult_class k WHERE k.consult_id = :consult_id ORDER BY k.kind, k.code
;

-- name: consult_codes_clear :exec
-- in: consult_id int
DELETE FROM consult_class WHERE consult_id = :consult_id
;

-- name: consult_code_insert :exec
-- in: consult_id int, kind text, code text
INSERT INTO consult_class (consult_id, kind, code) VALUES (:consult_id, :kind, :code)
;

-- name: consult_entries :many
-- doc: reached only with the id of a consultation that was gated before
-- in: consult_id int
-- out: id int, pid text, version int, at_ms ms, channel text, counterpart text, content text, reached bool, minutes int?, staff_name text?
SELECT e.id, e.pid, e.version, e.at_ms, e.channel, e.counterpart, e.content, e.reached, e.minutes, s.name
FROM consult_entry e LEFT JOIN staff s ON s.id = e.staff_id
WHERE e.consult_id = :consult_id AND e.retired_ms IS NULL
ORDER BY e.at_ms, e.id
;

-- name: response_of_person :many
-- doc: filled forms of a person, newest first
-- in: person_id int, form_id text
-- out: id int, pid text, version int, person_id int, record_class int, answered_on day, result_code text, org_name text, staff_name text?
SELECT r.id, r.pid, r.version, r.person_id, r.record_class, r.answered_on, r.result_code, o.name, s.name
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN response r ON r.person_id = p.id
JOIN org o ON o.id = r.org_id
LEFT JOIN staff s ON s.id = r.staff_id
WHERE me.id = :person_id AND r.form_id = :form_id AND r.retired_ms IS NULL AND {{scope_row r.record_class r.person_id}}
ORDER BY r.answered_on DESC, r.id DESC
;

-- name: response_names :one
-- doc: the names beside a response
-- in: id int
-- out: person_pid text, org_name text, staff_name text?, updated_by text?, consult_pid text?
SELECT p.pid, o.name, s.name, u.name, c.pid
FROM response r
JOIN person p ON p.id = r.person_id
JOIN org o ON o.id = r.org_id
LEFT JOIN staff s ON s.id = r.staff_id
LEFT JOIN account u ON u.id = r.updated_by
LEFT JOIN consult c ON c.id = r.consult_id AND {{scope_row c.record_class c.person_id}}
WHERE r.id = :id AND {{scope_row r.record_class r.person_id}}
;

-- name: response_result_count :one
-- doc: people whose newest response of a form stands at a result, for 今日の仕事
-- in: form_id text, result_code text, staff_id int?
-- out: n int
SELECT COUNT(*)
FROM response r
JOIN person p ON p.id = r.person_id
WHERE r.org_id = :@org AND r.form_id = :form_id AND r.result_code = :result_code AND r.retired_ms IS NULL
  AND {{scope_row r.record_class r.person_id}}
  AND NOT EXISTS (SELECT 1 FROM person m JOIN response n ON n.person_id = m.id WHERE m.cluster_id = p.cluster_id
                  AND n.form_id = r.form_id AND n.retired_ms IS NULL
                  AND (n.answered_on > r.answered_on OR (n.answered_on = r.answered_on AND n.id > r.id)))
?staff_id AND r.staff_id = :staff_id
;

-- name: response_result_list :many
-- in: form_id text, result_code text, staff_id int?, offset int, limit int
-- out: pid text, person_id int, person_pid text, person_name text, answered_on day, staff_name text?
SELECT r.pid, p.id, p.pid, p.name, r.answered_on, s.name
FROM response r
JOIN person p ON p.id = r.person_id
LEFT JOIN staff s ON s.id = r.staff_id
WHERE r.org_id = :@org AND r.form_id = :form_id AND r.result_code = :result_code AND r.retired_ms IS NULL
  AND {{scope_row r.record_class r.person_id}}
  AND NOT EXISTS (SELECT 1 FROM person m JOIN response n ON n.person_id = m.id WHERE m.cluster_id = p.cluster_id
                  AND n.form_id = r.form_id AND n.retired_ms IS NULL
                  AND (n.answered_on > r.answered_on OR (n.answered_on = r.answered_on AND n.id > r.id)))
?staff_id AND r.staff_id = :staff_id
ORDER BY r.answered_on DESC, r.id DESC
LIMIT :limit OFFSET :offset
;

-- name: routing_of_person :many
-- in: person_id int
-- out: id int, pid text, decided_on day
SELECT r.id, r.pid, r.decided_on
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN routing r ON r.person_id = p.id
WHERE me.id = :person_id AND r.retired_ms IS NULL AND {{scope care r.person_id}}
ORDER BY r.decided_on DESC, r.id DESC
;

-- name: routing_names :one
-- in: id int
-- out: person_pid text, org_name text, staff_name text?, consult_pid text?
SELECT p.pid, o.name, s.name, c.pid
FROM routing r
JOIN person p ON p.id = r.person_id
JOIN org o ON o.id = r.org_id
LEFT JOIN staff s ON s.id = r.staff_id
LEFT JOIN consult c ON c.id = r.consult_id AND {{scope_row c.record_class c.person_id}}
WHERE r.id = :id AND {{scope care r.person_id}}
;

-- name: routing_since :many
-- doc: people the organisation routed since a day: yesterday's work on today's first page
-- in: from_on day, staff_id int?, offset int, limit int
-- out: pid text, person_id int, person_pid text, person_name text, route text, decided_on day, staff_name text?
SELECT r.pid, p.id, p.pid, p.name, r.route, r.decided_on, s.name
FROM routing r
JOIN person p ON p.id = r.person_id
LEFT JOIN staff s ON s.id = r.staff_id
WHERE r.org_id = :@org AND r.decided_on >= :from_on AND r.retired_ms IS NULL AND {{scope care r.person_id}}
?staff_id AND r.staff_id = :staff_id
ORDER BY r.decided_on DESC, r.id DESC
LIMIT :limit OFFSET :offset
;

-- name: routing_since_count :one
-- in: from_on day, staff_id int?
-- out: n int
SELECT COUNT(*)
FROM routing r
WHERE r.org_id = :@org AND r.decided_on >= :from_on AND r.retired_ms IS NULL AND {{scope care r.person_id}}
?staff_id AND r.staff_id = :staff_id
;

-- name: basic_info_of_person :many
-- in: person_id int
-- out: id int, pid text, version int, consult_on day, author_name text
SELECT b.id, b.pid, b.version, b.consult_on, b.author_name
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN basic_info b ON b.person_id = p.id
WHERE me.id = :person_id AND b.retired_ms IS NULL AND {{scope care b.person_id}}
ORDER BY b.consult_on DESC, b.id DESC
;

-- name: illness_of_person :many
-- in: person_id int
-- out: id int, pid text, version int, when_text text, disease text, doctor text, is_primary text, tel text, course text, treatment text
SELECT i.id, i.pid, i.version, i.when_text, i.disease, i.doctor, i.is_primary, i.tel, i.course, i.treatment
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN illness i ON i.person_id = p.id
WHERE me.id = :person_id AND i.retired_ms IS NULL AND {{scope medical i.person_id}}
ORDER BY i.when_sort DESC, i.id DESC
;

-- name: consult_team :many
-- doc: accounts that may belong to the team of a matter of rights protection: the group of the organisation (社会福祉士,
-- doc: センター長), who took it, who is in charge of it. Nobody whose posts there have all ended. charge_to = the last day on
-- doc: which the account was or will be in charge of the person there; NULL = never was
-- in: org_id int, created_by int, assignee_staff_id int?, person_id int
-- out: id int, is_group bool, staff_id int?, charge_to day?
-- unscoped: used by the writer of the record
SELECT a.id, CASE WHEN a.role IN ('centre_social', 'centre_head') THEN 1 ELSE 0 END, a.staff_id,
  (SELECT MAX(pc.to_on) FROM person_charge pc JOIN person q ON q.id = pc.person_id
   WHERE pc.staff_id = a.staff_id AND pc.org_id = a.org_id AND pc.role <> 'watch' AND pc.retired_ms IS NULL
   AND q.cluster_id = (SELECT p.cluster_id FROM person p WHERE p.id = :person_id))
FROM account a
WHERE a.org_id = :org_id AND a.state = 'active'
AND (a.role IN ('centre_social', 'centre_head') OR a.id = :created_by OR a.staff_id = :assignee_staff_id)
AND (NOT EXISTS (SELECT 1 FROM staff_post x WHERE x.staff_id = a.staff_id AND x.org_id = a.org_id AND x.retired_ms IS NULL
                 AND x.to_on < :@today)
  OR EXISTS (SELECT 1 FROM staff_post x WHERE x.staff_id = a.staff_id AND x.org_id = a.org_id AND x.retired_ms IS NULL
             AND x.to_on >= :@today))
ORDER BY a.id
;

-- name: consult_grants :many
-- doc: the rights of the team of a consultation that last longer than today
-- in: consult_id int
-- out: id int, account_id int
SELECT g.id, g.account_id FROM access_grant g
WHERE g.via_table = 'consult' AND g.via_id = :consult_id AND g.relation = 256 AND g.to_on > :@today
ORDER BY g.id
;

-- name: consult_grant_last :exec
-- doc: today is the last day of this right
-- in: id int
UPDATE access_grant SET to_on = :@today WHERE id = :id
;

-- name: consult_timeline_clear :exec
-- doc: entries of a consultation on the time line of anybody but the person it is about now
-- in: consult_id int, person_id int
-- unscoped: written beside its record, whose writer has passed the gate
DELETE FROM timeline WHERE table_name = 'consult' AND row_id = :consult_id AND person_id <> :person_id
;

-- name: consult_timeline_clear_entries :exec
-- in: consult_id int, person_id int
-- unscoped: written beside its record, whose writer has passed the gate
DELETE FROM timeline WHERE table_name = 'consult_entry' AND person_id <> :person_id
AND row_id IN (SELECT e.id FROM consult_entry e WHERE e.consult_id = :consult_id)
;

-- name: consult_tasks :many
-- doc: every task of a consultation, done ones too: they move with its class and its person
-- in: consult_id int
-- out: id int
-- unscoped: used by the writer of the record
SELECT t.id FROM task t WHERE t.table_name = 'consult' AND t.row_id = :consult_id AND t.retired_ms IS NULL ORDER BY t.id
;

-- name: consult_grants_until :exec
-- doc: the team keeps its right while the record lies in the bin, and no longer
-- in: consult_id int, to_on day
UPDATE access_grant SET to_on = :to_on WHERE via_table = 'consult' AND via_id = :consult_id AND to_on > :to_on
;

-- name: consult_grants_back :exec
-- doc: a consultation restored: what its way to the bin limited lasts again
-- in: consult_id int, open_on day
UPDATE access_grant SET to_on = :open_on WHERE via_table = 'consult' AND via_id = :consult_id AND to_on >= :@today
;

-- name: cert_ending_count :one
-- doc: people whose certification ends within the days of renewal, with neither a newer one nor an application open.
-- doc: staff_id = people for whom that person is in charge of a consultation
-- in: from_on day, to_on day, staff_id int?
-- out: n int
SELECT COUNT(*)
FROM certification r
JOIN person p ON p.id = r.person_id
WHERE r.status = 'certified' AND r.to_on >= :from_on AND r.to_on <= :to_on AND r.retired_ms IS NULL
  AND {{scope care r.person_id}}
  AND NOT EXISTS (SELECT 1 FROM person m JOIN certification n ON n.person_id = m.id WHERE m.cluster_id = p.cluster_id
                  AND n.retired_ms IS NULL AND ((n.status = 'certified' AND n.to_on > r.to_on)
                  OR n.status IN ('applying_new', 'applying_renew', 'applying_change')))
?staff_id AND EXISTS (SELECT 1 FROM person m JOIN consult k ON k.person_id = m.id WHERE m.cluster_id = p.cluster_id AND k.retired_ms IS NULL AND k.assignee_staff_id = :staff_id AND {{scope_row k.record_class k.person_id}})
;

-- name: cert_ending :many
-- in: from_on day, to_on day, staff_id int?, offset int, limit int
-- out: person_id int, person_pid text, person_name text, level text?, to_on day
SELECT p.id, p.pid, p.name, r.level, r.to_on
FROM certification r
JOIN person p ON p.id = r.person_id
WHERE r.status = 'certified' AND r.to_on >= :from_on AND r.to_on <= :to_on AND r.retired_ms IS NULL
  AND {{scope care r.person_id}}
  AND NOT EXISTS (SELECT 1 FROM person m JOIN certification n ON n.person_id = m.id WHERE m.cluster_id = p.cluster_id
                  AND n.retired_ms IS NULL AND ((n.status = 'certified' AND n.to_on > r.to_on)
                  OR n.status IN ('applying_new', 'applying_renew', 'applying_change')))
?staff_id AND EXISTS (SELECT 1 FROM person m JOIN consult k ON k.person_id = m.id WHERE m.cluster_id = p.cluster_id AND k.retired_ms IS NULL AND k.assignee_staff_id = :staff_id AND {{scope_row k.record_class k.person_id}})
ORDER BY r.to_on, r.id
LIMIT :limit OFFSET :offset
;

-- name: care_staff_name :opt
-- in: staff_id int
-- out: name text
SELECT s.name FROM staff s WHERE s.id = :staff_id
;

-- name: care_account_name :opt
-- in: account_id int
-- out: name text
SELECT a.name FROM account a WHERE a.id = :account_id
;
