-- expect: sql/query/x.sql:5: x reads person
-- name: x :many
-- out: code text
SELECT k.code FROM kind k WHERE k.code IN
  (SELECT p.name FROM person p)
;
