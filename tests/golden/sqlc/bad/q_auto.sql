-- expect: sql/query/x.sql:4: x: :@yesterday is not bound by itself
-- name: x :many
-- out: code text
SELECT code FROM kind WHERE code = :@yesterday
;
