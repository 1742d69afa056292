-- The record of a person: generations, family, consents, time line, tasks, evidence, drafts, issued documents, bin.
-- Lists go by cluster (merged persons are one); single rows are read through row_load behind policy_check.

-- name: record_cluster :opt
-- doc: the cluster of a person
-- in: person_id int
-- out: cluster_id int
-- unscoped: gives a number to callers that have passed the gate for the person
SELECT p.cluster_id FROM person p WHERE p.id = :person_id
;

-- name: record_insurance_ids :many
-- doc: rows of person_insurance of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM person_insurance r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope care r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_certification_ids :many
-- doc: rows of certification of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM certification r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope care r.person_id}}
ORDER BY r.id DESC
;

-- name: record_burden_ids :many
-- doc: rows of burden of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM burden r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope benefit r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_public_aid_ids :many
-- doc: rows of public_aid of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM public_aid r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope benefit r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_rank_ids :many
-- doc: rows of person_rank of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM person_rank r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope care r.person_id}}
ORDER BY r.judged_on DESC, r.id DESC
;

-- name: record_disability_cert_ids :many
-- doc: rows of disability_cert of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM disability_cert r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope disability r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_disability_benefit_ids :many
-- doc: rows of disability_benefit of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM disability_benefit r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope disability r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_disability_decision_ids :many
-- doc: rows of disability_decision of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM disability_decision r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope disability r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_disability_level_ids :many
-- doc: rows of disability_level of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM disability_level r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope disability r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_household_ids :many
-- doc: rows of household of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM household r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope family r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_carer_ids :many
-- doc: rows of carer of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM carer r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope family r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_consent_ids :many
-- doc: rows of consent of a person and the persons merged with it, newest first
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM consent r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope care r.person_id}}
ORDER BY r.from_on DESC, r.id DESC
;

-- name: record_carer_list :many
-- doc: carers as they are today, of the people the actor's organisation supports; working = in work or on leave; export = for a file
-- in: staff_id int?, working bool, works text?, export bool, offset int, limit int
-- out: id int, person_id int, person_pid text, person_name text, person_kana text, relation_kind text, label text, carer_name text?, is_main int, living text
SELECT r.id, p.id, p.pid, p.name, p.kana, l.kind, l.label,
  COALESCE((SELECT k.name FROM contact k WHERE k.id = l.contact_id), (SELECT o.name FROM person o WHERE o.id = l.other_person_id AND {{scope namecard o.cluster_id}})),
  l.is_main_carer, l.living
FROM carer r
JOIN person p ON p.id = r.person_id
JOIN relation l ON l.id = r.relation_id
WHERE r.retired_ms IS NULL AND l.retired_ms IS NULL AND r.from_on <= :@today AND r.to_on >= :@today AND p.retired_ms IS NULL AND p.death_on IS NULL
AND {{scope family p.cluster_id}}
AND p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) UNION SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today)
?staff_id AND p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND k.staff_id = :staff_id AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) UNION SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.staff_id = :staff_id AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today)
?working AND r.works IN ('yes', 'on_leave')
?works AND r.works = :works
?export AND {{scope family:export p.cluster_id}}
ORDER BY p.kana_fold, p.id, r.id
LIMIT :limit OFFSET :offset
;

-- name: record_carer_list_count :one
-- doc: the same rows
-- in: staff_id int?, working bool, works text?, export bool
-- out: n int
SELECT COUNT(*)
FROM carer r
JOIN person p ON p.id = r.person_id
JOIN relation l ON l.id = r.relation_id
WHERE r.retired_ms IS NULL AND l.retired_ms IS NULL AND r.from_on <= :@today AND r.to_on >= :@today AND p.retired_ms IS NULL AND p.death_on IS NULL
AND {{scope family p.cluster_id}}
AND p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) UNION SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today)
?staff_id AND p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND k.staff_id = :staff_id AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) UNION SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.staff_id = :staff_id AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today)
?working AND r.works IN ('yes', 'on_leave')
?works AND r.works = :works
?export AND {{scope family:export p.cluster_id}}
;

-- name: record_relation_ids :many
-- doc: family and related persons of a client; a related person of the register shows only if the reader may see them
-- in: person_id int, with_retired bool
-- out: id int
SELECT r.id FROM relation r
WHERE r.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND (r.retired_ms IS NULL OR :with_retired = 1) AND {{scope family r.person_id}}
AND (r.other_person_id IS NULL OR {{scope namecard r.other_person_id}})
ORDER BY CASE WHEN r.emergency_order IS NULL THEN 1 ELSE 0 END, r.emergency_order, r.is_key_person DESC, r.id
;

-- name: record_relation_back_ids :many
-- doc: clients who name this person as related to them
-- in: person_id int
-- out: id int
SELECT r.id FROM relation r
WHERE r.other_person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND r.retired_ms IS NULL AND {{scope family r.person_id}}
ORDER BY r.id
;

-- name: record_relation_of_contact :many
-- doc: clients the contact is related to, as far as the reader may see their family
-- in: contact_id int
-- out: id int, person_id int, person_pid text, person_name text
SELECT r.id, r.person_id, p.pid, p.name FROM relation r JOIN person p ON p.id = r.person_id
WHERE r.contact_id = :contact_id AND r.retired_ms IS NULL AND {{scope family r.person_id}}
ORDER BY p.kana_fold, r.id
;

-- name: record_contact_writable :one
-- doc: of how many clients the actor may write the family, among those the contact is related to
-- in: contact_id int
-- out: n int
SELECT COUNT(*) FROM relation r WHERE r.contact_id = :contact_id AND {{scope family:write r.person_id}}
;

-- name: record_contact_search :many
-- doc: contacts by folded kana or phone, through the relations the reader may see
-- in: kana_from text, kana_to text, phone text, limit int
-- out: id int
SELECT k.id FROM contact k
WHERE k.retired_ms IS NULL AND ((k.kana_fold >= :kana_from AND k.kana_fold < :kana_to) OR (k.phone = :phone AND :phone <> ''))
AND EXISTS (SELECT 1 FROM relation r WHERE r.contact_id = k.id AND r.retired_ms IS NULL AND {{scope family r.person_id}})
ORDER BY k.kana_fold, k.id
LIMIT :limit
;

-- name: record_household_member_ids :many
-- in: household_id int
-- out: id int, relation_id int
SELECT m.id, m.relation_id FROM household_member m
WHERE m.household_id = :household_id AND m.retired_ms IS NULL AND {{scope family m.person_id}}
ORDER BY m.id
;

-- name: record_insurance_same :many
-- doc: other clusters that hold the same insurer and insured number
-- in: insurer_no text, insured_no text, cluster_id int
-- out: person_id int
-- unscoped: the caller tells only that there is one, and names it only after policy_check
SELECT r.person_id FROM person_insurance r JOIN person p ON p.id = r.person_id
WHERE r.insured_no = :insured_no AND r.insurer_no = :insurer_no AND r.retired_ms IS NULL AND p.cluster_id <> :cluster_id
ORDER BY r.id
LIMIT 5
;

-- name: record_attachment_ids :many
-- doc: the files of one record, oldest first
-- in: owner_table text, owner_id int
-- out: id int
-- unscoped: the caller has passed the gate of the record they belong to
SELECT a.id FROM attachment a WHERE a.owner_table = :owner_table AND a.owner_id = :owner_id AND a.retired_ms IS NULL ORDER BY a.id
;

-- name: record_grant_same :opt
-- in: via_table text, via_id int, org_id int, account_id int, relation int
-- out: id int
SELECT g.id FROM access_grant g
WHERE g.via_table = :via_table AND g.via_id = :via_id AND g.org_id = :org_id AND g.account_id = :account_id
AND g.relation = :relation
;

-- name: record_grant_insert :exec
-- in: org_id int, account_id int, role_classes int, cluster_id int, classes int, relation int, from_on day, to_on day, via_table text, via_id int
INSERT INTO access_grant (org_id, account_id, role_classes, cluster_id, classes, relation, from_on, to_on, via_table, via_id,
  created_ms, created_by)
VALUES (:org_id, :account_id, :role_classes, :cluster_id, :classes, :relation, :from_on, :to_on, :via_table, :via_id,
  :@now, :@account)
;

-- name: record_grant_replace :exec
-- in: id int, role_classes int, cluster_id int, classes int, from_on day, to_on day
UPDATE access_grant SET role_classes = :role_classes, cluster_id = :cluster_id, classes = :classes, from_on = :from_on,
  to_on = :to_on
WHERE id = :id
;

-- name: record_grant_end :exec
-- doc: the last day of the grants of a reason, where they would last longer
-- in: via_table text, via_id int, last_on day
UPDATE access_grant SET to_on = :last_on WHERE via_table = :via_table AND via_id = :via_id AND to_on > :last_on
;

-- name: record_grant_end_others :exec
-- doc: the same for the organisations a record names no longer
-- in: via_table text, via_id int, org_id int, last_on day
UPDATE access_grant SET to_on = :last_on WHERE via_table = :via_table AND via_id = :via_id AND org_id <> :org_id AND to_on > :last_on
;

-- name: record_grant_drop :exec
-- doc: grants of a reason that would end before they begin
-- in: via_table text, via_id int
DELETE FROM access_grant WHERE via_table = :via_table AND via_id = :via_id AND to_on < from_on
;

-- name: record_grant_list :many
-- in: person_id int
-- out: id int, org_id int, account_id int, role_classes int, classes int, relation int, from_on day, to_on day, via_table text, via_id int
SELECT g.id, g.org_id, g.account_id, g.role_classes, g.classes, g.relation, g.from_on, g.to_on, g.via_table, g.via_id
FROM access_grant g
WHERE g.cluster_id = (SELECT p.cluster_id FROM person p WHERE p.id = :person_id AND {{scope namecard:give p.id}})
AND g.to_on >= :@today
ORDER BY g.relation, g.from_on, g.id
;

-- name: record_timeline_put :exec
-- in: person_id int, at_ms ms, on_day day, kind text, record_class int, org_id int, title text, summary text, table_name text, row_id int, row_pid text
-- unscoped: written beside its record, whose writer has passed the gate; what says the same again stays that of its first writer
INSERT INTO timeline (person_id, at_ms, on_day, kind, record_class, org_id, title, summary, table_name, row_id, row_pid,
  is_hidden, created_ms, created_by, changed_ms, changed_by)
VALUES (:person_id, :at_ms, :on_day, :kind, :record_class, :org_id, :title, :summary, :table_name, :row_id, :row_pid,
  0, :@now, :@account, :@now, :@account)
ON CONFLICT (table_name, row_id, kind, person_id) DO UPDATE SET at_ms = excluded.at_ms, on_day = excluded.on_day,
  record_class = excluded.record_class, org_id = excluded.org_id, title = excluded.title, summary = excluded.summary,
  row_pid = excluded.row_pid, changed_ms = excluded.changed_ms, changed_by = excluded.changed_by
WHERE timeline.at_ms <> excluded.at_ms OR timeline.on_day <> excluded.on_day OR timeline.record_class <> excluded.record_class
  OR timeline.title <> excluded.title OR timeline.summary <> excluded.summary OR timeline.row_pid <> excluded.row_pid
;

-- name: record_timeline_hide :exec
-- in: table_name text, row_id int, is_hidden bool
-- unscoped: written beside its record, whose writer has passed the gate
UPDATE timeline SET is_hidden = :is_hidden WHERE table_name = :table_name AND row_id = :row_id
;

-- name: record_timeline_hide_kind :exec
-- doc: one kind of entry of a record that may have several
-- in: table_name text, row_id int, kind text, is_hidden bool
-- unscoped: written beside its record, whose writer has passed the gate
UPDATE timeline SET is_hidden = :is_hidden WHERE table_name = :table_name AND row_id = :row_id AND kind = :kind AND is_hidden <> :is_hidden
;

-- name: record_timeline_touch :exec
-- doc: the record behind the entry was saved again, though its line says the same
-- in: table_name text, row_id int
-- unscoped: written beside its record, whose writer has passed the gate
UPDATE timeline SET changed_ms = :@now, changed_by = :@account WHERE table_name = :table_name AND row_id = :row_id
;

-- name: record_timeline_list :many
-- doc: fresh = only what others wrote after the actor had read the person's line last (person_seen)
-- in: person_id int, org_id int?, kind text?, record_class int?, from_on day?, to_on day?, before_ms int?, before_id int, fresh bool, limit int
-- out: id int, person_id int, at_ms int, on_day day, kind text, record_class int, org_id int, title text, summary text, table_name text, row_pid text, row_id int, created_ms int, changed_ms int, changed_by int
SELECT t.id, t.person_id, t.at_ms, t.on_day, t.kind, t.record_class, t.org_id, t.title, t.summary, t.table_name, t.row_pid,
  t.row_id, t.created_ms, t.changed_ms, t.changed_by
FROM timeline t
WHERE t.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND t.is_hidden = 0 AND {{scope_row t.record_class t.person_id}}
?org_id AND t.org_id = :org_id
?kind AND t.kind = :kind
?record_class AND t.record_class = :record_class
?from_on AND t.on_day >= :from_on
?to_on AND t.on_day <= :to_on
?fresh AND t.changed_by <> :@account AND EXISTS (SELECT 1 FROM person_seen s WHERE s.account_id = :@account AND s.person_id = t.person_id AND s.seen_ms < t.changed_ms)
?before_ms AND (t.at_ms < :before_ms OR (t.at_ms = :before_ms AND t.id < :before_id))
ORDER BY t.at_ms DESC, t.id DESC
LIMIT :limit
;

-- name: record_timeline_orgs :many
-- doc: who has written the entries the actor may see
-- in: person_id int
-- out: pid text, name text
SELECT o.pid, o.name FROM org o
WHERE o.id IN (SELECT t.org_id FROM timeline t
  WHERE t.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
  AND t.is_hidden = 0 AND {{scope_row t.record_class t.person_id}})
ORDER BY o.name, o.id
;

-- name: record_timeline_count :one
-- in: person_id int, org_id int?, kind text?, record_class int?, from_on day?, to_on day?, fresh bool
-- out: n int
SELECT COUNT(*) FROM timeline t
WHERE t.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND t.is_hidden = 0 AND {{scope_row t.record_class t.person_id}}
?org_id AND t.org_id = :org_id
?kind AND t.kind = :kind
?record_class AND t.record_class = :record_class
?from_on AND t.on_day >= :from_on
?to_on AND t.on_day <= :to_on
?fresh AND t.changed_by <> :@account AND EXISTS (SELECT 1 FROM person_seen s WHERE s.account_id = :@account AND s.person_id = t.person_id AND s.seen_ms < t.changed_ms)
;

-- name: record_seen_of :many
-- doc: the actor's own marks on the records of one cluster
-- in: person_id int
-- out: person_id int, seen_ms int
SELECT s.person_id, s.seen_ms FROM person_seen s
WHERE s.account_id = :@account AND s.person_id IN (SELECT q.id FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.id = :person_id)
AND {{scope namecard s.person_id}}
;

-- name: record_seen_fresh :many
-- doc: what others wrote after the actor's mark, the oldest change first; the index of changes gives no more than these
-- in: person_id int, limit int
-- out: id int, person_id int, at_ms int, on_day day, kind text, record_class int, org_id int, title text, summary text, table_name text, row_pid text, row_id int, created_ms int, changed_ms int, changed_by int
SELECT t.id, t.person_id, t.at_ms, t.on_day, t.kind, t.record_class, t.org_id, t.title, t.summary, t.table_name, t.row_pid,
  t.row_id, t.created_ms, t.changed_ms, t.changed_by
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN person_seen s ON s.account_id = :@account AND s.person_id = p.id
JOIN timeline t ON t.person_id = s.person_id AND t.changed_ms > s.seen_ms
WHERE me.id = :person_id AND t.is_hidden = 0 AND t.changed_by <> :@account AND {{scope_row t.record_class t.person_id}}
ORDER BY t.changed_ms, t.id
LIMIT :limit
;

-- name: record_seen_newest :one
-- doc: the newest change the actor may see of a person; NULL = nothing to see
-- in: person_id int
-- out: ms int?
SELECT MAX(t.changed_ms) FROM timeline t
WHERE t.person_id IN (SELECT q.id FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.id = :person_id)
AND t.is_hidden = 0 AND {{scope_row t.record_class t.person_id}}
;

-- name: record_seen_mark :exec
-- doc: read up to there; a mark only ever goes on
-- in: person_id int, seen_ms int
-- unscoped: the account's own mark; the caller has passed the gate of the person
INSERT INTO person_seen (account_id, person_id, seen_ms)
SELECT :@account, q.id, :seen_ms FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.id = :person_id
ON CONFLICT (account_id, person_id) DO UPDATE SET seen_ms = excluded.seen_ms WHERE person_seen.seen_ms < excluded.seen_ms
;

-- name: record_seen_people :many
-- doc: people of the actor's own work with lines by others since the actor's mark, by the newest change: running cases of the
-- doc: organisation (only where their class is open to the actor), 担当, pins. staff_id = only those this person is in charge of (and the account's pins)
-- in: staff_id int?, all bool, offset int, limit int
-- out: cluster_id int, pid text, name text, n int, newest_ms int
SELECT f.cluster_id, f.pid, f.name, COUNT(*), MAX(t.changed_ms)
FROM person_seen s
JOIN person p ON p.id = s.person_id
JOIN person f ON f.id = p.cluster_id
JOIN timeline t ON t.person_id = s.person_id AND t.changed_ms > s.seen_ms
WHERE s.account_id = :@account AND t.is_hidden = 0 AND t.changed_by <> :@account AND f.retired_ms IS NULL AND {{scope_row t.record_class t.person_id}}
?staff_id AND (p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND {{scope care k.person_id}} AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) AND k.staff_id = :staff_id) OR p.cluster_id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.staff_id = :staff_id AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today) OR p.cluster_id IN (SELECT q.cluster_id FROM person_pin pp JOIN person q ON q.id = pp.person_id WHERE pp.account_id = :@account))
?all AND (p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND {{scope care k.person_id}} AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today)) OR p.cluster_id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today) OR p.cluster_id IN (SELECT q.cluster_id FROM person_pin pp JOIN person q ON q.id = pp.person_id WHERE pp.account_id = :@account))
GROUP BY f.cluster_id, f.pid, f.name
ORDER BY MAX(t.changed_ms) DESC, f.cluster_id
LIMIT :limit OFFSET :offset
;

-- name: record_seen_people_count :one
-- doc: how many people record_seen_people gives
-- in: staff_id int?, all bool
-- out: n int
SELECT COUNT(DISTINCT p.cluster_id)
FROM person_seen s
JOIN person p ON p.id = s.person_id
JOIN person f ON f.id = p.cluster_id
JOIN timeline t ON t.person_id = s.person_id AND t.changed_ms > s.seen_ms
WHERE s.account_id = :@account AND t.is_hidden = 0 AND t.changed_by <> :@account AND f.retired_ms IS NULL AND {{scope_row t.record_class t.person_id}}
?staff_id AND (p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND {{scope care k.person_id}} AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) AND k.staff_id = :staff_id) OR p.cluster_id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.staff_id = :staff_id AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today) OR p.cluster_id IN (SELECT q.cluster_id FROM person_pin pp JOIN person q ON q.id = pp.person_id WHERE pp.account_id = :@account))
?all AND (p.cluster_id IN (SELECT q.cluster_id FROM care_case k JOIN person q ON q.id = k.person_id WHERE k.org_id = :@org AND {{scope care k.person_id}} AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today)) OR p.cluster_id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today) OR p.cluster_id IN (SELECT q.cluster_id FROM person_pin pp JOIN person q ON q.id = pp.person_id WHERE pp.account_id = :@account))
;

-- name: record_task_list :many
-- doc: a task of rights protection about nobody yet is seen by who sees its consultation: :team and :staff_id as in
-- doc: consult_view (query/care.sql), in each of the statements about tasks
-- in: org_id int, state text, assignee_staff_id int?, unassigned bool?, person_id int?, consult_id int?, kind text?, due_to day?, due_from day, team int, staff_id int, limit int, offset int
-- out: id int, version int, person_id int?, consult_id int?, org_id int, assignee_staff_id int?, row_id int, pid text, kind text, state text, title text, reason text, table_name text, row_pid text, done_note text, person_pid text?, person_name text?, record_class int, due_on day?, done_ms ms?
SELECT t.id, t.version, t.person_id, t.consult_id, t.org_id, t.assignee_staff_id, t.row_id, t.pid, t.kind, t.state, t.title,
  t.reason, t.table_name, t.row_pid, t.done_note, p.pid, p.name, t.record_class, t.due_on, t.done_ms
FROM task t LEFT JOIN person p ON p.id = t.person_id
WHERE t.org_id = :org_id AND t.state = :state AND t.retired_ms IS NULL
AND ((t.person_id IS NOT NULL AND {{scope_row t.record_class t.person_id}})
  OR (t.person_id IS NULL AND ((t.record_class = 8 AND {{own consultation t.org_id}})
    OR (t.record_class = 16 AND ({{own rights t.org_id}} OR (:team > 0 AND t.org_id = :@org AND EXISTS (SELECT 1 FROM consult k
      WHERE k.id = t.consult_id AND k.person_id IS NULL AND k.record_class = 16 AND k.org_id = :@org AND k.retired_ms IS NULL
      AND (:team = 2 OR k.created_by = :@account OR k.assignee_staff_id = :staff_id)))))
    OR (t.record_class = 1024 AND {{own statistics t.org_id}})
    OR (t.record_class NOT IN (8, 16, 1024) AND {{own care t.org_id}}))))
?assignee_staff_id AND t.assignee_staff_id = :assignee_staff_id
?unassigned AND t.assignee_staff_id IS NULL AND :unassigned = 1
?person_id AND t.person_id = :person_id
?consult_id AND t.consult_id = :consult_id
?kind AND t.kind = :kind
?due_to AND t.due_on >= :due_from AND t.due_on <= :due_to
ORDER BY CASE WHEN t.due_on IS NULL THEN 1 ELSE 0 END, t.due_on, t.id
LIMIT :limit OFFSET :offset
;

-- name: record_task_count :one
-- in: org_id int, state text, assignee_staff_id int?, unassigned bool?, person_id int?, consult_id int?, kind text?, due_to day?, due_from day, team int, staff_id int
-- out: n int
SELECT COUNT(*) FROM task t
WHERE t.org_id = :org_id AND t.state = :state AND t.retired_ms IS NULL
AND ((t.person_id IS NOT NULL AND {{scope_row t.record_class t.person_id}})
  OR (t.person_id IS NULL AND ((t.record_class = 8 AND {{own consultation t.org_id}})
    OR (t.record_class = 16 AND ({{own rights t.org_id}} OR (:team > 0 AND t.org_id = :@org AND EXISTS (SELECT 1 FROM consult k
      WHERE k.id = t.consult_id AND k.person_id IS NULL AND k.record_class = 16 AND k.org_id = :@org AND k.retired_ms IS NULL
      AND (:team = 2 OR k.created_by = :@account OR k.assignee_staff_id = :staff_id)))))
    OR (t.record_class = 1024 AND {{own statistics t.org_id}})
    OR (t.record_class NOT IN (8, 16, 1024) AND {{own care t.org_id}}))))
?assignee_staff_id AND t.assignee_staff_id = :assignee_staff_id
?unassigned AND t.assignee_staff_id IS NULL AND :unassigned = 1
?person_id AND t.person_id = :person_id
?consult_id AND t.consult_id = :consult_id
?kind AND t.kind = :kind
?due_to AND t.due_on >= :due_from AND t.due_on <= :due_to
;

-- name: record_task_find :one
-- in: pid text, team int, staff_id int
-- out: id int, version int, person_id int?, consult_id int?, org_id int, assignee_staff_id int?, row_id int, pid text, kind text, state text, title text, reason text, table_name text, row_pid text, done_note text, person_pid text?, person_name text?, record_class int, due_on day?, done_ms ms?
SELECT t.id, t.version, t.person_id, t.consult_id, t.org_id, t.assignee_staff_id, t.row_id, t.pid, t.kind, t.state, t.title,
  t.reason, t.table_name, t.row_pid, t.done_note, p.pid, p.name, t.record_class, t.due_on, t.done_ms
FROM task t LEFT JOIN person p ON p.id = t.person_id
WHERE t.pid = :pid AND t.retired_ms IS NULL
AND ((t.person_id IS NOT NULL AND {{scope_row t.record_class t.person_id}})
  OR (t.person_id IS NULL AND ((t.record_class = 8 AND {{own consultation t.org_id}})
    OR (t.record_class = 16 AND ({{own rights t.org_id}} OR (:team > 0 AND t.org_id = :@org AND EXISTS (SELECT 1 FROM consult k
      WHERE k.id = t.consult_id AND k.person_id IS NULL AND k.record_class = 16 AND k.org_id = :@org AND k.retired_ms IS NULL
      AND (:team = 2 OR k.created_by = :@account OR k.assignee_staff_id = :staff_id)))))
    OR (t.record_class = 1024 AND {{own statistics t.org_id}})
    OR (t.record_class NOT IN (8, 16, 1024) AND {{own care t.org_id}}))))
;

-- name: record_task_of_row :many
-- doc: open tasks of a record
-- in: table_name text, row_id int, kind text?
-- out: id int, kind text, org_id int
-- unscoped: used by the writer of the record
SELECT t.id, t.kind, t.org_id FROM task t
WHERE t.table_name = :table_name AND t.row_id = :row_id AND t.state = 'open' AND t.retired_ms IS NULL
?kind AND t.kind = :kind
ORDER BY t.id
;

-- name: record_task_binned :many
-- doc: tasks that went to the bin together with their record
-- in: table_name text, row_id int, since_ms ms
-- out: id int
-- unscoped: used by the one who restores the record
SELECT t.id FROM task t WHERE t.table_name = :table_name AND t.row_id = :row_id AND t.retired_ms >= :since_ms
ORDER BY t.id
;

-- name: record_evidence_put :exec
-- doc: nothing if the record bears the code already (then record_evidence_keep and record_evidence_change)
-- in: code text, person_id int?, org_id int, record_class int, on_day day, table_name text, row_id int, body text
-- unscoped: written beside its record, whose writer has passed the gate
INSERT INTO evidence (code, person_id, org_id, record_class, on_day, recorded_ms, table_name, row_id, body, is_hidden)
VALUES (:code, :person_id, :org_id, :record_class, :on_day, :@now, :table_name, :row_id, :body, 0)
ON CONFLICT (table_name, row_id, code) DO NOTHING
;

-- name: record_evidence_change :exec
-- in: code text, person_id int?, org_id int, record_class int, on_day day, table_name text, row_id int, body text
-- unscoped: written beside its record, whose writer has passed the gate; what says the same again keeps its first time
UPDATE evidence SET person_id = :person_id, org_id = :org_id, record_class = :record_class, on_day = :on_day, recorded_ms = :@now, body = :body
WHERE table_name = :table_name AND row_id = :row_id AND code = :code
  AND (body <> :body OR on_day <> :on_day OR record_class <> :record_class OR COALESCE(person_id, 0) <> COALESCE(:person_id, 0) OR org_id <> :org_id)
;

-- name: record_evidence_keep :exec
-- doc: what the record said up to now, before it says something else (body and the rest given), nothing, or is hidden
-- in: table_name text, row_id int, code text?, body text?, on_day day?, record_class int?, person_id int?, org_id int?
-- unscoped: written beside its record, whose writer has passed the gate
INSERT INTO evidence_past (code, person_id, org_id, record_class, on_day, recorded_ms, until_ms, table_name, row_id, body)
SELECT e.code, e.person_id, e.org_id, e.record_class, e.on_day, e.recorded_ms, :@now, e.table_name, e.row_id, e.body
FROM evidence e
WHERE e.table_name = :table_name AND e.row_id = :row_id AND e.is_hidden = 0 AND e.recorded_ms < :@now
?code AND e.code = :code
?body AND (e.body <> :body OR e.on_day <> :on_day OR e.record_class <> :record_class OR COALESCE(e.person_id, 0) <> COALESCE(:person_id, 0) OR e.org_id <> :org_id)
;

-- name: record_evidence_drop :exec
-- in: table_name text, row_id int, code text
-- unscoped: written beside its record, whose writer has passed the gate
DELETE FROM evidence WHERE table_name = :table_name AND row_id = :row_id AND code = :code
;

-- name: record_evidence_hide :exec
-- doc: what comes back says it from now on; what it said before it went stands in evidence_past
-- in: table_name text, row_id int, is_hidden bool
-- unscoped: written beside its record, whose writer has passed the gate
UPDATE evidence SET is_hidden = :is_hidden, recorded_ms = CASE WHEN is_hidden = 1 THEN :@now ELSE recorded_ms END
WHERE table_name = :table_name AND row_id = :row_id AND is_hidden <> :is_hidden
;

-- name: record_evidence_of_row :many
-- doc: what one record says, hidden rows too
-- in: table_name text, row_id int
-- out: person_id int?, org_id int, code text, record_class int, on_day day, body text, is_hidden bool
-- unscoped: read beside its record, whose writer has passed the gate
SELECT e.person_id, e.org_id, e.code, e.record_class, e.on_day, e.body, e.is_hidden
FROM evidence e
WHERE e.table_name = :table_name AND e.row_id = :row_id
ORDER BY e.code
;

-- name: record_evidence_each :each
-- in: person_id int?, code text?, from_on day?, to_on day?, known_ms ms?
-- out: id int, person_id int?, org_id int, recorded_ms int, row_id int, code text, table_name text, body text, record_class int, on_day day
-- scan: the law evaluators read all evidence in one pass
SELECT e.id, e.person_id, e.org_id, e.recorded_ms, e.row_id, e.code, e.table_name, e.body, e.record_class, e.on_day
FROM evidence e
WHERE e.is_hidden = 0
AND ((e.person_id IS NOT NULL AND {{scope_row e.record_class e.person_id}})
  OR (e.person_id IS NULL AND ((e.record_class = 8 AND {{own consultation e.org_id}})
    OR (e.record_class = 16 AND {{own rights e.org_id}})
    OR (e.record_class = 256 AND {{own meeting e.org_id}})
    OR (e.record_class NOT IN (8, 16, 256) AND {{own care e.org_id}}))))
?person_id AND e.person_id = :person_id
?code AND e.code = :code
?from_on AND e.on_day >= :from_on
?to_on AND e.on_day <= :to_on
?known_ms AND e.recorded_ms <= :known_ms
ORDER BY e.person_id, e.code, e.on_day, e.id
;

-- name: record_draft_get :opt
-- in: draft_key text
-- out: id int, pid text, account_id int, draft_key text, title text, subject_person_id int?, record_class int, fields text, focus text, base_version int?, created_ms int, updated_ms int, from_account_id int?, handed_ms ms?
SELECT d.id, d.pid, d.account_id, d.draft_key, d.title, d.subject_person_id, d.record_class, d.fields, d.focus, d.base_version,
  d.created_ms, d.updated_ms, d.from_account_id, d.handed_ms
FROM draft d
WHERE d.account_id = :@account AND d.draft_key = :draft_key
;

-- name: record_draft_list :many
-- in: limit int
-- out: id int, pid text, account_id int, draft_key text, title text, subject_person_id int?, record_class int, base_version int?, created_ms int, updated_ms int, from_account_id int?, handed_ms ms?
SELECT d.id, d.pid, d.account_id, d.draft_key, d.title, d.subject_person_id, d.record_class, d.base_version, d.created_ms,
  d.updated_ms, d.from_account_id, d.handed_ms
FROM draft d
WHERE d.account_id = :@account
ORDER BY d.updated_ms DESC, d.id DESC
LIMIT :limit
;

-- name: record_draft_count :one
-- out: n int
SELECT COUNT(*) FROM draft d WHERE d.account_id = :@account
;

-- name: record_draft_insert :exec
-- in: pid text, draft_key text, title text, subject_person_id int?, record_class int, fields text, focus text, base_version int?
INSERT INTO draft (pid, account_id, draft_key, title, subject_person_id, record_class, fields, focus, base_version, created_ms,
  updated_ms)
VALUES (:pid, :@account, :draft_key, :title, :subject_person_id, :record_class, :fields, :focus, :base_version, :@now, :@now)
;

-- name: record_draft_update :exec
-- in: id int, title text, subject_person_id int?, record_class int, fields text, focus text, base_version int?
UPDATE draft SET title = :title, subject_person_id = :subject_person_id, record_class = :record_class, fields = :fields,
  focus = :focus, base_version = :base_version, updated_ms = CASE WHEN updated_ms < :@now THEN :@now ELSE updated_ms + 1 END
WHERE id = :id AND account_id = :@account
;

-- name: record_draft_delete :exec
-- in: draft_key text
DELETE FROM draft WHERE account_id = :@account AND draft_key = :draft_key
;

-- name: record_draft_of_org :many
-- doc: drafts of the accounts of an organisation, without their text
-- in: org_id int
-- out: id int, pid text, account_id int, draft_key text, title text, subject_person_id int?, record_class int, base_version int?, created_ms int, updated_ms int, from_account_id int?, handed_ms ms?
SELECT d.id, d.pid, d.account_id, d.draft_key, d.title, d.subject_person_id, d.record_class, d.base_version, d.created_ms,
  d.updated_ms, d.from_account_id, d.handed_ms
FROM account a JOIN draft d ON d.account_id = a.id
WHERE a.org_id = :org_id
ORDER BY d.updated_ms DESC, d.id DESC
LIMIT 500
;

-- name: record_draft_by_pid :opt
-- in: pid text
-- out: id int, account_id int, org_id int, draft_key text, subject_person_id int?
SELECT d.id, d.account_id, a.org_id, d.draft_key, d.subject_person_id FROM draft d JOIN account a ON a.id = d.account_id
WHERE d.pid = :pid
;

-- name: record_draft_key_taken :opt
-- in: account_id int, draft_key text
-- out: id int
SELECT d.id FROM draft d WHERE d.account_id = :account_id AND d.draft_key = :draft_key
;

-- name: record_draft_give :exec
-- in: id int, account_id int, draft_key text, from_account_id int
UPDATE draft SET account_id = :account_id, draft_key = :draft_key, from_account_id = :from_account_id, handed_by = :@account,
  handed_ms = :@now
WHERE id = :id
;

-- name: record_account_of :opt
-- in: id int
-- out: org_id int, state text, name text
SELECT a.org_id, a.state, a.name FROM account a WHERE a.id = :id
;

-- name: record_issued_list :many
-- in: person_id int, table_name text?, row_id int?
-- out: id int
SELECT i.id FROM issued_doc i
WHERE i.person_id IN (SELECT p.id FROM person p WHERE p.cluster_id = (SELECT x.cluster_id FROM person x WHERE x.id = :person_id))
AND {{scope_row i.record_class i.person_id}}
?table_name AND i.table_name = :table_name
?row_id AND i.row_id = :row_id
ORDER BY i.issued_ms DESC, i.id DESC
;

-- name: record_recipient_insert :one
-- in: issued_id int, kind text, name text, org_id int?, how text, on_day day
-- out: id int
INSERT INTO issued_recipient (issued_id, kind, name, org_id, how, on_day, created_ms, created_by)
VALUES (:issued_id, :kind, :name, :org_id, :how, :on_day, :@now, :@account)
RETURNING id
;

-- name: record_recipient_of :one
-- in: id int
-- out: issued_id int, kind text, how text, on_day day
-- unscoped: one recipient for its evidence, beside the writer of the document
SELECT issued_id, kind, how, on_day FROM issued_recipient WHERE id = :id
;

-- name: record_recipient_list :many
-- in: issued_id int
-- out: kind text, name text, org_id int?, how text, on_day day
SELECT r.kind, r.name, r.org_id, r.how, r.on_day FROM issued_recipient r WHERE r.issued_id = :issued_id ORDER BY r.on_day, r.id
;

-- name: record_bin_insert :exec
-- in: pid text, table_name text, row_id int, row_pid text, person_id int?, org_id int, record_class int, title text, reason text
-- unscoped: written beside the retirement of a record, whose gate was passed
INSERT INTO bin_item (pid, table_name, row_id, row_pid, person_id, org_id, record_class, title, reason, state, retired_ms,
  retired_by)
VALUES (:pid, :table_name, :row_id, :row_pid, :person_id, :org_id, :record_class, :title, :reason, 'in', :@now, :@account)
;

-- name: record_bin_list :many
-- in: person_id int?, limit int, offset int
-- out: id int, pid text, table_name text, row_id int, row_pid text, person_id int?, org_id int, record_class int, title text, reason text, state text, retired_ms int, retired_by int, retired_name text?
SELECT b.id, b.pid, b.table_name, b.row_id, b.row_pid, b.person_id, b.org_id, b.record_class, b.title, b.reason, b.state,
  b.retired_ms, b.retired_by, a.name
FROM bin_item b LEFT JOIN account a ON a.id = b.retired_by
WHERE b.state = 'in'
AND ((b.person_id IS NOT NULL AND {{scope_row b.record_class b.person_id}})
  OR (b.person_id IS NULL AND ((b.record_class = 8 AND {{own consultation b.org_id}})
    OR (b.record_class = 16 AND {{own rights b.org_id}})
    OR (b.record_class = 256 AND {{own meeting b.org_id}})
    OR (b.record_class = 1024 AND {{own statistics b.org_id}})
    OR (b.record_class NOT IN (8, 16, 256, 1024) AND {{own care b.org_id}}))))
?person_id AND b.person_id = :person_id
ORDER BY b.retired_ms DESC, b.id DESC
LIMIT :limit OFFSET :offset
;

-- name: record_bin_find :opt
-- in: pid text
-- out: id int, table_name text, row_id int, row_pid text, person_id int?, org_id int, record_class int, title text, state text, retired_ms int
SELECT b.id, b.table_name, b.row_id, b.row_pid, b.person_id, b.org_id, b.record_class, b.title, b.state, b.retired_ms
FROM bin_item b
WHERE b.pid = :pid
AND ((b.person_id IS NOT NULL AND {{scope_row b.record_class b.person_id}})
  OR (b.person_id IS NULL AND ((b.record_class = 8 AND {{own consultation b.org_id}})
    OR (b.record_class = 16 AND {{own rights b.org_id}})
    OR (b.record_class = 256 AND {{own meeting b.org_id}})
    OR (b.record_class = 1024 AND {{own statistics b.org_id}})
    OR (b.record_class NOT IN (8, 16, 256, 1024) AND {{own care b.org_id}}))))
;

-- name: record_bin_of_row :opt
-- doc: the item in the bin that holds a record
-- in: table_name text, row_id int
-- out: pid text, person_id int?, record_class int, org_id int
-- unscoped: the caller gates by what it finds
SELECT b.pid, b.person_id, b.record_class, b.org_id FROM bin_item b
WHERE b.table_name = :table_name AND b.row_id = :row_id AND b.state = 'in'
ORDER BY b.id DESC
LIMIT 1
;

-- name: record_bin_end :exec
-- in: id int, state text
-- unscoped: the caller has passed the gate of the item
UPDATE bin_item SET state = :state, ended_ms = :@now, ended_by = :@account WHERE id = :id AND state = 'in'
;

-- name: record_bin_sweep :exec
-- doc: what has been in the bin for longer than allowed stays retired for good; nothing is erased
-- in: before_ms ms
-- unscoped: the daily job of the house
UPDATE bin_item SET state = 'final', ended_ms = :@now, ended_by = :@account WHERE state = 'in' AND retired_ms < :before_ms
;

-- name: record_conflict_list :many
-- in: table_name text, row_id int
-- out: pid text, fields text, account_id int, account_name text?, at_ms int, base_version int, theirs_version int
SELECT k.pid, k.fields, k.account_id, a.name, k.at_ms, k.base_version, k.theirs_version
FROM conflict_text k LEFT JOIN account a ON a.id = k.account_id
WHERE k.table_name = :table_name AND k.row_id = :row_id
ORDER BY k.at_ms DESC, k.id DESC
LIMIT 200
;

-- name: record_conflict_find :opt
-- doc: the losing text, for its owner
-- in: pid text
-- out: table_name text, row_id int, mine text, fields text
SELECT k.table_name, k.row_id, k.mine, k.fields FROM conflict_text k WHERE k.pid = :pid AND k.account_id = :@account
;

-- name: record_staff_in_org :opt
-- doc: does the staff member work in the organisation today
-- in: staff_id int, org_id int
-- out: id int
SELECT s.id FROM staff_post s
WHERE s.staff_id = :staff_id AND s.org_id = :org_id AND s.from_on <= :@today AND s.to_on >= :@today AND s.retired_ms IS NULL
LIMIT 1
;
