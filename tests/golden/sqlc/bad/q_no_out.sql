-- expect: sql/query/x.sql:2: x: "-- out" is missing
-- name: x :many
SELECT code FROM kind
;
