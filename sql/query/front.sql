-- The outside front of surveys: region/front*, exchange/front_file.

-- ---- rounds ----

-- name: front_round_of :opt
-- in: key text
-- out: id int
SELECT id FROM front_round WHERE key = :key AND retired_ms IS NULL
;

-- name: front_round_keys :many
-- doc: rounds answered here, newest first: a link is tried with the key of each
-- out: id int, link_key text
SELECT id, link_key FROM front_round WHERE retired_ms IS NULL AND is_outside = 0 ORDER BY closes_on DESC, id DESC
;

-- name: front_round_travelling :many
-- doc: rounds whose files go to and fro; inside: those answered outside, outside: all
-- in: is_outside int
-- out: id int
SELECT id FROM front_round WHERE retired_ms IS NULL AND is_outside = :is_outside ORDER BY id
;

-- ---- seats and links ----

-- name: front_seat_of :opt
-- in: key text
-- out: id int, round_id int, round_key text, link_key text, is_anonymous bool
SELECT s.id, s.round_id, r.key, r.link_key, r.is_anonymous FROM front_seat s JOIN front_round r ON r.id = s.round_id WHERE s.key = :key
;

-- name: front_seat_add :exec
-- in: round_id int, key text, serial int, label text, prefill text, is_revoked int
INSERT INTO front_seat (round_id, key, serial, label, prefill, is_revoked) VALUES (:round_id, :key, :serial, :label, :prefill, :is_revoked)
;

-- name: front_seat_change :exec
-- in: id int, serial int, label text, prefill text?, is_revoked int
UPDATE front_seat SET serial = :serial, label = :label, prefill = COALESCE(:prefill, prefill), is_revoked = :is_revoked
WHERE id = :id AND (serial <> :serial OR label <> :label OR prefill <> COALESCE(:prefill, prefill) OR is_revoked <> :is_revoked)
;

-- name: front_token_replace :exec
-- in: seat_id int, hash text
UPDATE front_token SET is_replaced = 1 WHERE seat_id = :seat_id AND hash <> :hash AND is_replaced = 0
;

-- name: front_token_add :exec
-- in: hash text, seat_id int
INSERT INTO front_token (hash, seat_id) VALUES (:hash, :seat_id)
;

-- name: front_token_drop :exec
-- doc: a link that never reached anybody
-- in: seat_id int, hash text
DELETE FROM front_token WHERE seat_id = :seat_id AND hash = :hash
;

-- name: front_token_known :opt
-- in: hash text
-- out: seat_id int
SELECT seat_id FROM front_token WHERE hash = :hash
;

-- name: front_by_hash :opt
-- in: hash text
-- out: seat_id int, round_id int, key text, serial int, label text, prefill text, is_opened bool, is_spent bool, is_revoked bool, is_replaced bool
SELECT s.id, s.round_id, s.key, s.serial, s.label, s.prefill, s.is_opened, s.is_spent, s.is_revoked, t.is_replaced
FROM front_token t JOIN front_seat s ON s.id = t.seat_id WHERE t.hash = :hash
;

-- name: front_seat_opened :exec
-- in: id int
UPDATE front_seat SET is_opened = 1 WHERE id = :id AND is_opened = 0
;

-- name: front_seat_spent :exec
-- doc: the one mark an anonymous answer leaves
-- in: id int
UPDATE front_seat SET is_spent = 1 WHERE id = :id AND is_spent = 0
;

-- name: front_seat_done :one
-- in: key text
-- out: done bool
SELECT CASE WHEN s.is_spent <> 0 OR EXISTS (SELECT a.id FROM front_answer a WHERE a.seat_id = s.id AND a.state = 'submitted') THEN 1 ELSE 0 END
FROM front_seat s WHERE s.key = :key
;

-- name: front_unspent :many
-- in: round_id int
-- out: key text
SELECT key FROM front_seat WHERE round_id = :round_id AND is_spent = 0 AND is_revoked = 0 ORDER BY serial, id
;

-- name: front_seat_counts :one
-- in: round_id int
-- out: seats int, spent int
SELECT COUNT(*), COALESCE(SUM(is_spent), 0) FROM front_seat WHERE round_id = :round_id
;

-- name: front_seats :many
-- in: round_id int
-- out: id int, key text, serial int, label text, prefill text, is_opened bool, is_spent bool, is_revoked bool
SELECT id, key, serial, label, prefill, is_opened, is_spent, is_revoked FROM front_seat WHERE round_id = :round_id ORDER BY serial, id
;

-- name: front_tokens :many
-- in: round_id int
-- out: hash text, key text, is_replaced bool
SELECT t.hash, s.key, t.is_replaced FROM front_seat s JOIN front_token t ON t.seat_id = s.id WHERE s.round_id = :round_id ORDER BY t.hash
;

-- ---- named answers ----

-- name: front_answer_of :opt
-- in: seat_id int
-- out: id int
SELECT id FROM front_answer WHERE seat_id = :seat_id
;

-- name: front_given :many
-- in: round_id int, seat_key text?
-- out: seat_key text, prefill text, is_opened bool, version int?, state text?, submitted_on day?, answers text?
SELECT s.key, s.prefill, s.is_opened, a.version, a.state, a.submitted_on, a.answers
FROM front_seat s LEFT JOIN front_answer a ON a.seat_id = s.id
WHERE s.round_id = :round_id AND (s.is_opened = 1 OR a.id IS NOT NULL)
?seat_key AND s.key = :seat_key
ORDER BY s.serial, s.id
;

-- ---- the pot ----

-- name: front_pot_all :many
-- out: id int, round_key text, mode text, batch int, answers text
SELECT id, round_key, mode, batch, answers FROM front_pot ORDER BY id
;

-- name: front_pot_clear :exec
-- doc: without a condition, so that the engine clears and wipes the whole table
DELETE FROM front_pot
;

-- name: front_pot_add :exec
-- in: id int, round_key text, mode text, batch int, answers text
INSERT INTO front_pot (id, round_key, mode, batch, answers) VALUES (:id, :round_key, :mode, :batch, :answers)
;

-- name: front_pot_size :one
-- in: round_key text
-- out: n int
SELECT COUNT(*) FROM front_pot WHERE round_key = :round_key
;

-- ---- unfinished answers of anonymous rounds ----

-- name: front_draft_get :opt
-- in: id int
-- out: body blob
SELECT body FROM front_draft WHERE id = :id
;

-- name: front_draft_wipe :exec
-- in: id int
DELETE FROM front_draft WHERE id = :id
;

-- name: front_draft_wipe_round :exec
-- in: round_key text
DELETE FROM front_draft WHERE round_key = :round_key
;

-- name: front_draft_put :exec
-- in: id int, round_key text, body blob
INSERT INTO front_draft (id, round_key, body) VALUES (:id, :round_key, :body)
;

-- ---- the other house ----

-- name: front_peer_one :opt
-- out: id int
SELECT id FROM front_peer WHERE retired_ms IS NULL ORDER BY id LIMIT 1
;

-- name: front_token_end :exec
-- in: hash text
UPDATE front_token SET is_replaced = 1 WHERE hash = :hash AND is_replaced = 0
;

-- ---- who carries the files, and what they held (exchange/front_carry) ----

-- name: front_carry_may :opt
-- doc: a round answered outside, of a survey that the actor's organisation may write
-- out: id int
SELECT r.id
FROM survey_round r JOIN survey s ON s.id = r.survey_id
WHERE r.is_outside <> 0 AND r.retired_ms IS NULL AND s.retired_ms IS NULL AND {{own statistics:write s.org_id}}
ORDER BY r.id LIMIT 1
;

-- name: front_carry_rounds :many
-- doc: rounds answered outside, newest first; those of others only for whoever administers the house
-- in: every int
-- out: pid text, survey_pid text, title text, name text, opens_on day, closes_on day, closed_on day?, is_anonymous bool, is_asked bool, is_own bool
SELECT r.pid, s.pid, s.title, r.name, r.opens_on, r.closes_on, r.closed_on, s.is_anonymous,
  EXISTS (SELECT f.id FROM front_round f WHERE f.key = r.pid AND f.retired_ms IS NULL),
  EXISTS (SELECT x.id FROM survey x WHERE x.id = s.id AND {{own statistics:write x.org_id}})
FROM survey_round r JOIN survey s ON s.id = r.survey_id
WHERE r.is_outside <> 0 AND r.retired_ms IS NULL AND s.retired_ms IS NULL AND (:every <> 0 OR {{own statistics:write s.org_id}})
ORDER BY r.closes_on DESC, r.id DESC
;

-- name: front_carry_put :exec
-- in: carry_id int, round_key text, seats int, links int, opened int, given int, spent int, pot int
INSERT INTO front_carry_round (carry_id, round_key, seats, links, opened, given, spent, pot)
VALUES (:carry_id, :round_key, :seats, :links, :opened, :given, :spent, :pot)
;

-- name: front_carry_known :opt
-- doc: the newest note of the same file, that was not refused
-- in: sha256 text
-- out: way text
SELECT k.way FROM front_carry k WHERE k.sha256 = :sha256 AND k.state <> 'refused' ORDER BY k.id DESC LIMIT 1
;

-- name: front_carry_list :many
-- doc: newest first
-- in: limit int
-- out: id int, pid text, way text, state text, no int?, why text, created_ms ms
SELECT k.id, k.pid, k.way, k.state, k.no, k.why, k.created_ms
FROM front_carry k
ORDER BY k.id DESC
LIMIT :limit
;

-- name: front_carry_round_list :many
-- doc: what the files from a certain one on held; of rounds of others only for whoever administers the house
-- in: from_id int, every int
-- out: carry_id int, round_key text, title text, round_name text, is_anonymous bool, seats int, links int, opened int, given int, spent int, pot int, is_own bool
SELECT x.carry_id, x.round_key, f.title, f.round_name, f.is_anonymous, x.seats, x.links, x.opened, x.given, x.spent, x.pot,
  EXISTS (SELECT r.id FROM survey_round r JOIN survey s ON s.id = r.survey_id WHERE r.pid = x.round_key AND {{own statistics:write s.org_id}})
FROM front_carry_round x JOIN front_round f ON f.key = x.round_key
WHERE x.carry_id >= :from_id AND (:every <> 0
  OR EXISTS (SELECT r.id FROM survey_round r JOIN survey s ON s.id = r.survey_id WHERE r.pid = x.round_key AND {{own statistics:write s.org_id}}))
ORDER BY x.carry_id DESC, x.id
;
