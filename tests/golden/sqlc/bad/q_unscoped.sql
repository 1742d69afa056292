-- expect: sql/query/x.sql:5: x reads visit, which is about persons, without {{scope …}}
-- name: x :many
-- out: id int
SELECT v.id
FROM visit v WHERE v.id > 0
;
