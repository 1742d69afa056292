-- expect: sql/query/x.sql:2: x: sort b has no line
-- name: x :many
-- out: code text
-- sort: a | b
SELECT code FROM kind ORDER BY
@a code
;
