-- expect: sql/query/x.sql:5: x (line 2) is not closed with ;
-- name: x :one
-- out: n int
SELECT 1
