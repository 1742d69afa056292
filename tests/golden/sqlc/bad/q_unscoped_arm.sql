-- expect: sql/query/x.sql:6: x reads visit
-- name: x :many
-- out: id int
SELECT v.id FROM visit v WHERE {{scope care v.person_id}}
UNION ALL
SELECT v.id FROM visit v
;
