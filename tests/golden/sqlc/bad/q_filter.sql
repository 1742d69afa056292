-- expect: sql/query/x.sql:6: x: filter label must be declared with ?
-- name: x :many
-- in: label text
-- out: code text
SELECT code FROM kind WHERE 1 = 1
?label AND label = :label
;
