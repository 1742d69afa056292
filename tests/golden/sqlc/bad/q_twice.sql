-- expect: sql/query/x.sql:6: x is already in sql/query/x.sql:2
-- name: x :one
-- out: n int
SELECT 1
;
-- name: x :one
-- out: n int
SELECT 1
;
