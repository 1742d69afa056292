-- リハビリ専門職派遣事業 (src/region/dispatch*).

-- name: dispatch_list :many
-- doc: what the actor is a side of: its centre's, its municipality's (as insurer or as the body that runs the programme), those offered to it
-- in: state text?, open bool, over bool, inquiry bool, org_id int?, from_on day?, to_on day?, limit int, offset int
-- out: id int
-- sort: urgent | newest
SELECT d.id
FROM dispatch d
WHERE d.retired_ms IS NULL
AND ({{own statistics d.org_id}} OR {{own statistics d.insurer_org_id}}
  OR EXISTS (SELECT 1 FROM dispatch_programme p WHERE p.insurer_org_id = d.insurer_org_id AND p.retired_ms IS NULL AND {{own statistics p.runner_org_id}})
  OR EXISTS (SELECT 1 FROM dispatch_offer f WHERE f.dispatch_id = d.id AND f.state IN ('offered', 'accepted') AND f.retired_ms IS NULL AND {{own statistics f.org_id}}))
?state AND d.state = :state
?open AND d.state IN ('inquiry', 'requested', 'offered', 'accepted')
?over AND d.state IN ('held', 'done', 'cancelled')
?inquiry AND d.requested_on IS NULL AND d.inquiry_on IS NOT NULL
?org_id AND d.org_id = :org_id
?from_on AND d.held_on >= :from_on
?to_on AND d.held_on <= :to_on
ORDER BY
@urgent CASE d.urgency WHEN 'urgent' THEN 0 WHEN 'soon' THEN 1 ELSE 2 END, COALESCE(d.requested_on, d.inquiry_on, d.held_on), d.id
@newest COALESCE(d.held_on, d.ended_on, d.requested_on, d.inquiry_on) DESC, d.id DESC
LIMIT :limit OFFSET :offset
;
-- name: dispatch_count :one
-- in: state text?, open bool, over bool, inquiry bool, org_id int?, from_on day?, to_on day?
-- out: n int
SELECT COUNT(*)
FROM dispatch d
WHERE d.retired_ms IS NULL
AND ({{own statistics d.org_id}} OR {{own statistics d.insurer_org_id}}
  OR EXISTS (SELECT 1 FROM dispatch_programme p WHERE p.insurer_org_id = d.insurer_org_id AND p.retired_ms IS NULL AND {{own statistics p.runner_org_id}})
  OR EXISTS (SELECT 1 FROM dispatch_offer f WHERE f.dispatch_id = d.id AND f.state IN ('offered', 'accepted') AND f.retired_ms IS NULL AND {{own statistics f.org_id}}))
?state AND d.state = :state
?open AND d.state IN ('inquiry', 'requested', 'offered', 'accepted')
?over AND d.state IN ('held', 'done', 'cancelled')
?inquiry AND d.requested_on IS NULL AND d.inquiry_on IS NOT NULL
?org_id AND d.org_id = :org_id
?from_on AND d.held_on >= :from_on
?to_on AND d.held_on <= :to_on
;
-- name: dispatch_names :one
-- doc: the words beside a dispatch; the caller has passed its gate
-- in: id int
-- out: org_pid text, org_name text, insurer_name text, staff_name text?, area_name text?, area_pid text?, therapist_name text?, therapist_profession text?, rehab_org_name text?, updated_by text?
SELECT o.pid, o.name, i.name, s.name, a.name, a.pid, t.name, t.profession, h.name, u.name
FROM dispatch d
JOIN org o ON o.id = d.org_id
JOIN org i ON i.id = d.insurer_org_id
LEFT JOIN staff s ON s.id = d.staff_id
LEFT JOIN area a ON a.id = d.area_id
LEFT JOIN dispatch_therapist t ON t.id = d.therapist_id
LEFT JOIN org h ON h.id = d.rehab_org_id
LEFT JOIN account u ON u.id = d.updated_by
WHERE d.id = :id
;
-- name: dispatch_runner :opt
-- doc: the programme of an insurer
-- in: insurer_org_id int
-- out: id int, runner_org_id int?
SELECT p.id, p.runner_org_id FROM dispatch_programme p WHERE p.insurer_org_id = :insurer_org_id AND p.retired_ms IS NULL ORDER BY p.id LIMIT 1
;
-- name: dispatch_runs_for :opt
-- doc: the insurer whose programme an organisation runs
-- in: org_id int
-- out: insurer_org_id int
SELECT p.insurer_org_id FROM dispatch_programme p WHERE p.runner_org_id = :org_id AND p.retired_ms IS NULL ORDER BY p.id LIMIT 1
;
-- name: dispatch_offer_to :opt
-- doc: was it offered to the organisation, and is that open or accepted
-- in: dispatch_id int, org_id int
-- out: id int
SELECT f.id FROM dispatch_offer f
WHERE f.dispatch_id = :dispatch_id AND f.org_id = :org_id AND f.state IN ('offered', 'accepted') AND f.retired_ms IS NULL
ORDER BY f.id LIMIT 1
;
-- name: dispatch_case_seen :opt
-- doc: whose case it is, if the actor may see it
-- in: dispatch_id int
-- out: id int, person_id int, person_pid text, person_name text
SELECT k.id, k.person_id, p.pid, p.name
FROM dispatch_case k JOIN person p ON p.id = k.person_id
WHERE k.dispatch_id = :dispatch_id AND k.retired_ms IS NULL AND {{scope care p.cluster_id}}
ORDER BY k.id LIMIT 1
;
-- name: dispatch_case_of :opt
-- in: dispatch_id int
-- out: id int, person_id int, classes int, withdrawn_on day?
-- unscoped: for the grant and the gate of the dispatch's own report; nothing of it is shown
SELECT k.id, k.person_id, k.classes, k.withdrawn_on
FROM dispatch_case k
WHERE k.dispatch_id = :dispatch_id AND k.retired_ms IS NULL
ORDER BY k.id LIMIT 1
;
-- name: dispatch_report_id :opt
-- in: dispatch_id int
-- out: id int
-- unscoped: the module gates the row it loads by this id
SELECT x.id FROM dispatch_report x WHERE x.dispatch_id = :dispatch_id AND x.retired_ms IS NULL ORDER BY x.id LIMIT 1
;
-- name: dispatch_follow_id :opt
-- in: dispatch_id int
-- out: id int
-- unscoped: the module gates the row it loads by this id
SELECT x.id FROM dispatch_follow x WHERE x.dispatch_id = :dispatch_id AND x.retired_ms IS NULL ORDER BY x.id LIMIT 1
;
-- name: dispatch_reports_of :many
-- in: person_id int
-- out: id int
SELECT x.id FROM dispatch_report x JOIN person p ON p.id = x.person_id
WHERE p.cluster_id = (SELECT q.cluster_id FROM person q WHERE q.id = :person_id) AND x.retired_ms IS NULL AND {{scope care p.cluster_id}}
ORDER BY x.on_day DESC, x.id DESC
;
-- name: dispatch_effect_id :opt
-- in: org_id int, dispatch_id int?, whole bool, quarter_on day?
-- out: id int
SELECT x.id FROM dispatch_effect x
WHERE x.org_id = :org_id AND x.retired_ms IS NULL
?dispatch_id AND x.dispatch_id = :dispatch_id
?whole AND x.dispatch_id IS NULL
?quarter_on AND x.quarter_on = :quarter_on
ORDER BY x.id LIMIT 1
;
-- name: dispatch_therapists :many
-- doc: by organisation and name; for insurer_org_id those of its municipality and of no municipality
-- in: org_id int?, insurer_org_id int?, on_day day?, profession text?, area_id int?
-- out: id int, org_pid text, org_name text, staff_pid text?, staff_name text?
SELECT t.id, o.pid, o.name, s.pid, s.name
FROM dispatch_therapist t JOIN org o ON o.id = t.org_id LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.retired_ms IS NULL
?org_id AND t.org_id = :org_id
?insurer_org_id AND (o.insurer_org_id IS NULL OR o.insurer_org_id = :insurer_org_id)
?on_day AND (t.from_on IS NULL OR t.from_on <= :on_day) AND t.to_on >= :on_day
?profession AND t.profession = :profession
?area_id AND (NOT EXISTS (SELECT 1 FROM dispatch_area a WHERE a.therapist_id = t.id AND a.retired_ms IS NULL) OR EXISTS (SELECT 1 FROM dispatch_area a WHERE a.therapist_id = t.id AND a.area_id = :area_id AND a.retired_ms IS NULL))
ORDER BY o.name_fold, t.kana, t.name, t.id
;
-- name: dispatch_therapist_one :one
-- in: id int
-- out: org_pid text, org_name text, staff_pid text?, staff_name text?, insurer_org_id int?
SELECT o.pid, o.name, s.pid, s.name, o.insurer_org_id
FROM dispatch_therapist t JOIN org o ON o.id = t.org_id LEFT JOIN staff s ON s.id = t.staff_id
WHERE t.id = :id
;
-- name: dispatch_areas_of :many
-- in: therapist_id int
-- out: id int, area_id int, name text
SELECT x.id, x.area_id, a.name FROM dispatch_area x JOIN area a ON a.id = x.area_id
WHERE x.therapist_id = :therapist_id AND x.retired_ms IS NULL
ORDER BY a.sort, a.name, x.id
;
-- name: dispatch_times_of :many
-- doc: the week, and the single days from a day on
-- in: therapist_id int, from_on day
-- out: id int, kind text, weekday int?, on_day day?, time_from text, time_to text
SELECT x.id, x.kind, x.weekday, x.on_day, x.time_from, x.time_to FROM dispatch_time x
WHERE x.therapist_id = :therapist_id AND x.retired_ms IS NULL AND (x.on_day IS NULL OR x.on_day >= :from_on)
ORDER BY x.on_day, x.weekday, x.id
;
-- name: dispatch_busy :many
-- doc: days for which a therapist is asked or has accepted
-- in: therapist_id int, from_on day, to_on day
-- out: on_day day, time_from text, time_to text
SELECT f.on_day, f.time_from, f.time_to FROM dispatch_offer f
WHERE f.therapist_id = :therapist_id AND f.state IN ('offered', 'accepted') AND f.retired_ms IS NULL AND f.on_day >= :from_on AND f.on_day <= :to_on
ORDER BY f.on_day, f.time_from, f.id
;
-- name: dispatch_fees :many
-- in: insurer_org_id int, on_day day?
-- out: id int, org_id int?, org_name text?, yen int, valid_from day, valid_to day
SELECT x.id, x.org_id, o.name, x.yen, x.valid_from, x.valid_to
FROM dispatch_fee x LEFT JOIN org o ON o.id = x.org_id
WHERE x.insurer_org_id = :insurer_org_id AND x.retired_ms IS NULL
?on_day AND x.valid_from <= :on_day AND x.valid_to >= :on_day
ORDER BY CASE WHEN x.org_id IS NULL THEN 1 ELSE 0 END, o.name_fold, x.valid_from DESC, x.id
;
-- name: dispatch_offers :many
-- in: dispatch_id int
-- out: id int, therapist_pid text, therapist_name text, profession text, org_name text
SELECT f.id, t.pid, t.name, t.profession, o.name
FROM dispatch_offer f JOIN dispatch_therapist t ON t.id = f.therapist_id JOIN org o ON o.id = f.org_id
WHERE f.dispatch_id = :dispatch_id AND f.retired_ms IS NULL
ORDER BY f.no, f.id
;
-- name: dispatch_examples :many
-- doc: released ones of the municipality, those of one organisation, or (everything) all of the municipality
-- in: insurer_org_id int, org_id int, everything bool
-- out: id int, org_name text
SELECT x.id, o.name FROM dispatch_example x JOIN org o ON o.id = x.org_id
WHERE x.insurer_org_id = :insurer_org_id AND x.retired_ms IS NULL AND (x.is_released = 1 OR x.org_id = :org_id OR :everything = 1)
ORDER BY x.is_released, x.released_on DESC, x.id DESC
;
-- name: dispatch_nonuses :many
-- doc: the centres of a municipality, each with what it said last by a day about doing no joint work, and its joint work in a period
-- in: insurer_org_id int, from_on day, to_on day
-- out: org_id int, org_pid text, org_name text, joint int, nonuse_id int?
SELECT o.id, o.pid, o.name,
  (SELECT COUNT(*) FROM dispatch d WHERE d.org_id = o.id AND d.retired_ms IS NULL AND d.held_on >= :from_on AND d.held_on <= :to_on),
  (SELECT x.id FROM dispatch_nonuse x WHERE x.org_id = o.id AND x.retired_ms IS NULL AND x.on_day <= :to_on ORDER BY x.on_day DESC, x.id DESC LIMIT 1)
FROM org o
WHERE o.kind = 'centre' AND o.insurer_org_id = :insurer_org_id AND o.retired_ms IS NULL
  AND (o.valid_from IS NULL OR o.valid_from <= :to_on) AND o.valid_to >= :from_on
ORDER BY o.name_fold, o.id
;
-- name: dispatch_nonuse_last :opt
-- in: org_id int, on_day day
-- out: id int
SELECT x.id FROM dispatch_nonuse x
WHERE x.org_id = :org_id AND x.retired_ms IS NULL AND x.on_day <= :on_day
ORDER BY x.on_day DESC, x.id DESC LIMIT 1
;
-- name: dispatch_counted :many
-- doc: what counts in a period: held in it; inquiry_on of those that stayed an inquiry; requests, cancelled ones. The caller has passed the gate.
-- in: insurer_org_id int?, org_id int?, from_on day, to_on day
-- out: id int, org_id int, state text, in_programme bool, inquiry_on day?, requested_on day?, held_on day?, ended_on day?, occasion text, timings text, timing_note text, reasons text, reason_note text, partner_kind text, rehab_org_id int?, rehab_org_name text?, fee_yen int?
SELECT d.id, d.org_id, d.state, d.in_programme, d.inquiry_on, d.requested_on, d.held_on, d.ended_on, d.occasion, d.timings, d.timing_note, d.reasons,
  d.reason_note, d.partner_kind, d.rehab_org_id, h.name, d.fee_yen
FROM dispatch d LEFT JOIN org h ON h.id = d.rehab_org_id
WHERE d.retired_ms IS NULL
  AND ((d.held_on >= :from_on AND d.held_on <= :to_on) OR (d.inquiry_on >= :from_on AND d.inquiry_on <= :to_on)
    OR (d.requested_on >= :from_on AND d.requested_on <= :to_on) OR (d.ended_on >= :from_on AND d.ended_on <= :to_on))
?insurer_org_id AND d.insurer_org_id = :insurer_org_id
?org_id AND d.org_id = :org_id
ORDER BY d.held_on, d.id
;
-- name: dispatch_effects :many
-- doc: ratings of a period: of the dispatches held in it, of its quarters
-- in: insurer_org_id int?, org_id int?, from_on day, to_on day
-- out: org_id int, dispatch_id int?, quarter_on day, rating text, aspects text, comment text
SELECT x.org_id, x.dispatch_id, x.quarter_on, x.rating, x.aspects, x.comment
FROM dispatch_effect x LEFT JOIN dispatch d ON d.id = x.dispatch_id
WHERE x.retired_ms IS NULL
  AND ((x.dispatch_id IS NULL AND x.quarter_on >= :from_on AND x.quarter_on <= :to_on)
    OR (x.dispatch_id IS NOT NULL AND d.retired_ms IS NULL AND d.held_on >= :from_on AND d.held_on <= :to_on))
?insurer_org_id AND x.insurer_org_id = :insurer_org_id
?org_id AND x.org_id = :org_id
ORDER BY x.quarter_on, x.org_id, x.id
;
-- name: dispatch_declined :many
-- doc: answers to offers by their state and reason; by the day of the offer
-- in: insurer_org_id int?, org_id int?, from_on day, to_on day
-- out: state text, decline_reason text, n int
SELECT f.state, f.decline_reason, COUNT(*)
FROM dispatch_offer f JOIN dispatch d ON d.id = f.dispatch_id
WHERE f.retired_ms IS NULL AND d.retired_ms IS NULL AND f.offered_on >= :from_on AND f.offered_on <= :to_on
?insurer_org_id AND d.insurer_org_id = :insurer_org_id
?org_id AND d.org_id = :org_id
GROUP BY f.state, f.decline_reason
ORDER BY f.state, f.decline_reason
;
-- name: dispatch_goals :many
-- doc: how many reports of the dispatches of a period say what of the goal
-- in: insurer_org_id int?, org_id int?, from_on day, to_on day
-- out: goal_changed text, n int
-- unscoped: numbers of dispatches alone, of the centre or the municipality that owns them; nothing of a person comes out
SELECT x.goal_changed, COUNT(*)
FROM dispatch_report x JOIN dispatch d ON d.id = x.dispatch_id
WHERE x.retired_ms IS NULL AND d.retired_ms IS NULL AND d.held_on >= :from_on AND d.held_on <= :to_on
?insurer_org_id AND d.insurer_org_id = :insurer_org_id
?org_id AND d.org_id = :org_id
GROUP BY x.goal_changed
ORDER BY x.goal_changed
;
-- name: dispatch_results :many
-- doc: results of the follow-ups done, of the dispatches of a period
-- in: insurer_org_id int?, org_id int?, from_on day, to_on day
-- out: result text, n int
-- unscoped: numbers of dispatches alone, of the centre or the municipality that owns them; nothing of a person comes out
SELECT x.result, COUNT(*)
FROM dispatch_follow x JOIN dispatch d ON d.id = x.dispatch_id
WHERE x.retired_ms IS NULL AND d.retired_ms IS NULL AND x.done_on IS NOT NULL AND d.held_on >= :from_on AND d.held_on <= :to_on
?insurer_org_id AND d.insurer_org_id = :insurer_org_id
?org_id AND d.org_id = :org_id
GROUP BY x.result
ORDER BY x.result
;
