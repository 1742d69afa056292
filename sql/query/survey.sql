-- Surveys (region/survey, survey_round): design, frame, invitations, answers. Owned by an organisation, class statistics; what is read by the id of
-- a survey, round or form stands behind survey_gate. Names of persons of the register only where the reader may see them.

-- name: survey_list :many
-- doc: the surveys of the actor's organisation, newest first; the days of the round that is open, else of the last one that has begun, else of a planned one
-- out: pid text, title text, unit text, is_anonymous bool, n_rounds int, n_targets int, opens_on day?, closes_on day?
SELECT s.pid, s.title, s.unit, s.is_anonymous,
  (SELECT COUNT(r.id) FROM survey_round r WHERE r.survey_id = s.id AND r.retired_ms IS NULL),
  (SELECT COUNT(t.id) FROM survey_target t WHERE t.survey_id = s.id AND t.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})),
  (SELECT r.opens_on FROM survey_round r WHERE r.survey_id = s.id AND r.retired_ms IS NULL ORDER BY CASE WHEN r.opens_on <= :@today AND r.closes_on >= :@today AND r.closed_on IS NULL THEN 0 WHEN r.opens_on <= :@today THEN 1 ELSE 2 END, r.opens_on DESC, r.id DESC LIMIT 1),
  (SELECT r.closes_on FROM survey_round r WHERE r.survey_id = s.id AND r.retired_ms IS NULL ORDER BY CASE WHEN r.opens_on <= :@today AND r.closes_on >= :@today AND r.closed_on IS NULL THEN 0 WHEN r.opens_on <= :@today THEN 1 ELSE 2 END, r.opens_on DESC, r.id DESC LIMIT 1)
FROM survey s
WHERE s.retired_ms IS NULL AND {{own statistics s.org_id}}
ORDER BY s.id DESC
;

-- name: survey_question_ids :many
-- in: survey_id int
-- out: id int
SELECT q.id
FROM survey_question q
WHERE q.survey_id = :survey_id AND q.retired_ms IS NULL
ORDER BY q.sort, q.id
;

-- name: survey_form_ids :many
-- in: survey_id int
-- out: id int
SELECT f.id
FROM survey_form f
WHERE f.survey_id = :survey_id AND f.retired_ms IS NULL
ORDER BY f.no
;

-- name: survey_round_ids :many
-- in: survey_id int
-- out: id int
SELECT r.id
FROM survey_round r
WHERE r.survey_id = :survey_id AND r.retired_ms IS NULL
ORDER BY r.no, r.id
;

-- name: survey_rounds_to_remind :many
-- doc: rounds that are open on a day and have not been reminded on it
-- in: today day
-- out: pid text
SELECT r.pid
FROM survey_round r JOIN survey s ON s.id = r.survey_id
WHERE r.retired_ms IS NULL AND s.retired_ms IS NULL AND {{own statistics s.org_id}} AND r.closed_on IS NULL AND r.opens_on <= :today
  AND r.closes_on >= :today AND (r.reminded_on IS NULL OR r.reminded_on < :today)
ORDER BY r.id
;

-- name: survey_group_ids :many
-- in: survey_id int, key text?
-- out: id int
SELECT g.id
FROM survey_group g
WHERE g.survey_id = :survey_id AND g.retired_ms IS NULL
?key AND g.key = :key
ORDER BY g.key, g.sort, g.id
;

-- name: survey_outcome_ids :many
-- in: survey_id int
-- out: id int
SELECT o.id
FROM survey_outcome o
WHERE o.survey_id = :survey_id AND o.retired_ms IS NULL
ORDER BY o.sort, o.id
;

-- name: survey_cut_ids :many
-- in: survey_id int
-- out: id int
SELECT x.id
FROM survey_cut x
WHERE x.survey_id = :survey_id AND x.retired_ms IS NULL
ORDER BY x.sort, x.id
;

-- name: survey_coding_list :many
-- in: round_id int, key text?
-- out: id int, pid text, answer_id int?, anon_id int?, key text, group_id int, coder int, quote text, created_by int
SELECT k.id, k.pid, k.answer_id, k.anon_id, k.key, k.group_id, k.coder, k.quote, k.created_by
FROM survey_coding k
WHERE k.round_id = :round_id AND k.retired_ms IS NULL
?key AND k.key = :key
ORDER BY k.id
;

-- name: survey_target_list :many
-- doc: the frame, by code
-- in: survey_id int
-- out: id int, pid text, version int, code text, label text, org_id int?, staff_id int?, person_id int?, area_id int?, email text, postal text, address text, traits text, note text
SELECT t.id, t.pid, t.version, t.code, t.label, t.org_id, t.staff_id, t.person_id, t.area_id, t.email, t.postal, t.address, t.traits, t.note
FROM survey_target t
WHERE t.survey_id = :survey_id AND t.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
ORDER BY t.code
;

-- name: survey_target_by_code :opt
-- in: survey_id int, code text
-- out: id int, is_away bool
-- unscoped: one row by the number the owner of the survey gave it; tells no name
SELECT t.id, t.retired_ms IS NOT NULL
FROM survey_target t
WHERE t.survey_id = :survey_id AND t.code = :code
;

-- name: survey_target_people :many
-- doc: people of the register in the frame, also those taken out of it again
-- in: survey_id int
-- out: id int, cluster_id int, is_away bool
SELECT t.id, p.cluster_id, t.retired_ms IS NOT NULL
FROM survey_target t JOIN person p ON p.id = t.person_id
WHERE t.survey_id = :survey_id AND {{scope namecard p.cluster_id}}
ORDER BY t.id
;

-- name: survey_org_area :many
-- doc: names of the areas each organisation serves on a day
-- in: on_day day
-- out: org_id int, area_id int, name text
SELECT oa.org_id, a.id, a.name
FROM org_area oa JOIN area a ON a.id = oa.area_id
WHERE oa.role = 'charge' AND oa.retired_ms IS NULL AND oa.from_on <= :on_day AND oa.to_on >= :on_day
ORDER BY oa.org_id, a.sort, a.id
-- scan: once for a frame, all organisations
;

-- name: survey_cm_staff :many
-- doc: care managers at work on a day, with their office
-- in: on_day day
-- out: staff_id int, name text, org_id int, org_name text, address text
SELECT s.id, s.name, o.id, o.name, o.address
FROM staff_post p JOIN staff s ON s.id = p.staff_id JOIN org o ON o.id = p.org_id
WHERE p.retired_ms IS NULL AND s.retired_ms IS NULL AND o.retired_ms IS NULL AND p.role IN ('cm', 'chief_cm')
  AND p.from_on <= :on_day AND p.to_on >= :on_day
ORDER BY o.name_fold, o.id, s.id
-- scan: once for a frame, all staff
;

-- name: survey_uninvited :many
-- doc: targets without an invitation of the round
-- in: survey_id int, round_id int
-- out: id int, org_id int?, label text, email text
SELECT t.id, t.org_id, t.label, t.email
FROM survey_target t
WHERE t.survey_id = :survey_id AND t.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
  AND NOT EXISTS (SELECT i.id FROM survey_invitation i WHERE i.round_id = :round_id AND i.target_id = t.id AND i.retired_ms IS NULL)
ORDER BY t.code
;

-- name: survey_serial_last :one
-- in: round_id int
-- out: serial int
SELECT COALESCE(MAX(i.serial), 0) FROM survey_invitation i WHERE i.round_id = :round_id
;

-- name: survey_seat_list :many
-- doc: invitations of a round with the state of their answers, by number
-- in: round_id int, pid text?
-- out: id int, pid text, version int, round_id int, target_id int, serial int, way text, state text, sent_on day?, bounce text, reminders int, reminded_on day?, told_on day?, links int, note text, target_pid text, code text, label text, email text, postal text, address text, answer_state text?, mode text?, submitted_on day?, is_opened bool, is_spent bool
SELECT i.id, i.pid, i.version, i.round_id, i.target_id, i.serial, i.way, i.state, i.sent_on, i.bounce, i.reminders, i.reminded_on, i.told_on, i.links, i.note,
  t.pid, t.code, t.label, t.email, t.postal, t.address, a.state, a.mode, a.submitted_on, COALESCE(f.is_opened, 0) <> 0, COALESCE(f.is_spent, 0) <> 0
FROM survey_invitation i
JOIN survey_target t ON t.id = i.target_id
LEFT JOIN survey_answer a ON a.invitation_id = i.id AND a.retired_ms IS NULL
LEFT JOIN front_seat f ON f.key = i.pid
WHERE i.round_id = :round_id AND i.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
?pid AND i.pid = :pid
ORDER BY i.serial
;

-- name: survey_seat_counts :one
-- doc: how far a round has come
-- in: round_id int
-- out: invited int, sent int, bounced int, declined int
SELECT COUNT(*), COALESCE(SUM(CASE WHEN i.state = 'sent' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN i.state = 'bounced' THEN 1 ELSE 0 END), 0),
  COALESCE(SUM(CASE WHEN i.state = 'declined' THEN 1 ELSE 0 END), 0)
FROM survey_invitation i JOIN survey_target t ON t.id = i.target_id
WHERE i.round_id = :round_id AND i.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
;

-- name: survey_opened_count :one
-- doc: seats of a named round that were opened and have no answer yet
-- in: round_id int
-- out: n int
SELECT COUNT(*)
FROM survey_invitation i JOIN front_seat f ON f.key = i.pid JOIN survey_target t ON t.id = i.target_id
WHERE i.round_id = :round_id AND i.retired_ms IS NULL AND f.is_opened <> 0 AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
  AND NOT EXISTS (SELECT a.id FROM survey_answer a WHERE a.invitation_id = i.id AND a.retired_ms IS NULL)
;

-- name: survey_mode_counts :many
-- doc: answers by the way they came
-- in: round_id int
-- out: mode text, state text, n int
SELECT a.mode, a.state, COUNT(*)
FROM survey_answer a JOIN survey_invitation i ON i.id = a.invitation_id JOIN survey_target t ON t.id = i.target_id
WHERE a.round_id = :round_id AND a.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
GROUP BY a.mode, a.state
ORDER BY a.mode, a.state
;

-- name: survey_anon_mode_counts :many
-- in: round_id int
-- out: mode text, n int
SELECT a.mode, COUNT(*)
FROM survey_anon_answer a
WHERE a.round_id = :round_id
GROUP BY a.mode
ORDER BY a.mode
;

-- name: survey_answer_of :opt
-- in: invitation_id int
-- out: id int
SELECT a.id FROM survey_answer a WHERE a.invitation_id = :invitation_id AND a.retired_ms IS NULL
;

-- name: survey_answer_list :many
-- doc: the answers of a round, for the tables
-- in: round_id int, state text?
-- out: id int, target_id int, mode text, state text, submitted_on day?, answers text, prefill text
SELECT a.id, i.target_id, a.mode, a.state, a.submitted_on, a.answers, a.prefill
FROM survey_answer a JOIN survey_invitation i ON i.id = a.invitation_id JOIN survey_target t ON t.id = i.target_id
WHERE a.round_id = :round_id AND a.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
?state AND a.state = :state
ORDER BY i.serial
;

-- name: survey_anon_list :many
-- in: round_id int
-- out: id int, mode text, received_on day, answers text
SELECT a.id, a.mode, a.received_on, a.answers
FROM survey_anon_answer a
WHERE a.round_id = :round_id
ORDER BY a.id
;

-- name: survey_anon_put :exec
-- in: id int, round_id int, mode text, received_on day, answers text
INSERT INTO survey_anon_answer (id, round_id, mode, received_on, answers) VALUES (:id, :round_id, :mode, :received_on, :answers)
;

-- name: survey_invitation_by_pid :opt
-- in: pid text
-- out: id int, round_id int, target_id int
SELECT i.id, i.round_id, i.target_id FROM survey_invitation i WHERE i.pid = :pid AND i.retired_ms IS NULL
;

-- name: survey_invited_ids :many
-- doc: which targets stand on the list of a round, whether and when the request went out; organisations of the house see it in their own work
-- in: round_id int
-- out: target_id int, state text, sent_on day?, is_org bool
SELECT i.target_id, i.state, i.sent_on, t.org_id IS NOT NULL AND t.person_id IS NULL AND t.staff_id IS NULL FROM survey_invitation i JOIN survey_target t ON t.id = i.target_id
WHERE i.round_id = :round_id AND i.retired_ms IS NULL AND (t.person_id IS NULL OR {{scope namecard t.person_id}})
ORDER BY i.serial
;

-- name: survey_own_list :many
-- doc: rounds that ask the actor's organisation
-- in: org_id int, today day
-- out: invitation_pid text, title text, round_name text, sender text, opens_on day, closes_on day, closed_on day?, answer_state text?
-- unscoped: invitations of the actor's own organisation; targets that are organisations
SELECT i.pid, s.title, r.name, o.name, r.opens_on, r.closes_on, r.closed_on, a.state
FROM survey_target t
JOIN survey_invitation i ON i.target_id = t.id AND i.retired_ms IS NULL
JOIN survey_round r ON r.id = i.round_id AND r.retired_ms IS NULL
JOIN survey s ON s.id = r.survey_id AND s.retired_ms IS NULL AND s.is_anonymous = 0
JOIN org o ON o.id = s.org_id
LEFT JOIN survey_answer a ON a.invitation_id = i.id AND a.retired_ms IS NULL
WHERE t.org_id = :org_id AND t.person_id IS NULL AND t.staff_id IS NULL AND t.retired_ms IS NULL AND r.opens_on <= :today AND r.is_outside = 0
ORDER BY r.closes_on DESC, i.id DESC
;

-- name: survey_invitation_of :opt
-- in: round_id int, target_id int
-- out: id int
SELECT i.id FROM survey_invitation i WHERE i.round_id = :round_id AND i.target_id = :target_id AND i.retired_ms IS NULL
;

-- ---- 使用調査 (region/survey_tool) ----

-- name: survey_tool_of :opt
-- in: survey_id int
-- out: id int
SELECT t.id FROM survey_tool t WHERE t.survey_id = :survey_id AND t.retired_ms IS NULL
;

-- name: survey_request_ids :many
-- in: survey_id int
-- out: id int
SELECT q.id FROM survey_request q WHERE q.survey_id = :survey_id AND q.retired_ms IS NULL ORDER BY q.sort, q.id
;

-- name: survey_tool_by_form :many
-- doc: surveys of the actor's organisation about a published version of a survey
-- in: subject_form_id int
-- out: survey_id int, pid text, title text
SELECT s.id, s.pid, s.title
FROM survey_tool t JOIN survey s ON s.id = t.survey_id
WHERE t.subject_form_id = :subject_form_id AND t.retired_ms IS NULL AND s.retired_ms IS NULL AND {{own statistics s.org_id}}
ORDER BY s.id
;

-- name: survey_tool_by_sheet :many
-- doc: surveys of the actor's organisation about a version of a form of the program
-- in: form_id text, form_version text
-- out: survey_id int, pid text, title text
SELECT s.id, s.pid, s.title
FROM survey_tool t JOIN survey s ON s.id = t.survey_id
WHERE t.form_id = :form_id AND t.form_version = :form_version AND t.retired_ms IS NULL AND s.retired_ms IS NULL AND {{own statistics s.org_id}}
ORDER BY s.id
;

-- name: survey_sheet_list :many
-- doc: published versions of the surveys of the actor's organisation, but for those of one survey
-- in: but_survey_id int
-- out: pid text, title text, no int
SELECT f.pid, s.title, f.no
FROM survey_form f JOIN survey s ON s.id = f.survey_id
WHERE s.id <> :but_survey_id AND s.retired_ms IS NULL AND f.retired_ms IS NULL AND {{own statistics s.org_id}}
ORDER BY s.id DESC, f.no DESC
;

-- name: survey_group_texts :many
-- doc: how many texts stand in each group, whichever coder put them there
-- in: survey_id int
-- out: group_id int, n int
SELECT k.group_id, COUNT(DISTINCT COALESCE(k.answer_id, k.anon_id))
FROM survey_coding k JOIN survey_group g ON g.id = k.group_id
WHERE g.survey_id = :survey_id AND k.retired_ms IS NULL
GROUP BY k.group_id
ORDER BY k.group_id
;
