-- expect: sql/query/x.sql:5: x reads visit
-- name: x :many
-- in: a int?
-- out: id int
SELECT v.id FROM visit v WHERE v.id = 1
?a AND {{scope care v.person_id}} AND v.org_id = :a
;
