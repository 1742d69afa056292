-- 定型文 (care/snippet): never about a person, so no scope; whose they are is asked in each statement.

-- name: snippet_list :many
-- doc: what the actor may use: own, of the own office, of the own municipality (the console: all). Retired ones: those put away since `since_ms`.
-- in: insurer_id int, everything bool, alive bool, since_ms ms?
-- out: id int
-- scan: the console alone reads all of them
SELECT s.id
FROM snippet s
WHERE ((s.level = 'own' AND s.account_id = :@account) OR (s.level = 'office' AND s.org_id = :@org) OR (s.level = 'town' AND s.org_id = :insurer_id) OR :everything = 1)
?alive AND s.retired_ms IS NULL
?since_ms AND s.retired_ms >= :since_ms
ORDER BY s.id
;

-- name: snippet_same :many
-- doc: other alive ones of the same owner with the same word
-- in: level text, account_id int, org_id int, word_fold text, but_id int
-- out: id int, pid text, title text, body text
SELECT s.id, s.pid, s.title, s.body
FROM snippet s
WHERE s.level = :level AND s.word_fold = :word_fold AND s.id <> :but_id AND s.retired_ms IS NULL
  AND (s.account_id = :account_id OR s.org_id = :org_id)
ORDER BY s.id
;

-- name: snippet_count :one
-- in: level text, account_id int, org_id int
-- out: n int, last int?
SELECT COUNT(*), MAX(s.sort)
FROM snippet s
WHERE s.level = :level AND s.retired_ms IS NULL AND (s.account_id = :account_id OR s.org_id = :org_id)
;
