-- expect: sql/query/x.sql:4: x: the sign ; is not allowed
-- name: x :one
-- out: n int
SELECT 1; DELETE FROM kind
;
