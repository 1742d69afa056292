-- expect: sql/query/x.sql:4: x reads person, which is about persons
-- name: x :many
-- out: code text
SELECT k.code FROM kind k, person p WHERE p.name = k.label
;
