-- expect: sql/query/x.sql:4: x: name the columns instead of *
-- name: x :many
-- out: code text, label text
SELECT k.* FROM kind k
;
