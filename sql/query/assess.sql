-- Statements of care/assess and care/issue_sheet.

-- name: assess_of_person :many
-- doc: assessments of a person and the records merged with it, newest first
-- in: person_id int
-- out: id int, pid text, version int, view text, status text, reason text, done_on day, org_name text, staff_name text?, updated_ms ms
SELECT a.id, a.pid, a.version, a.view, a.status, a.reason, a.done_on, o.name, s.name, a.updated_ms
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN assessment a ON a.person_id = p.id
JOIN org o ON o.id = a.org_id
LEFT JOIN staff s ON s.id = a.staff_id
WHERE me.id = :person_id AND a.retired_ms IS NULL AND {{scope care a.person_id}}
ORDER BY a.done_on DESC, a.id DESC
;

-- name: assess_items :many
-- doc: the items of one assessment that the actor may see
-- in: assessment_id int
-- out: id int, code text
SELECT i.id, i.code
FROM assessment_item i
WHERE i.assessment_id = :assessment_id AND i.retired_ms IS NULL AND {{scope_row i.record_class i.person_id}}
ORDER BY i.code, i.id
;

-- name: assess_stated :one
-- doc: how many items have a state, how many areas a text: what the evidence counts, whoever asks
-- in: assessment_id int
-- out: items int, areas int
-- unscoped: numbers for the evidence, beside the record's writer
SELECT (SELECT COUNT(*) FROM assessment_item i WHERE i.assessment_id = a.id AND i.retired_ms IS NULL AND TRIM(i.state) <> ''),
       (SELECT COUNT(*) FROM assessment_area r WHERE r.assessment_id = a.id AND r.retired_ms IS NULL AND TRIM(r.status_text) <> '')
FROM assessment a
WHERE a.id = :assessment_id
;

-- name: assess_areas :many
-- in: assessment_id int
-- out: id int, area text
SELECT r.id, r.area
FROM assessment_area r
WHERE r.assessment_id = :assessment_id AND r.retired_ms IS NULL AND {{scope care r.person_id}}
ORDER BY r.id
;

-- name: assess_case_of :opt
-- doc: the running case of the actor's organisation about the person, the newest
-- in: person_id int
-- out: id int
SELECT k.id
FROM care_case k
WHERE k.person_id = :person_id AND k.org_id = :@org AND k.retired_ms IS NULL AND {{scope care k.person_id}}
ORDER BY k.id DESC
LIMIT 1
;

-- name: assess_basic_info :opt
-- doc: what the newest 利用者基本情報 says of life and services, to be shown beside the items
-- in: person_id int
-- out: consult_on day, life_history text, day_overview text, hobby text, relation text, svc_public text, svc_informal text
SELECT b.consult_on, b.life_history, b.day_overview, b.hobby, b.relation, b.svc_public, b.svc_informal
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN basic_info b ON b.person_id = p.id
WHERE me.id = :person_id AND b.retired_ms IS NULL AND {{scope care b.person_id}}
ORDER BY b.consult_on DESC, b.id DESC
LIMIT 1
;

-- name: assess_draft :many
-- doc: assessments of the organisation that are not confirmed
-- in: staff_id int?, offset int, limit int
-- out: pid text, person_id int, person_pid text, person_name text, done_on day, reason text, staff_name text?
SELECT a.pid, p.id, p.pid, p.name, a.done_on, a.reason, s.name
FROM assessment a
JOIN person p ON p.id = a.person_id
LEFT JOIN staff s ON s.id = a.staff_id
WHERE a.org_id = :@org AND a.status = 'draft' AND a.retired_ms IS NULL AND {{scope care a.person_id}}
?staff_id AND a.staff_id = :staff_id
ORDER BY a.done_on, a.id
LIMIT :limit OFFSET :offset
;

-- name: assess_draft_count :one
-- in: staff_id int?
-- out: n int
SELECT COUNT(*)
FROM assessment a
WHERE a.org_id = :@org AND a.status = 'draft' AND a.retired_ms IS NULL AND {{scope care a.person_id}}
?staff_id AND a.staff_id = :staff_id
;

-- name: assess_again :many
-- doc: people whose newest assessment is older than the certification that holds today (更新・区分変更): a new one is wanted
-- in: staff_id int?, offset int, limit int
-- out: pid text, person_id int, person_pid text, person_name text, done_on day, from_on day, staff_name text?
SELECT a.pid, p.id, p.pid, p.name, a.done_on, k.from_on, s.name
FROM assessment a
JOIN person p ON p.id = a.person_id
JOIN certification k ON k.person_id = a.person_id
LEFT JOIN staff s ON s.id = a.staff_id
WHERE a.org_id = :@org AND a.status = 'confirmed' AND a.retired_ms IS NULL AND {{scope care a.person_id}}
  AND k.status = 'certified' AND k.retired_ms IS NULL AND k.from_on > a.done_on AND k.from_on <= :@today AND k.to_on >= :@today
  AND p.death_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM assessment n WHERE n.person_id = a.person_id AND n.org_id + 0 = a.org_id AND n.retired_ms IS NULL AND (n.done_on > a.done_on OR (n.done_on = a.done_on AND n.id > a.id)))
?staff_id AND a.staff_id = :staff_id
ORDER BY k.from_on, a.id
LIMIT :limit OFFSET :offset
;

-- name: assess_again_count :one
-- doc: + 0: by the few assessments of the person, not by all of the organisation
-- in: staff_id int?
-- out: n int
SELECT COUNT(*)
FROM assessment a
JOIN person p ON p.id = a.person_id
JOIN certification k ON k.person_id = a.person_id
WHERE a.org_id = :@org AND a.status = 'confirmed' AND a.retired_ms IS NULL AND {{scope care a.person_id}}
  AND k.status = 'certified' AND k.retired_ms IS NULL AND k.from_on > a.done_on AND k.from_on <= :@today AND k.to_on >= :@today
  AND p.death_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM assessment n WHERE n.person_id = a.person_id AND n.org_id + 0 = a.org_id AND n.retired_ms IS NULL AND (n.done_on > a.done_on OR (n.done_on = a.done_on AND n.id > a.id)))
?staff_id AND a.staff_id = :staff_id
;

-- name: issue_sheets :many
-- doc: 課題整理総括表 made from one assessment, newest first
-- in: assessment_id int
-- out: id int, pid text, create_on day, updated_ms ms, staff_name text?
SELECT t.id, t.pid, t.create_on, t.updated_ms, s.name
FROM issue_sheet t
LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.assessment_id = :assessment_id AND t.retired_ms IS NULL AND {{scope care t.person_id}}
ORDER BY t.create_on DESC, t.id DESC
;

-- name: issue_sheet_rows :many
-- in: issue_sheet_id int
-- out: id int
SELECT r.id
FROM issue_sheet_row r
WHERE r.issue_sheet_id = :issue_sheet_id AND r.retired_ms IS NULL AND {{scope care r.person_id}}
ORDER BY r.no, r.id
;

-- name: issue_sheet_needs :many
-- in: issue_sheet_id int
-- out: id int
SELECT r.id
FROM issue_sheet_need r
WHERE r.issue_sheet_id = :issue_sheet_id AND r.retired_ms IS NULL AND {{scope care r.person_id}}
ORDER BY r.no, r.id
;

-- name: issue_sheet_of_person :many
-- doc: every 課題整理総括表 of a person and the records merged with it, newest first; for printing many
-- in: person_id int
-- out: pid text, create_on day
SELECT t.pid, t.create_on
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN issue_sheet t ON t.person_id = p.id
WHERE me.id = :person_id AND t.retired_ms IS NULL AND {{scope care t.person_id}}
ORDER BY t.create_on DESC, t.id DESC
;
