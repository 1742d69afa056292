-- expect: sql/query/x.sql:3: x reads visit
-- name: x :exec
DELETE FROM visit
;
