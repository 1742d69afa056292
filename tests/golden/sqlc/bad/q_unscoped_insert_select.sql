-- expect: sql/query/x.sql:4: x reads person
-- name: x :exec
INSERT INTO kind (code, label)
SELECT p.name, p.name FROM person p
;
