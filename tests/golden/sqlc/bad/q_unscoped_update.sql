-- expect: sql/query/x.sql:3: x reads visit
-- name: x :exec
UPDATE visit SET org_id = 1
;
