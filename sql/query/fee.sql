-- Conditions of the fee that the records of a month show (care/additions, care/duty_month): what the duties themselves do not ask for.

-- name: fee_plans :many
-- doc: plans agreed to, up to the end of the month, of each client and kind with one that begins in it (初回加算)
-- in: org_id int, from_on day, to_on day
-- out: person_id int, cluster_id int, person_pid text, name text, kana text, case_pid text, kind text, change_kind text, from_on day, to_on day?, ended_on day?, case_end_on day?
-- scan: one office's plans
SELECT p.id, p.cluster_id, p.pid, p.name, p.kana, k.pid, k.kind, pl.change_kind, pl.from_on, pl.to_on, pl.ended_on, k.end_on
FROM care_case k
JOIN person p ON p.id = k.person_id
JOIN plan pl ON pl.case_id = k.id
WHERE k.org_id = :org_id AND k.kind IN ('home', 'prevention') AND k.retired_ms IS NULL AND pl.retired_ms IS NULL AND pl.from_on IS NOT NULL
  AND pl.from_on <= :to_on AND pl.status IN ('consented', 'delivered', 'replaced', 'ended') AND {{scope care p.cluster_id}}
  AND EXISTS (SELECT 1 FROM person p2 JOIN care_case k2 ON k2.person_id = p2.id JOIN plan n ON n.case_id = k2.id
    WHERE p2.cluster_id = p.cluster_id AND k2.org_id = k.org_id AND k2.kind = k.kind AND k2.retired_ms IS NULL AND n.retired_ms IS NULL
      AND n.status IN ('consented', 'delivered', 'replaced', 'ended') AND n.from_on >= :from_on AND n.from_on <= :to_on)
ORDER BY p.kana_fold, p.cluster_id, k.kind, pl.from_on, pl.version_no, pl.revision_no, pl.id
;

-- name: fee_levels :many
-- doc: the decided certifications of a person up to a day, in the order of their periods
-- in: cluster_id int, on_day day
-- out: level text, from_on day, to_on day?
SELECT r.level, r.from_on, r.to_on
FROM person p
JOIN certification r ON r.person_id = p.id
WHERE p.cluster_id = :cluster_id AND r.retired_ms IS NULL AND r.status = 'certified' AND r.level IS NOT NULL AND r.from_on IS NOT NULL
  AND r.from_on <= :on_day AND {{scope care p.cluster_id}}
ORDER BY r.from_on, r.id
;

-- name: fee_away :many
-- doc: stays in hospital or a facility that touch the days
-- in: cluster_id int, from_on day, to_on day
-- out: admitted_on day, discharged_on day?
SELECT s.admitted_on, s.discharged_on
FROM person p
JOIN hospital_stay s ON s.person_id = p.id
WHERE p.cluster_id = :cluster_id AND s.retired_ms IS NULL AND s.admitted_on <= :to_on AND (s.discharged_on IS NULL OR s.discharged_on >= :from_on)
  AND {{scope care p.cluster_id}}
ORDER BY s.admitted_on, s.id
;

-- name: fee_bills :many
-- doc: months for which the office sent a 給付管理票 of the person
-- in: cluster_id int, org_id int, from_on day, to_on day
-- out: month_on day
SELECT DISTINCT f.from_on
FROM person p
JOIN office_record f ON f.person_id = p.id
WHERE p.cluster_id = :cluster_id AND f.org_id = :org_id AND f.kind = 'bill' AND f.retired_ms IS NULL AND f.from_on >= :from_on AND f.from_on <= :to_on
  AND {{scope benefit p.cluster_id}}
ORDER BY 1
;

-- name: office_terms :many
-- doc: what an office has written down of itself for a time: closed days, (Ⅱ), reasons of 特定事業所集中減算
-- in: org_id int, kind text, from_on day, to_on day
-- out: pid text, what text, units int?, on_day day, from_on day, to_on day?, partner text, content text
SELECT f.pid, f.what, f.units, f.on_day, f.from_on, f.to_on, f.partner, f.content
FROM office_record f
WHERE f.org_id = :org_id AND f.person_id IS NULL AND f.kind = :kind AND f.retired_ms IS NULL AND f.from_on IS NOT NULL AND f.from_on <= :to_on
  AND (f.to_on IS NULL OR f.to_on >= :from_on) AND {{own meeting f.org_id}}
ORDER BY f.from_on, f.id
;

-- name: fee_cases :many
-- doc: cases of 居宅介護支援 whose benefits are managed in a month (a plan in use, or its 給付管理票 on record) in the order in which the steps of the fee are dealt out (day of contract), with the level at its end
-- in: org_id int, from_on day, to_on day
-- out: case_id int, level text?
SELECT k.id,
       (SELECT r.level FROM person q JOIN certification r ON r.person_id = q.id WHERE q.cluster_id = p.cluster_id AND r.retired_ms IS NULL AND r.status = 'certified'
         AND r.from_on <= :to_on AND (r.to_on IS NULL OR r.to_on >= :to_on) ORDER BY r.from_on DESC, r.id DESC LIMIT 1)
FROM care_case k
JOIN person p ON p.id = k.person_id
WHERE k.org_id = :org_id AND k.kind = 'home' AND k.retired_ms IS NULL AND k.start_on IS NOT NULL AND k.start_on <= :to_on
  AND (k.end_on IS NULL OR k.end_on >= :from_on) AND {{scope care p.cluster_id}}
  AND (EXISTS (SELECT 1 FROM plan u WHERE u.case_id = k.id AND u.retired_ms IS NULL AND u.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended')
           AND u.from_on <= :to_on AND (u.to_on IS NULL OR u.to_on >= :from_on) AND (u.ended_on IS NULL OR u.ended_on >= :from_on))
         OR EXISTS (SELECT 1 FROM office_record b WHERE b.person_id = k.person_id AND b.org_id = k.org_id AND b.kind = 'bill' AND b.retired_ms IS NULL
           AND b.from_on >= :from_on AND b.from_on <= :to_on AND {{scope_row b.record_class p.cluster_id}}))
ORDER BY COALESCE(k.contract_on, k.start_on), k.id
;
