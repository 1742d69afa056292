-- expect: sql/query/x.sql:4: x: {{scope care:look v.person_id}}: no action "look"
-- name: x :many
-- out: id int
SELECT v.id FROM visit v WHERE {{scope care:look v.person_id}}
;
