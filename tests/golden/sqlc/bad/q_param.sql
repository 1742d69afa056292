-- expect: sql/query/x.sql:5: x: :lable is not declared in "-- in"
-- name: x :many
-- in: label text
-- out: code text
SELECT code FROM kind WHERE label = :lable
;
