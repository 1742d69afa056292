-- Duties "as known on a day" (care/duty_known): the rows of sql/query/duty.sql that stood at an instant although they are in the bin,
-- cancelled or put away by now. What each said then is taken from its history (row_at). Same columns and order as the statements there.

-- name: known_cases :many
-- in: after int, known_ms ms, org_id int?, person_id int?, case_id int?, staff_id int?, limit int
-- out: id int, pid text, person_id int, cluster_id int, person_pid text, name text, kana text, birth_on day?, org_id int, org_pid text, org_name text, org_kind text, insurer_org_id int?, staff_id int?, staff_pid text?, staff_name text?, kind text, contract_on day?, start_on day?, end_on day?, is_first bool, meeting bool, medical bool, benefit bool
SELECT k.id, k.pid, k.person_id, p.cluster_id, p.pid, p.name, p.kana, p.birth_on, k.org_id, o.pid, o.name, o.kind, o.insurer_org_id,
       k.staff_id, s.pid, s.name, k.kind, k.contract_on, k.start_on, k.end_on,
       CASE WHEN EXISTS (SELECT 1 FROM care_case f WHERE f.person_id = k.person_id AND f.org_id + 0 = k.org_id AND f.id < k.id AND f.created_ms <= :known_ms
         AND (f.retired_ms IS NULL OR f.retired_ms > :known_ms)) THEN 0 ELSE 1 END,
       CASE WHEN {{scope meeting p.cluster_id}} THEN 1 ELSE 0 END, CASE WHEN {{scope medical p.cluster_id}} THEN 1 ELSE 0 END, CASE WHEN {{scope benefit p.cluster_id}} THEN 1 ELSE 0 END
FROM care_case k
JOIN person p ON p.id = k.person_id
JOIN org o ON o.id = k.org_id
LEFT JOIN staff s ON s.id = k.staff_id
WHERE k.id > :after AND (k.retired_ms IS NULL OR k.retired_ms > :known_ms) AND {{scope care p.cluster_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL AND m.status NOT IN ('requested', 'refused', 'withdrawn')))
?person_id AND p.cluster_id = (SELECT me.cluster_id FROM person me WHERE me.id = :person_id)
?case_id AND k.id = :case_id
?staff_id AND k.staff_id = :staff_id
ORDER BY k.id
LIMIT :limit
;

-- name: known_plans :many
-- in: lo int, hi int, known_ms ms, org_id int?
-- out: id int, pid text, case_id int, status text, create_on day, consented_on day?, from_on day?, to_on day?, ended_on day?, change_kind text, change_minor_code text, change_judged_by int?, change_reason text, is_provisional bool, level text, expected_level text, wish_family text, licensed bool
SELECT pl.id, pl.pid, pl.case_id, pl.status, pl.create_on, pl.consented_on, pl.from_on, pl.to_on, pl.ended_on, pl.change_kind,
       pl.change_minor_code, pl.change_judged_by, pl.change_reason, pl.is_provisional, pl.level, pl.expected_level, pl.wish_family,
       CASE WHEN EXISTS (SELECT 1 FROM staff_licence l WHERE l.staff_id = pl.staff_id AND l.retired_ms IS NULL AND l.profession IN ('cm', 'chief_cm')
         AND (l.from_on IS NULL OR l.from_on <= pl.create_on) AND (l.expires_on IS NULL OR l.expires_on >= pl.create_on)) THEN 1 ELSE 0 END
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
WHERE k.id BETWEEN :lo AND :hi AND (pl.retired_ms IS NULL OR pl.retired_ms > :known_ms) AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
ORDER BY pl.case_id, pl.version_no, pl.revision_no, pl.id
;

-- name: known_certs :many
-- in: lo int, hi int, known_ms ms, org_id int?
-- out: case_id int, id int, pid text, status text, apply_kind text, level text?, applied_on day?, decided_on day?, from_on day?, to_on day?, disease_code text
SELECT k.id, r.id, r.pid, r.status, r.apply_kind, r.level, r.applied_on, r.decided_on, r.from_on, r.to_on, r.disease_code
FROM care_case k
JOIN person me ON me.id = k.person_id
JOIN person p ON p.cluster_id = me.cluster_id
JOIN certification r ON r.person_id = p.id
WHERE k.id BETWEEN :lo AND :hi AND (r.retired_ms IS NULL OR r.retired_ms > :known_ms) AND {{scope care me.cluster_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
ORDER BY k.id
;

-- name: known_services :many
-- in: lo int, hi int, known_ms ms, org_id int?
-- out: case_id int, plan_id int, id int, pid text
SELECT pl.case_id, v.plan_id, v.id, v.pid
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
JOIN plan_service v ON v.plan_id = pl.id
WHERE k.id BETWEEN :lo AND :hi AND (pl.retired_ms IS NULL OR pl.retired_ms > :known_ms) AND (v.retired_ms IS NULL OR v.retired_ms > :known_ms)
  AND v.created_ms <= :known_ms AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
ORDER BY pl.case_id, v.id
;

-- name: known_targets :many
-- doc: what = 1: plan_delivery, 2: provider_plan
-- in: lo int, hi int, known_ms ms, org_id int?
-- out: what int, case_id int, plan_id int, id int
SELECT 1, pl.case_id, d.plan_id, d.id
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
JOIN plan_delivery d ON d.plan_id = pl.id
WHERE k.id BETWEEN :lo AND :hi AND (pl.retired_ms IS NULL OR pl.retired_ms > :known_ms) AND (d.retired_ms IS NULL OR d.retired_ms > :known_ms)
  AND d.created_ms <= :known_ms AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
UNION ALL
SELECT 2, pl.case_id, v.plan_id, v.id
FROM care_case k
JOIN plan pl ON pl.case_id = k.id
JOIN provider_plan v ON v.plan_id = pl.id
WHERE k.id BETWEEN :lo AND :hi AND (pl.retired_ms IS NULL OR pl.retired_ms > :known_ms) AND (v.retired_ms IS NULL OR v.retired_ms > :known_ms)
  AND v.created_ms <= :known_ms AND {{scope care k.person_id}}
?org_id AND (k.org_id = :org_id OR k.id IN (SELECT m.case_id FROM commission m WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL))
ORDER BY 2, 3, 1
;
