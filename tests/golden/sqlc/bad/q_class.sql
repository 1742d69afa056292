-- expect: sql/query/x.sql:4: x: {{scope caer v.person_id}}: "caer" is no record class
-- name: x :many
-- out: id int
SELECT v.id FROM visit v WHERE {{scope caer v.person_id}}
;
