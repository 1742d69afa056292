-- Statements of the access room. Tables of this room hold ids and secrets, never content.

-- name: grant_mine :many
-- doc: the actor's grants for one person today; access/policy judges them
-- in: person_id int
-- out: classes int, relation int
-- unscoped: this is the gate itself
SELECT DISTINCT g.classes, g.relation
FROM person p JOIN access_grant g ON g.cluster_id = p.cluster_id
WHERE p.id = :person_id AND g.org_id = :@org AND (g.account_id = 0 OR g.account_id = :@account)
  AND (g.role_classes & :@role_class) <> 0 AND g.from_on <= :@today AND g.to_on >= :@today
;

-- name: grant_person_exists :opt
-- in: person_id int
-- out: id int
-- unscoped: the console and house jobs, which pass the gate, must still not find persons who do not exist
SELECT p.id FROM person p WHERE p.id = :person_id
;

-- name: grant_holders :many
-- doc: organisations that keep the person's record, for "whom to ask"; never the rights-protection team (bound to accounts)
-- in: person_id int, relations int
-- out: name text
-- unscoped: called only after the name card was found open
SELECT DISTINCT o.name
FROM person p JOIN access_grant g ON g.cluster_id = p.cluster_id JOIN org o ON o.id = g.org_id
WHERE p.id = :person_id AND (g.relation & :relations) <> 0 AND g.account_id = 0 AND (g.classes & 1) <> 0
  AND g.org_id <> :@org AND g.from_on <= :@today AND g.to_on >= :@today
ORDER BY o.name
;

-- name: grant_insert :exec
-- in: org_id int, account_id int, role_classes int, cluster_id int, classes int, relation int, from_on day, to_on day, via_table text, via_id int
INSERT INTO access_grant (org_id, account_id, role_classes, cluster_id, classes, relation, from_on, to_on, via_table, via_id, created_ms, created_by)
VALUES (:org_id, :account_id, :role_classes, :cluster_id, :classes, :relation, :from_on, :to_on, :via_table, :via_id, :@now, :@account)
;

-- name: grant_end :exec
-- doc: end what follows from one record; to_on is the last day, so yesterday ends it at once
-- in: via_table text, via_id int, to_on day
UPDATE access_grant SET to_on = :to_on WHERE via_table = :via_table AND via_id = :via_id AND to_on > :to_on
;

-- name: grant_end_account :exec
-- doc: one member leaves a team
-- in: via_table text, via_id int, account_id int, to_on day
UPDATE access_grant SET to_on = :to_on
WHERE via_table = :via_table AND via_id = :via_id AND account_id = :account_id AND to_on > :to_on
;

-- name: grant_move :exec
-- doc: the record's person joined or left a cluster
-- in: via_table text, via_id int, cluster_id int
UPDATE access_grant SET cluster_id = :cluster_id WHERE via_table = :via_table AND via_id = :via_id
;

-- name: grant_list_by_via :many
-- in: via_table text, via_id int
-- out: id int, org_id int, account_id int, role_classes int, cluster_id int, classes int, relation int, from_on day, to_on day
SELECT id, org_id, account_id, role_classes, cluster_id, classes, relation, from_on, to_on
FROM access_grant WHERE via_table = :via_table AND via_id = :via_id ORDER BY id
;

-- name: grant_list_by_cluster :many
-- in: cluster_id int
-- out: id int, org_id int, account_id int, role_classes int, classes int, relation int, from_on day, to_on day, via_table text, via_id int
SELECT id, org_id, account_id, role_classes, classes, relation, from_on, to_on, via_table, via_id
FROM access_grant WHERE cluster_id = :cluster_id ORDER BY id
;

-- name: account_count :one
-- out: n int
SELECT COUNT(*) FROM account
;

-- name: account_full :many
-- doc: accounts with what their credential says
-- in: id int?, pid text?, login text?, org_id int?
-- out: id int, pid text, login text, name text, role text, org_id int, staff_id int?, state text, stopped_reason text, text_size text, idle_min int, list_rows int, until_on day?, used_on day, reviewed_on day?, has_totp bool, paper_left int, version int
SELECT a.id, a.pid, a.login, a.name, a.role, a.org_id, a.staff_id, a.state, a.stopped_reason, a.text_size, a.idle_min, a.list_rows,
  a.until_on, c.used_on, a.reviewed_on, CASE WHEN c.totp IS NULL THEN 0 ELSE 1 END,
  (SELECT COUNT(*) FROM paper_code pc WHERE pc.account_id = a.id AND pc.used_ms IS NULL), a.version
FROM account a JOIN credential c ON c.account_id = a.id
WHERE a.retired_ms IS NULL
?id AND a.id = :id
?pid AND a.pid = :pid
?login AND a.login = :login
?org_id AND a.org_id = :org_id
ORDER BY a.org_id, a.login
;

-- name: account_unused :many
-- doc: active accounts whose last login (or, for one never used, its making) was before a day, or whose end has passed
-- in: before_on day
-- out: id int, until_on day?
SELECT a.id, a.until_on FROM account a JOIN credential c ON c.account_id = a.id
WHERE a.state <> 'stopped' AND a.retired_ms IS NULL AND (c.used_on < :before_on OR a.until_on < :@today)
ORDER BY a.id
;

-- name: account_of_org :many
-- in: org_id int
-- out: id int
SELECT id FROM account WHERE org_id = :org_id AND state <> 'stopped' AND retired_ms IS NULL ORDER BY id
;

-- name: credential_insert :exec
-- in: account_id int
INSERT INTO credential (account_id, used_on) VALUES (:account_id, :@today)
;

-- name: credential_get :opt
-- in: account_id int
-- out: password text, totp blob?, totp_step int, used_on day
SELECT password, totp, totp_step, used_on FROM credential WHERE account_id = :account_id
;

-- name: credential_set :exec
-- doc: both secrets at enrolment; the step forbids the enrolment code as first login code
-- in: account_id int, password text, totp blob?, totp_step int
UPDATE credential SET password = :password, password_ms = :@now, totp = :totp, totp_step = :totp_step WHERE account_id = :account_id
;

-- name: credential_set_password :exec
-- in: account_id int, password text
UPDATE credential SET password = :password, password_ms = :@now WHERE account_id = :account_id
;

-- name: credential_step :exec
-- doc: a TOTP code is good once: nothing changes if another login has used this step or a later one
-- in: account_id int, totp_step int
UPDATE credential SET totp_step = :totp_step WHERE account_id = :account_id AND totp_step < :totp_step
;

-- name: credential_used :exec
-- in: account_id int
UPDATE credential SET used_on = :@today WHERE account_id = :account_id AND used_on <> :@today
;

-- name: paper_code_clear :exec
-- in: account_id int
DELETE FROM paper_code WHERE account_id = :account_id
;

-- name: paper_code_insert :exec
-- in: account_id int, hash blob
INSERT INTO paper_code (account_id, hash) VALUES (:account_id, :hash)
;

-- name: paper_code_use :exec
-- in: account_id int, hash blob
UPDATE paper_code SET used_ms = :@now WHERE account_id = :account_id AND hash = :hash AND used_ms IS NULL
;

-- name: setup_code_insert :exec
-- in: hash blob, account_id int?, totp blob, ends_ms ms
INSERT INTO setup_code (hash, account_id, totp, created_ms, created_by, ends_ms)
VALUES (:hash, :account_id, :totp, :@now, :@account, :ends_ms)
;

-- name: setup_code_find :opt
-- in: hash blob
-- out: id int, account_id int?, totp blob
SELECT id, account_id, totp FROM setup_code WHERE hash = :hash AND used_ms IS NULL AND ends_ms > :@now
;

-- name: setup_code_use :exec
-- in: id int
UPDATE setup_code SET used_ms = :@now WHERE id = :id AND used_ms IS NULL AND ends_ms > :@now
;

-- name: setup_code_end_first :exec
-- doc: older codes for the first administrator end
UPDATE setup_code SET used_ms = :@now WHERE account_id IS NULL AND used_ms IS NULL
;

-- name: setup_code_end_account :exec
-- in: account_id int
UPDATE setup_code SET used_ms = :@now WHERE account_id = :account_id AND used_ms IS NULL
;

-- name: session_insert :exec
-- in: token_hash blob, account_id int, csrf text, is_open bool, bucket text, ends_ms ms, follows_id int?, handed text
INSERT INTO session (token_hash, account_id, csrf, is_open, bucket, created_ms, seen_ms, ends_ms, follows_id, handed)
VALUES (:token_hash, :account_id, :csrf, :is_open, :bucket, :@now, :@now, :ends_ms, :follows_id, :handed)
;

-- name: session_find :opt
-- in: token_hash blob
-- out: id int, account_id int, csrf text, is_open bool, is_locked bool, n_wrong int, bucket text, seen_ms ms, ends_ms ms, handed text
SELECT id, account_id, csrf, is_open, is_locked, n_wrong, bucket, seen_ms, ends_ms, handed FROM session WHERE token_hash = :token_hash
;

-- name: session_touch :exec
-- in: id int
UPDATE session SET seen_ms = :@now WHERE id = :id
;

-- name: session_wrong :exec
-- in: id int
UPDATE session SET n_wrong = n_wrong + 1 WHERE id = :id
;

-- name: session_lock :exec
-- in: token_hash blob
UPDATE session SET is_locked = 1 WHERE token_hash = :token_hash AND is_open = 1
;

-- name: session_hand :exec
-- in: id int, handed text
UPDATE session SET handed = :handed WHERE id = :id
;

-- name: session_end :exec
-- in: token_hash blob
DELETE FROM session WHERE token_hash = :token_hash
;

-- name: session_end_id :exec
-- in: id int
DELETE FROM session WHERE id = :id
;

-- name: session_end_account :exec
-- in: account_id int, but_id int
DELETE FROM session WHERE account_id = :account_id AND id <> :but_id
;

-- name: session_sweep :exec
DELETE FROM session WHERE ends_ms <= :@now
;

-- name: login_attempt_get :opt
-- in: bucket text
-- out: n_failed int, last_ms ms, until_ms ms
SELECT n_failed, last_ms, until_ms FROM login_attempt WHERE bucket = :bucket
;

-- name: login_attempt_put :exec
-- in: bucket text, n_failed int, until_ms ms
INSERT INTO login_attempt (bucket, n_failed, last_ms, until_ms) VALUES (:bucket, :n_failed, :@now, :until_ms)
ON CONFLICT (bucket) DO UPDATE SET n_failed = excluded.n_failed, last_ms = excluded.last_ms, until_ms = excluded.until_ms
;

-- name: login_attempt_clear :exec
-- in: bucket text
DELETE FROM login_attempt WHERE bucket = :bucket
;

-- name: login_attempt_sweep :exec
-- in: before_ms ms
DELETE FROM login_attempt WHERE last_ms < :before_ms
;

-- name: form_token_get :opt
-- in: token text
-- out: location text
SELECT location FROM form_token WHERE account_id = :@account AND token = :token
;

-- name: form_token_insert :exec
-- in: token text
INSERT INTO form_token (account_id, token, location, at_ms) VALUES (:@account, :token, '', :@now)
;

-- name: form_token_finish :exec
-- in: token text, location text
UPDATE form_token SET location = :location WHERE account_id = :@account AND token = :token
;

-- name: form_token_sweep :exec
-- in: before_ms ms
DELETE FROM form_token WHERE at_ms < :before_ms
;

-- name: audit_head_next :exec
-- doc: take the next number; the row stays locked until the transaction ends
UPDATE audit_head SET seq = seq + 1 WHERE id = 1
;

-- name: audit_head_get :opt
-- out: seq int, hash blob
SELECT seq, hash FROM audit_head WHERE id = 1
;

-- name: audit_head_first :exec
-- in: hash blob
INSERT INTO audit_head (id, seq, hash) VALUES (1, 1, :hash)
;

-- name: audit_head_set :exec
-- in: hash blob
UPDATE audit_head SET hash = :hash WHERE id = 1
;

-- name: audit_entry_insert :exec
-- in: id int, action text, table_name text, row_id int, person_id int, purpose text, request_id text, hash blob
INSERT INTO audit_entry (id, at_ms, account_id, org_id, action, table_name, row_id, person_id, purpose, request_id, hash)
VALUES (:id, :@now, :@account, :@org, :action, :table_name, :row_id, :person_id, :purpose, :request_id, :hash)
;

-- name: audit_entry_page :many
-- in: after int, n int
-- out: id int, at_ms ms, account_id int, org_id int, action text, table_name text, row_id int, person_id int, purpose text, request_id text, hash blob
-- unscoped: verification of the chain; ids only, for the console
SELECT id, at_ms, account_id, org_id, action, table_name, row_id, person_id, purpose, request_id, hash
FROM audit_entry WHERE id > :after ORDER BY id LIMIT :n
;

-- name: anchor_insert :exec
-- in: seq int, hash blob, place text
INSERT INTO anchor (seq, hash, place, at_ms) VALUES (:seq, :hash, :place, :@now)
;

-- name: anchor_list :many
-- out: id int, seq int, hash blob
SELECT id, seq, hash FROM anchor ORDER BY id
;

-- name: look_last :opt
-- out: id int, hash blob
SELECT id, hash FROM look_entry ORDER BY id DESC LIMIT 1
;

-- name: look_insert :exec
-- in: id int, action text, what text, purpose text, request_id text, n_persons int, hash blob
INSERT INTO look_entry (id, at_ms, account_id, org_id, action, what, purpose, request_id, n_persons, hash)
VALUES (:id, :@now, :@account, :@org, :action, :what, :purpose, :request_id, :n_persons, :hash)
;

-- name: look_person_insert :exec
-- in: look_entry_id int, person_id int
INSERT INTO look_person (look_entry_id, person_id) VALUES (:look_entry_id, :person_id)
;

-- name: look_page :many
-- in: after int, n int
-- out: id int, at_ms ms, account_id int, org_id int, action text, what text, purpose text, request_id text, n_persons int, hash blob
SELECT id, at_ms, account_id, org_id, action, what, purpose, request_id, n_persons, hash
FROM look_entry WHERE id > :after ORDER BY id LIMIT :n
;

-- name: look_person_page :many
-- in: after int, upto int
-- out: look_entry_id int, person_id int
-- unscoped: verification of the chain; ids only, for the console
SELECT look_entry_id, person_id FROM look_person WHERE look_entry_id > :after AND look_entry_id <= :upto ORDER BY look_entry_id, id
;

-- name: look_person_outside :one
-- doc: ids that belong to no entry of the chain
-- in: last int
-- out: n int
-- unscoped: verification of the chain; a count
SELECT COUNT(*) FROM look_person WHERE look_entry_id < 1 OR look_entry_id > :last
;

-- name: look_of_person :many
-- in: person_id int, from_ms ms, to_ms ms
-- out: id int, at_ms ms, account_id int, org_id int, action text, what text, purpose text, n_persons int
-- unscoped: audit_looks_of passes the gate first
SELECT e.id, e.at_ms, e.account_id, e.org_id, e.action, e.what, e.purpose, e.n_persons
FROM look_person lp JOIN look_entry e ON e.id = lp.look_entry_id
WHERE lp.person_id = :person_id AND e.at_ms >= :from_ms AND e.at_ms < :to_ms
ORDER BY e.id
;

-- name: look_cluster :many
-- in: pid text
-- out: id int
-- unscoped: audit_looks_of passes the gate for each of them
SELECT q.id FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.pid = :pid ORDER BY q.id
;

-- name: account_org :one
-- in: pid text
-- out: id int
SELECT id FROM org WHERE pid = :pid AND retired_ms IS NULL
;

-- name: access_probe :opt
-- doc: what {{scope}} says of one person; the tests hold it against policy_check
-- in: id int
-- out: card bool, medical bool, rights_give bool, care_row bool
-- unscoped: gives nothing but the answers of the scope itself
SELECT CASE WHEN {{scope namecard p.id}} THEN 1 ELSE 0 END, CASE WHEN {{scope medical:print p.id}} THEN 1 ELSE 0 END,
  CASE WHEN {{scope rights:give p.id}} THEN 1 ELSE 0 END, CASE WHEN {{scope_row 2:write p.id}} THEN 1 ELSE 0 END
FROM person p WHERE p.id = :id
;

-- name: account_name :opt
-- doc: the display name behind an account id, for 「だれが」 beside a record the reader may see
-- in: id int
-- out: name text
SELECT a.name FROM account a WHERE a.id = :id
;

-- name: credential_set_totp :exec
-- doc: a new authenticator; the step forbids the code that proved it as first login code
-- in: account_id int, totp blob, totp_step int
UPDATE credential SET totp = :totp, totp_step = :totp_step WHERE account_id = :account_id
;

-- name: audit_of_account :many
-- doc: what happened at the actor's own account: logins, failures, new secrets
-- in: limit int
-- out: at_ms ms, account_id int, action text
-- unscoped: entries about an account name no person
SELECT e.at_ms, e.account_id, e.action FROM audit_entry e
WHERE e.table_name = 'account' AND e.row_id = :@account AND e.action NOT IN ('insert', 'save')
ORDER BY e.id DESC LIMIT :limit
;

-- name: audit_login_failed :many
-- doc: failed logins among the last entries of the chain; account 0 = an unknown login
-- in: after int, from_ms ms, limit int
-- out: at_ms ms, row_id int
-- unscoped: entries about an account name no person
SELECT e.at_ms, e.row_id FROM audit_entry e
WHERE e.id > :after AND e.at_ms >= :from_ms AND e.action = 'login-failed'
ORDER BY e.id DESC LIMIT :limit
;

-- name: look_denied :many
-- doc: refused looks of one month's file, newest first; no ids of persons
-- in: from_ms ms, limit int
-- out: id int, at_ms ms, account_id int, what text, n_persons int
SELECT e.id, e.at_ms, e.account_id, e.what, e.n_persons FROM look_entry e
WHERE e.id > 0 AND e.at_ms >= :from_ms AND e.action = 'denied'
ORDER BY e.id DESC LIMIT :limit
;
