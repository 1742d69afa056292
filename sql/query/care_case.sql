-- 支援のケース: care_case, and the lists over cases.

-- name: case_names :one
-- in: id int
-- out: person_pid text, person_name text, org_pid text, org_name text, org_kind text, staff_pid text?, staff_name text?, expl_by text?, updated_by text?
SELECT p.pid, p.name, o.pid, o.name, o.kind, s.pid, s.name, e.name, a.name
FROM care_case k
JOIN person p ON p.id = k.person_id
JOIN org o ON o.id = k.org_id
LEFT JOIN staff s ON s.id = k.staff_id
LEFT JOIN staff e ON e.id = k.expl_by_staff_id
LEFT JOIN account a ON a.id = k.updated_by
WHERE k.id = :id AND {{scope care k.person_id}}
;

-- name: case_of_person :many
-- in: person_id int, running bool
-- out: id int, start_on day?, end_on day?
SELECT k.id, k.start_on, k.end_on
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_case k ON k.person_id = p.id
WHERE me.id = :person_id AND k.retired_ms IS NULL AND {{scope care k.person_id}}
?running AND (k.end_on IS NULL OR k.end_on > :@today)
ORDER BY CASE WHEN k.end_on IS NULL THEN 0 ELSE 1 END, k.end_on DESC, k.id DESC
;

-- name: case_running :opt
-- in: person_id int, org_id int, kind text?
-- out: id int
SELECT k.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_case k ON k.person_id = p.id
WHERE me.id = :person_id AND k.org_id = :org_id AND k.retired_ms IS NULL AND k.end_on IS NULL AND {{scope care k.person_id}}
?kind AND k.kind = :kind
ORDER BY k.id DESC
LIMIT 1
;

-- name: case_used :one
-- in: case_id int
-- out: n int
-- unscoped: the caller has passed the gate of the case; only whether anything hangs on it
SELECT (SELECT COUNT(*) FROM plan WHERE case_id = :case_id AND retired_ms IS NULL) + (SELECT COUNT(*) FROM assessment WHERE case_id = :case_id AND retired_ms IS NULL) + (SELECT COUNT(*) FROM commission WHERE case_id = :case_id AND retired_ms IS NULL)
;

-- name: caseload_list :many
-- doc: running cases of the actor's organisation with what stands about them; caseload_count has the same filters.
-- doc: noplan = no agreed plan; ending_by = the agreed plan ends by then; since = no monitoring since then; overdue = a task is overdue; idle = nobody in charge
-- in: staff_id int?, kind text?, noplan bool, ending_by day?, since day?, overdue bool, idle bool, offset int, limit int
-- out: pid text, person_id int, cluster_id int, person_pid text, name text, kana text, kind text, start_on day?, contract_on day?, expl_on day?, status text, staff_name text?, plan_pid text?, plan_status text?, plan_to_on day?, mon_on day?, next_due_on day?, level text?, cert_to_on day?
-- sort: kana | due | start
SELECT k.pid, k.person_id, p.cluster_id, p.pid, p.name, p.kana, k.kind, k.start_on, k.contract_on, k.expl_on, k.status, s.name,
       (SELECT pl.pid FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status NOT IN ('cancelled', 'replaced') ORDER BY pl.plan_on DESC, pl.id DESC LIMIT 1),
       (SELECT pl.status FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status NOT IN ('cancelled', 'replaced') ORDER BY pl.plan_on DESC, pl.id DESC LIMIT 1),
       (SELECT pl.to_on FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status NOT IN ('cancelled', 'replaced') ORDER BY pl.plan_on DESC, pl.id DESC LIMIT 1),
       (SELECT MAX(e.on_day) FROM evidence e WHERE e.person_id = k.person_id AND e.code = 'REC-MON' AND e.is_hidden = 0 AND e.org_id = k.org_id),
       (SELECT MIN(t.due_on) FROM task t WHERE t.person_id = k.person_id AND t.org_id = k.org_id AND t.state = 'open' AND t.retired_ms IS NULL AND t.record_class = 2),
       (SELECT c.level FROM certification c WHERE c.person_id = k.person_id AND c.retired_ms IS NULL AND c.status = 'certified' AND c.from_on <= :@today AND c.to_on >= :@today ORDER BY c.from_on DESC LIMIT 1),
       (SELECT c.to_on FROM certification c WHERE c.person_id = k.person_id AND c.retired_ms IS NULL AND c.status = 'certified' AND c.from_on <= :@today AND c.to_on >= :@today ORDER BY c.from_on DESC LIMIT 1)
FROM care_case k
JOIN person p ON p.id = k.person_id
LEFT JOIN staff s ON s.id = k.staff_id
WHERE k.org_id = :@org AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) AND {{scope care k.person_id}}
?staff_id AND k.staff_id = :staff_id
?kind AND k.kind = :kind
?noplan AND NOT EXISTS (SELECT 1 FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status IN ('consented', 'delivered'))
?ending_by AND (SELECT MAX(pl.to_on) FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status IN ('consented', 'delivered')) <= :ending_by
?since AND k.start_on < :since AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.person_id = k.person_id AND e.code = 'REC-MON' AND e.is_hidden = 0 AND e.org_id = k.org_id AND e.on_day >= :since)
?overdue AND EXISTS (SELECT 1 FROM task t WHERE t.person_id = k.person_id AND t.org_id = k.org_id AND t.state = 'open' AND t.retired_ms IS NULL AND t.record_class = 2 AND t.due_on < :@today)
?idle AND k.staff_id IS NULL
ORDER BY
@kana p.kana_fold, k.id
@due CASE WHEN (SELECT MIN(t.due_on) FROM task t WHERE t.person_id = k.person_id AND t.org_id = k.org_id AND t.state = 'open' AND t.retired_ms IS NULL AND t.record_class = 2) IS NULL THEN 1 ELSE 0 END, (SELECT MIN(t.due_on) FROM task t WHERE t.person_id = k.person_id AND t.org_id = k.org_id AND t.state = 'open' AND t.retired_ms IS NULL AND t.record_class = 2), k.id
@start k.start_on, k.id
LIMIT :limit OFFSET :offset
;

-- name: caseload_count :one
-- in: staff_id int?, kind text?, noplan bool, ending_by day?, since day?, overdue bool, idle bool
-- out: n int
SELECT COUNT(*)
FROM care_case k
WHERE k.org_id = :@org AND k.retired_ms IS NULL AND (k.end_on IS NULL OR k.end_on > :@today) AND {{scope care k.person_id}}
?staff_id AND k.staff_id = :staff_id
?kind AND k.kind = :kind
?noplan AND NOT EXISTS (SELECT 1 FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status IN ('consented', 'delivered'))
?ending_by AND (SELECT MAX(pl.to_on) FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status IN ('consented', 'delivered')) <= :ending_by
?since AND k.start_on < :since AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.person_id = k.person_id AND e.code = 'REC-MON' AND e.is_hidden = 0 AND e.org_id = k.org_id AND e.on_day >= :since)
?overdue AND EXISTS (SELECT 1 FROM task t WHERE t.person_id = k.person_id AND t.org_id = k.org_id AND t.state = 'open' AND t.retired_ms IS NULL AND t.record_class = 2 AND t.due_on < :@today)
?idle AND k.staff_id IS NULL
;

-- name: caseload_on :many
-- doc: cases supported on a day, by who is in charge, kind and level of that day (F123); managed: a plan is in use in the month first_on..last_on, or its 給付管理票 is on record
-- in: on_day day, first_on day, last_on day
-- out: staff_id int?, staff_pid text?, staff_name text?, kind text, level text?, managed bool, n int
SELECT x.staff_id, s.pid, s.name, x.kind, x.level, x.managed, COUNT(*)
FROM (SELECT k.staff_id AS staff_id, k.kind AS kind,
             CASE WHEN (EXISTS (SELECT 1 FROM plan u WHERE u.case_id = k.id AND u.retired_ms IS NULL AND u.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended')
           AND u.from_on <= :last_on AND (u.to_on IS NULL OR u.to_on >= :first_on) AND (u.ended_on IS NULL OR u.ended_on >= :first_on))
         OR EXISTS (SELECT 1 FROM office_record b WHERE b.person_id = k.person_id AND b.org_id = k.org_id AND b.kind = 'bill' AND b.retired_ms IS NULL
           AND b.from_on >= :first_on AND b.from_on <= :last_on AND {{scope_row b.record_class k.person_id}})) THEN 1 ELSE 0 END AS managed,
             (SELECT c.level FROM certification c WHERE c.person_id = k.person_id AND c.retired_ms IS NULL AND c.status = 'certified' AND c.from_on <= :on_day AND c.to_on >= :on_day ORDER BY c.from_on DESC LIMIT 1) AS level
      FROM care_case k
      WHERE k.org_id = :@org AND k.retired_ms IS NULL AND k.start_on <= :on_day AND (k.end_on IS NULL OR k.end_on > :on_day) AND {{scope care k.person_id}}) x
LEFT JOIN staff s ON s.id = x.staff_id
GROUP BY x.staff_id, s.pid, s.name, s.kana, x.kind, x.level, x.managed
ORDER BY s.kana, x.staff_id, x.kind, x.level, x.managed
;

-- name: case_facts :one
-- doc: what stands in a case, for the next step; timeline entries tell of an evaluation whatever form it has
-- in: case_id int
-- out: assessment_pid text?, assessment_status text?, assessed_on day?, plan_pid text?, plan_status text?, plan_on day?, plan_to_on day?, plan_provisional int?, provisional_until day?, met_on day?, mon_on day?, evaluated_on day?
SELECT (SELECT a.pid FROM assessment a WHERE a.person_id = k.person_id AND a.org_id = k.org_id AND a.retired_ms IS NULL ORDER BY a.done_on DESC, a.id DESC LIMIT 1),
       (SELECT a.status FROM assessment a WHERE a.person_id = k.person_id AND a.org_id = k.org_id AND a.retired_ms IS NULL ORDER BY a.done_on DESC, a.id DESC LIMIT 1),
       (SELECT MAX(a.done_on) FROM assessment a WHERE a.person_id = k.person_id AND a.org_id = k.org_id AND a.retired_ms IS NULL AND a.status = 'confirmed'),
       (SELECT pl.pid FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' ORDER BY pl.version_no DESC, pl.revision_no DESC, pl.id DESC LIMIT 1),
       (SELECT pl.status FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' ORDER BY pl.version_no DESC, pl.revision_no DESC, pl.id DESC LIMIT 1),
       (SELECT pl.plan_on FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' ORDER BY pl.version_no DESC, pl.revision_no DESC, pl.id DESC LIMIT 1),
       (SELECT pl.to_on FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' ORDER BY pl.version_no DESC, pl.revision_no DESC, pl.id DESC LIMIT 1),
       (SELECT pl.is_provisional FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' ORDER BY pl.version_no DESC, pl.revision_no DESC, pl.id DESC LIMIT 1),
       (SELECT pl.provisional_until FROM plan pl WHERE pl.case_id = k.id AND pl.retired_ms IS NULL AND pl.status <> 'cancelled' ORDER BY pl.version_no DESC, pl.revision_no DESC, pl.id DESC LIMIT 1),
       (SELECT MAX(e.on_day) FROM evidence e WHERE e.person_id = k.person_id AND e.code IN ('REC-SCM', 'REC-INQ') AND e.is_hidden = 0 AND e.org_id = k.org_id),
       (SELECT MAX(e.on_day) FROM evidence e WHERE e.person_id = k.person_id AND e.code = 'REC-MON' AND e.is_hidden = 0 AND e.org_id = k.org_id),
       (SELECT MAX(t.on_day) FROM timeline t WHERE t.person_id = k.person_id AND t.kind = 'evaluation' AND t.org_id = k.org_id)
FROM care_case k
WHERE k.id = :case_id AND {{scope care k.person_id}}
;

-- name: cert_cases :many
-- doc: cases of a person with a plan in use, and who has them in charge
-- in: person_id int
-- out: kind text, org_id int, staff_id int?, plan_id int, author_org_id int?, author_staff_id int?, plan_on day
-- unscoped: a duty arises for whoever has the case in charge, whoever records the certification (居宅基準13条15号)
SELECT k.kind, k.org_id, k.staff_id, pl.id, pl.author_org_id, pl.staff_id, pl.plan_on
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN care_case k ON k.person_id = p.id
JOIN plan pl ON pl.case_id = k.id
WHERE me.id = :person_id AND k.retired_ms IS NULL AND k.end_on IS NULL AND pl.retired_ms IS NULL AND pl.status IN ('provisional', 'consented', 'delivered')
ORDER BY k.id, pl.id
;

-- name: cert_news :many
-- doc: the renewed or changed certifications of a person, newest first; COALESCE keeps the search by person, not by status
-- in: person_id int
-- out: id int
-- unscoped: only what hangs on them as tasks, in the transaction of a save that was gated
SELECT ce.id
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN certification ce ON ce.person_id = p.id
WHERE me.id = :person_id AND COALESCE(ce.status, '') = 'certified' AND ce.apply_kind IN ('renew', 'change') AND ce.retired_ms IS NULL
ORDER BY ce.from_on DESC, ce.id DESC
;

-- name: cert_met :one
-- doc: meetings and inquiries of an organisation about a person since a day
-- in: person_id int, org_id int, from_on day
-- out: n int
-- unscoped: whether there is one, in the transaction of a save that was gated
SELECT COUNT(*)
FROM person me
JOIN person p ON p.cluster_id = me.cluster_id
JOIN evidence e ON e.person_id = p.id
WHERE me.id = :person_id AND e.code IN ('REC-SCM', 'REC-INQ') AND e.org_id = :org_id AND e.is_hidden = 0 AND e.on_day >= :from_on
;

-- name: caseload_taken :many
-- doc: 介護予防支援 that the office has taken on by commission (原案委託) and supports on a day, by who accepted it; counted as its own (R-FE-05)
-- in: org_id int, on_day day, first_on day, last_on day
-- out: staff_id int?, staff_pid text?, staff_name text?, n int, managed int
SELECT m.office_staff_id, s.pid, s.name, COUNT(DISTINCT m.case_id),
       COUNT(DISTINCT CASE WHEN (EXISTS (SELECT 1 FROM plan u WHERE u.case_id = k.id AND u.retired_ms IS NULL AND u.status IN ('provisional', 'consented', 'delivered', 'replaced', 'ended')
           AND u.from_on <= :last_on AND (u.to_on IS NULL OR u.to_on >= :first_on) AND (u.ended_on IS NULL OR u.ended_on >= :first_on))
         OR EXISTS (SELECT 1 FROM office_record b WHERE b.person_id = k.person_id AND b.org_id = k.org_id AND b.kind = 'bill' AND b.retired_ms IS NULL
           AND b.from_on >= :first_on AND b.from_on <= :last_on AND {{scope_row b.record_class k.person_id}})) THEN m.case_id END)
FROM commission m
JOIN care_case k ON k.id = m.case_id
LEFT JOIN staff s ON s.id = m.office_staff_id
WHERE m.office_org_id = :org_id AND m.retired_ms IS NULL AND m.status NOT IN ('requested', 'refused', 'withdrawn') AND m.until_on >= :on_day
  AND (m.ended_on IS NULL OR m.ended_on >= :on_day) AND k.kind = 'prevention' AND k.retired_ms IS NULL AND k.start_on <= :on_day
  AND (k.end_on IS NULL OR k.end_on > :on_day) AND {{scope care k.person_id}}
GROUP BY m.office_staff_id, s.pid, s.name, s.kana
ORDER BY s.kana, m.office_staff_id
;

-- name: case_insurer :one
-- doc: the insurer of the person's card on a day; where there is none, that of the organisation
-- in: person_id int, org_id int, on_day day
-- out: insurer_org_id int?
-- unscoped: whose settings hold for a case that the caller has gated already; nothing of the person is shown
SELECT COALESCE((SELECT MIN(i.id) FROM person me JOIN person p ON p.cluster_id = me.cluster_id JOIN person_insurance r ON r.person_id = p.id
         JOIN org i ON i.insurer_no = r.insurer_no AND i.kind = 'insurer' AND i.retired_ms IS NULL
         WHERE me.id = :person_id AND r.retired_ms IS NULL AND r.from_on <= :on_day AND r.to_on >= :on_day), o.insurer_org_id)
FROM org o WHERE o.id = :org_id
;
