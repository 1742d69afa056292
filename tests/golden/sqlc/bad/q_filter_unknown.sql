-- expect: sql/query/x.sql:5: x: input lable is not declared
-- name: x :many
-- out: code text
SELECT code FROM kind WHERE 1 = 1
?lable AND label = 'x'
;
