-- expect: sql/query/x.sql:2: x: an :exec has no "-- out"
-- name: x :exec
-- out: n int
DELETE FROM kind
;
