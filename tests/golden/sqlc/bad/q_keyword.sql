-- expect: sql/query/x.sql:2: x: field "default": not a snake_case name, or a reserved word
-- name: x :one
-- out: default int
SELECT 1
;
