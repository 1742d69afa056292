-- expect: sql/query/x.sql:2: x: input label is not used
-- name: x :many
-- in: label text
-- out: code text
SELECT code FROM kind
;
