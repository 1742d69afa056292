-- expect: sql/query/x.sql:2: x: ":some" is no kind
-- name: x :some
SELECT 1
;
