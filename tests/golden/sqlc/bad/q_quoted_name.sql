-- expect: sql/query/x.sql:4: x: the sign " is not allowed
-- name: x :many
-- out: id int
SELECT id FROM "visit"
;
