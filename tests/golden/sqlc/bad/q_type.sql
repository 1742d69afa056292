-- expect: sql/query/x.sql:2: x: "n float" is no field
-- name: x :one
-- out: n float
SELECT 1
;
