-- Duties: what the evaluators of law/duty are fed with, case by case in ranges of case ids (care/duty_gather).
-- org_id: cases the organisation holds or has taken on by commission; NULL = all that the actor may see.

-- name: duty_cases :many
-- doc: cases by id, and what the actor may see beside care of each: what is not seen is not judged; is_first = the first of these cases of the person (the person's own duties are judged once); + 0 keeps the engine from walking over all cases of the organisation
-- in: after int, upto int?, org_id int?, person_id int?, case_id int?, staff_id int?, from_on day?, limit int
-- out: id int, pid text, person_id int, cluster_id int, person_pid text, name text, kana text, birth_on day?, org_id int, org_pid text, org_name text, org_kind text, insurer_org_id int?, staff_id int?, staff_pid text?, staff_name text?, kind text, contract_on day?, start_on day?, end_on day?, is_first bool, meeting bool, medical bool, benefit bool
SELECT k.id, k.pid, k.person_id, p.cluster_id, p.pid, p.name, p.kana, p.birth_on, k.org_id, o.pid, o.name, o.kind, o.insurer_org_id,
       k.staff_id, s.pid, s.name, k.kind, k.contract_on, k.start_on, k.end_on,
       CASE WHEN EXISTS (SELECT 1 FROM care_case f WHERE f.person_id = k.person_id AND f.org_id + 0 = k.org_id AND f.id < k.id AND f.retired_ms IS NULL) THEN 0 ELSE 1 END,
       CASE WHEN {{scope meeting p.cluster_id}} THEN 1 ELSE 0 END, CASE WHEN {{scope medical p.cluster_id}} THEN 1 ELSE 0 END, CASE WHEN {{scope benefit p.cluster_id}} THEN 1 ELSE 0 END
FROM care_case k
JOIN person p ON p.id = k.person_id
JOIN org o ON o.id = k.org_id
LEFT JOIN staff s ON s.id = k.staff_id
WHERE k.id > :after AND k.retired_ms IS NULL AND {{scope care p.cluster_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL AND m.status NOT IN ('requested', 'refused', 'withdrawn')))
?person_id AND p.cluster_id = (SELECT me.cluster_id FROM person me WHERE me.id = :person_id)
?case_id AND k.id = :case_id
?upto AND k.id <= :upto
?staff_id AND k.staff_id = :staff_id
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY k.id
LIMIT :limit
;

-- name: duty_borders :many
-- doc: the id of every so many-th case, to cut the house into ranges that are read side by side
-- in: step int
-- out: id int
-- unscoped: ids alone, and nothing of them is shown; who may see a case is asked when its range is read
-- scan: all cases of the house, once for a list about all of them
SELECT x.id FROM (SELECT k.id AS id, ROW_NUMBER() OVER (ORDER BY k.id) AS n FROM care_case k) x WHERE x.n % :step = 0
ORDER BY x.id
;

-- name: duty_plans :many
-- in: lo int, hi int, org_id int?, staff_id int?, cluster_id int?, from_on day?
-- out: id int, pid text, case_id int, status text, create_on day, consented_on day?, from_on day?, to_on day?, ended_on day?, change_kind text, change_minor_code text, change_judged_by int?, change_reason text, is_provisional bool, level text, expected_level text, wish_family text, licensed bool
SELECT pl.id, pl.pid, pl.case_id, pl.status, pl.create_on, pl.consented_on, pl.from_on, pl.to_on, pl.ended_on, pl.change_kind,
       pl.change_minor_code, pl.change_judged_by, pl.change_reason, pl.is_provisional, pl.level, pl.expected_level, pl.wish_family,
       CASE WHEN EXISTS (SELECT 1 FROM staff_licence l WHERE l.staff_id = pl.staff_id AND l.retired_ms IS NULL AND l.profession IN ('cm', 'chief_cm')
         AND (l.from_on IS NULL OR l.from_on <= pl.create_on) AND (l.expires_on IS NULL OR l.expires_on >= pl.create_on)) THEN 1 ELSE 0 END
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
WHERE k.id BETWEEN :lo AND :hi AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY pl.case_id, pl.version_no, pl.revision_no, pl.id
;

-- name: duty_services :many
-- in: lo int, hi int, org_id int?, staff_id int?, cluster_id int?, from_on day?
-- out: case_id int, plan_id int, pid text, actor text, type_code text, times_week int?, times_month int?, life_support bool, reason text, from_on day?, to_on day?
SELECT pl.case_id, v.plan_id, v.pid, v.actor, v.type_code, v.times_week, v.times_month, v.life_support, v.reason, v.from_on, v.to_on
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
JOIN plan_service v ON v.plan_id = pl.id
WHERE k.id BETWEEN :lo AND :hi AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' AND v.retired_ms IS NULL AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY pl.case_id, v.id
;

-- name: duty_targets :many
-- doc: who has to be given the plan (what = 1: kind, org, name) and whose 個別サービス計画 is asked for (what = 2: office, why not)
-- in: lo int, hi int, org_id int?, staff_id int?, cluster_id int?, from_on day?
-- out: what int, case_id int, plan_id int, kind text, org_id int?, name text, reason text
SELECT 1, pl.case_id, d.plan_id, d.kind, d.org_id, d.name, ''
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
JOIN plan_delivery d ON d.plan_id = pl.id
WHERE k.id BETWEEN :lo AND :hi AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' AND d.retired_ms IS NULL AND d.kind IN ('self', 'office') AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
UNION ALL
SELECT 2, pl.case_id, v.plan_id, 'office', v.org_id, v.office, v.not_needed_reason
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
JOIN provider_plan v ON v.plan_id = pl.id
WHERE k.id BETWEEN :lo AND :hi AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' AND v.retired_ms IS NULL AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY 2, 3, 1
;

-- name: duty_certs :many
-- doc: certifications by case, in no order within it
-- in: lo int, hi int, org_id int?, staff_id int?, cluster_id int?, from_on day?
-- out: case_id int, id int, pid text, status text, apply_kind text, level text?, applied_on day?, decided_on day?, from_on day?, to_on day?, disease_code text
SELECT k.id, r.id, r.pid, r.status, r.apply_kind, r.level, r.applied_on, r.decided_on, r.from_on, r.to_on, r.disease_code
FROM care_case k
JOIN person me ON me.id = k.person_id
JOIN person p ON p.cluster_id = me.cluster_id
JOIN certification r ON r.person_id = p.id
WHERE k.id BETWEEN :lo AND :hi AND r.retired_ms IS NULL AND {{scope care me.cluster_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY k.id
;

-- name: duty_insured :many
-- in: lo int, hi int, on_day day, org_id int?, staff_id int?, cluster_id int?, from_on day?
-- out: case_id int, category text, insurer_org_id int?
SELECT k.id, r.category, (SELECT MIN(i.id) FROM org i WHERE i.kind = 'insurer' AND i.insurer_no = r.insurer_no AND i.retired_ms IS NULL)
FROM care_case k
JOIN person me ON me.id = k.person_id
JOIN person p ON p.cluster_id = me.cluster_id
JOIN person_insurance r ON r.person_id = p.id
WHERE k.id BETWEEN :lo AND :hi AND r.retired_ms IS NULL AND r.from_on <= :on_day AND r.to_on >= :on_day AND {{scope care me.cluster_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY k.id, r.from_on
;

-- name: duty_disabled :many
-- doc: cases whose person uses services of disability welfare on that day, as far as the actor may see that
-- in: lo int, hi int, on_day day, staff_id int?, cluster_id int?, from_on day?
-- out: case_id int
SELECT DISTINCT k.id
FROM care_case k
JOIN person me ON me.id = k.person_id
JOIN person p ON p.cluster_id = me.cluster_id
JOIN disability_benefit r ON r.person_id = p.id
WHERE k.id BETWEEN :lo AND :hi AND r.retired_ms IS NULL AND r.kind IN ('service', 'consult', 'community') AND r.from_on <= :on_day AND r.to_on >= :on_day
  AND {{scope care me.cluster_id}} AND {{scope disability me.cluster_id}}
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY k.id
;

-- name: duty_facts :many
-- doc: evidence by case, in no order within it: of the organisation that holds it, of the office it is commissioned to, and what belongs to the person whoever wrote it; a row of class care (2) needs no gate of its own beside the case's, which is the same
-- in: lo int, hi int, on_day day, org_id int?, staff_id int?, cluster_id int?, from_on day?
-- out: case_id int, id int, code text, on_day day, recorded_ms int, table_name text, row_id int, body text
SELECT k.id, e.id, e.code, e.on_day, e.recorded_ms, e.table_name, e.row_id, e.body
FROM care_case k
JOIN person me ON me.id = k.person_id
JOIN person p ON p.cluster_id = me.cluster_id
JOIN evidence e ON e.person_id = p.id
WHERE k.id BETWEEN :lo AND :hi AND e.is_hidden = 0 AND e.on_day <= :on_day AND {{scope care me.cluster_id}} AND (e.record_class = 2 OR {{scope_row e.record_class me.cluster_id}})
  AND (e.org_id = k.org_id OR e.org_id = 0 OR e.code IN ('REC-CERT', 'REC-HOSP', 'HOUSE-CHECKLIST')
    OR e.org_id IN (SELECT m.office_org_id FROM commission m WHERE m.case_id = k.id AND m.retired_ms IS NULL))
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY k.id
;

-- name: duty_orgs :many
-- doc: organisations with duties of their own
-- in: org_id int?
-- out: id int, pid text, name text, kind text, valid_from day?, insurer_org_id int?
SELECT o.id, o.pid, o.name, o.kind, o.valid_from, o.insurer_org_id
FROM org o
WHERE o.retired_ms IS NULL AND o.kind IN ('home_cm', 'prevention_cm', 'centre', 'insurer')
?org_id AND o.id = :org_id
ORDER BY o.id
;

-- name: duty_org_posts :many
-- doc: who works at the organisation on that day, with each licence valid then
-- in: org_id int, on_day day
-- out: staff_id int, role text, is_full_time bool, profession text?
SELECT t.staff_id, t.role, t.is_full_time, l.profession
FROM staff_post t
LEFT JOIN staff_licence l ON l.staff_id = t.staff_id AND l.retired_ms IS NULL AND (l.from_on IS NULL OR l.from_on <= :on_day) AND (l.expires_on IS NULL OR l.expires_on >= :on_day)
WHERE t.org_id = :org_id AND t.retired_ms IS NULL AND t.from_on <= :on_day AND t.to_on >= :on_day
ORDER BY t.staff_id
;

-- name: duty_org_cases :many
-- doc: running cases by kind on that day, for the counts of the office
-- in: org_id int, on_day day
-- out: kind text, n int
SELECT k.kind, COUNT(*)
FROM care_case k
WHERE k.org_id = :org_id AND k.retired_ms IS NULL AND k.start_on IS NOT NULL AND k.start_on <= :on_day AND (k.end_on IS NULL OR k.end_on >= :on_day) AND {{scope care k.person_id}}
GROUP BY k.kind
;

-- name: duty_org_facts :many
-- doc: evidence of the organisation itself; what concerns a person only as far as the actor may see it
-- in: org_id int, on_day day
-- out: id int, code text, on_day day, recorded_ms int, table_name text, row_id int, body text
SELECT e.id, e.code, e.on_day, e.recorded_ms, e.table_name, e.row_id, e.body
FROM evidence e
WHERE e.org_id = :org_id AND e.is_hidden = 0 AND e.on_day <= :on_day
  AND e.code IN ('REC-COMM', 'REC-NOTIFY', 'HOUSE-CHANGE', 'HOUSE-NOTICE', 'HOUSE-MINUTES', 'HOUSE-COMMISSION', 'HOUSE-EVAL', 'HOUSE-DISPOSE', 'HOUSE-REQUEST', 'HOUSE-MEASURE', 'REC-EXC')
  AND (e.code NOT IN ('REC-EXC', 'HOUSE-REQUEST') OR e.person_id IS NULL)
  AND ((e.person_id IS NULL AND {{own meeting e.org_id}}) OR (e.person_id IS NOT NULL AND {{scope_row e.record_class e.person_id}}))
ORDER BY e.on_day, e.id
;

-- name: month_of :opt
-- in: org_id int, month_on day
-- out: id int
SELECT m.id FROM month_close m WHERE m.org_id = :org_id AND m.month_on = :month_on
;

-- name: month_list :many
-- in: org_id int
-- out: pid text, month_on day, is_closed bool, closed_on day?, lines int
SELECT m.pid, m.month_on, m.is_closed, m.closed_on, m.lines FROM month_close m WHERE m.org_id = :org_id
ORDER BY m.month_on DESC
;

-- name: month_reasons :many
-- in: org_id int, month_on day
-- out: id int, pid text, case_id int, rule text, anchor_on day, target text, reason text, updated_ms int, updated_by text?
SELECT r.id, r.pid, r.case_id, r.rule, r.anchor_on, r.target, r.reason, r.updated_ms, a.name
FROM month_reason r
LEFT JOIN account a ON a.id = r.updated_by
WHERE r.org_id = :org_id AND r.month_on = :month_on AND r.retired_ms IS NULL AND {{scope care r.person_id}}
ORDER BY r.case_id, r.id
;

-- name: duty_fact_pid :opt
-- doc: public id of the record behind a row of evidence, as its time line entry knows it
-- in: table_name text, row_id int
-- out: row_pid text, person_id int, name text
SELECT t.row_pid, t.person_id, p.name
FROM timeline t
JOIN person p ON p.id = t.person_id
WHERE t.table_name = :table_name AND t.row_id = :row_id AND t.row_pid <> '' AND {{scope_row t.record_class t.person_id}}
ORDER BY t.id DESC
LIMIT 1
;

-- name: conc_plans :many
-- doc: services of the plans in use in a period, with the corporation that runs the office; the judgement counts each case once a month; || '' keeps the engine from walking over all services of that kind in the house
-- in: org_id int, from_on day, to_on day, service text
-- out: case_id int, from_on day, to_on day, corp_id int?, corp text
-- scan: one office's plans of half a year
SELECT DISTINCT pl.case_id, pl.from_on, CASE WHEN pl.ended_on IS NOT NULL AND pl.ended_on < COALESCE(pl.to_on, '9999-12-31') THEN pl.ended_on ELSE COALESCE(pl.to_on, '9999-12-31') END,
       COALESCE(o.operator_org_id, o.id), COALESCE(b.name, o.name, v.office)
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
JOIN plan_service v ON v.plan_id = pl.id
LEFT JOIN org o ON o.id = v.org_id
LEFT JOIN org b ON b.id = o.operator_org_id
WHERE k.org_id = :org_id AND k.kind = 'home' AND k.retired_ms IS NULL AND pl.retired_ms IS NULL AND v.retired_ms IS NULL
  AND pl.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended') AND pl.from_on IS NOT NULL AND pl.from_on <= :to_on
  AND (pl.to_on IS NULL OR pl.to_on >= :from_on) AND (pl.ended_on IS NULL OR pl.ended_on >= :from_on) AND v.type_code || '' = :service AND {{scope care k.person_id}}
ORDER BY 4, 5, 1, 2
;

-- name: conc_all :many
-- doc: plans in use in a period, whatever is in them
-- in: org_id int, from_on day, to_on day
-- out: case_id int, from_on day, to_on day
-- scan: one office's plans of half a year
SELECT DISTINCT pl.case_id, pl.from_on, CASE WHEN pl.ended_on IS NOT NULL AND pl.ended_on < COALESCE(pl.to_on, '9999-12-31') THEN pl.ended_on ELSE COALESCE(pl.to_on, '9999-12-31') END
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
WHERE k.org_id = :org_id AND k.kind = 'home' AND k.retired_ms IS NULL AND pl.retired_ms IS NULL
  AND pl.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended') AND pl.from_on IS NOT NULL AND pl.from_on <= :to_on
  AND (pl.to_on IS NULL OR pl.to_on >= :from_on) AND (pl.ended_on IS NULL OR pl.ended_on >= :from_on) AND {{scope care k.person_id}}
ORDER BY 1, 2
;

-- name: add_stays :many
-- doc: stays of clients of 居宅介護支援 that begin or end in the month; hearings only where medical records may be seen
-- in: org_id int, from_on day, to_on day
-- out: person_id int, person_pid text, name text, kana text, pid text, admitted_on day, after_hours bool, told_on day?, discharged_on day?, hearing text?
SELECT p.id, p.pid, p.name, p.kana, s.pid, s.admitted_on, s.after_hours, s.told_on, s.discharged_on,
       (SELECT MAX(d.hearing) FROM discharge_record d WHERE d.stay_id = s.id AND d.retired_ms IS NULL AND {{scope medical d.person_id}})
FROM hospital_stay s
JOIN person p ON p.id = s.person_id
WHERE s.org_id = :org_id AND s.retired_ms IS NULL AND ((s.admitted_on >= :from_on AND s.admitted_on <= :to_on) OR (s.discharged_on >= :from_on AND s.discharged_on <= :to_on))
  AND {{scope care s.person_id}}
  AND EXISTS (SELECT 1 FROM care_case k WHERE k.person_id = s.person_id AND k.org_id = s.org_id AND k.kind = 'home' AND k.retired_ms IS NULL)
ORDER BY p.kana_fold, s.admitted_on, s.id
;

-- name: add_commissions :many
-- doc: commissions of the centre that an office took on in the month
-- in: org_id int, from_on day, to_on day
-- out: person_id int, person_pid text, name text, kana text, pid text, on_day day
SELECT p.id, p.pid, p.name, p.kana, m.pid, m.status_on
FROM commission m
JOIN person p ON p.id = m.person_id
WHERE m.org_id = :org_id AND m.retired_ms IS NULL AND m.status NOT IN ('requested', 'refused', 'withdrawn') AND {{scope care m.person_id}}
  AND m.status_on >= :from_on AND m.status_on <= :to_on
ORDER BY p.kana_fold, m.id
;

-- name: add_deaths :many
-- doc: home visits before a death in the month, of cases of 居宅介護支援
-- in: org_id int, from_on day, to_on day, since_on day
-- out: person_id int, person_pid text, name text, kana text, case_pid text, death_on day, visit_on day?
SELECT p.id, p.pid, p.name, p.kana, k.pid, p.death_on, m.mon_on
FROM person p
JOIN care_case k ON k.person_id = p.id
LEFT JOIN monitoring m ON m.case_id = k.id AND m.retired_ms IS NULL AND m.method = 'visit' AND m.mon_on >= :since_on
WHERE k.org_id = :org_id AND k.kind = 'home' AND k.retired_ms IS NULL AND p.death_on >= :from_on AND p.death_on <= :to_on AND {{scope care k.person_id}}
ORDER BY p.kana_fold, k.id, m.mon_on
;

-- name: duty_facts_past :many
-- doc: evidence by case as it stood at an instant, of rows that have been written anew, hidden or dropped since
-- in: lo int, hi int, on_day day, known_ms ms, org_id int?, staff_id int?, cluster_id int?, from_on day?
-- out: case_id int, id int, code text, on_day day, recorded_ms int, table_name text, row_id int, body text
SELECT k.id, e.id, e.code, e.on_day, e.recorded_ms, e.table_name, e.row_id, e.body
FROM care_case k
JOIN person me ON me.id = k.person_id
JOIN person p ON p.cluster_id = me.cluster_id
JOIN evidence_past e ON e.person_id = p.id
WHERE k.id BETWEEN :lo AND :hi AND e.recorded_ms <= :known_ms AND e.until_ms > :known_ms AND e.on_day <= :on_day
  AND {{scope care me.cluster_id}} AND (e.record_class = 2 OR {{scope_row e.record_class me.cluster_id}})
  AND (e.org_id = k.org_id OR e.code IN ('REC-CERT', 'REC-HOSP', 'HOUSE-CHECKLIST')
    OR e.org_id IN (SELECT m.office_org_id FROM commission m WHERE m.case_id = k.id AND m.retired_ms IS NULL))
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
?staff_id AND k.staff_id = :staff_id
?cluster_id AND k.person_id IN (SELECT own.id FROM person own WHERE own.cluster_id = :cluster_id)
?from_on AND (k.end_on IS NULL OR k.end_on >= :from_on)
ORDER BY k.id, e.on_day, e.id
;

-- name: duty_org_facts_past :many
-- doc: evidence of the organisation itself as it stood at an instant, of rows that have changed since
-- in: org_id int, on_day day, known_ms ms
-- out: id int, code text, on_day day, recorded_ms int, table_name text, row_id int, body text
SELECT e.id, e.code, e.on_day, e.recorded_ms, e.table_name, e.row_id, e.body
FROM evidence_past e
WHERE e.org_id = :org_id AND e.recorded_ms <= :known_ms AND e.until_ms > :known_ms AND e.on_day <= :on_day
  AND e.code IN ('REC-COMM', 'REC-NOTIFY', 'HOUSE-CHANGE', 'HOUSE-NOTICE', 'HOUSE-MINUTES', 'HOUSE-COMMISSION', 'HOUSE-EVAL', 'HOUSE-DISPOSE', 'HOUSE-REQUEST', 'HOUSE-MEASURE')
  AND (e.code <> 'HOUSE-REQUEST' OR e.person_id IS NULL)
  AND ((e.person_id IS NULL AND {{own meeting e.org_id}}) OR (e.person_id IS NOT NULL AND {{scope_row e.record_class e.person_id}}))
ORDER BY e.on_day, e.id
;

-- name: add_clinics :many
-- doc: entries of the month that say a visit to the doctor was attended, of clients of 居宅介護支援
-- in: org_id int, from_on day, to_on day
-- out: person_id int, person_pid text, name text, kana text, pid text, at_on day
SELECT p.id, p.pid, p.name, p.kana, g.pid, g.at_on
FROM care_case k
JOIN person p ON p.id = k.person_id
JOIN care_log g ON g.person_id = k.person_id
WHERE k.org_id = :org_id AND k.kind = 'home' AND k.retired_ms IS NULL AND g.org_id = k.org_id AND g.retired_ms IS NULL AND g.struck_ms IS NULL
  AND g.at_on >= :from_on AND g.at_on <= :to_on AND '|' || g.about || '|' LIKE '%|clinic|%' AND {{scope care k.person_id}}
ORDER BY p.kana_fold, k.person_id, g.at_on, g.id
;
