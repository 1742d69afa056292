-- expect: sql/query/x.sql:4: x: a colon without a name (casts with :: are not portable)
-- name: x :one
-- out: n int
SELECT count(*)::int FROM kind
;
