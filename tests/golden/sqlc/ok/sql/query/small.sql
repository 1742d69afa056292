-- name: visit_list :many
-- doc: visits of people one may see,
--   newest first
-- in: org_id int?, from_on day?, word text?, done bool, limit int
-- out: id int, name text, visit_on day?, at ms?, done bool, sketch blob?
-- sort: day | name
SELECT v.id, p.name, v.visit_on, :@now, v.is_done, v.sketch -- the reason of the order: newest first
FROM visit AS v
JOIN person p ON p.id = v.person_id
WHERE {{scope_row v.record_class v.person_id}} AND 'a -- b ?2 :c {{' <> ''
?org_id AND v.org_id = :org_id
?from_on AND v.visit_on >= :from_on
?from_on AND v.visit_on <= :@today
?word AND p.name = :word
?done AND v.is_done = 1
ORDER BY
@day v.visit_on DESC
@name p.name
LIMIT :limit
;

-- name: visit_own :opt
-- in: id int
-- out: id int
SELECT v.id FROM visit v WHERE v.id = :id AND ({{own consultation:write v.org_id}} OR {{scope care:print v.person_id}});

-- name: visit_each :each
-- unscoped: a report without names
-- scan: the whole table is wanted
-- out: id int
SELECT id FROM visit
;

-- name: kind_one :one
-- out: n int
SELECT count(*) FROM kind
;

-- name: visit_add :exec
-- in: person_id int?, org_id int
INSERT INTO visit (version, person_id, org_id, record_class) VALUES (1, :person_id, :org_id, 2)
;

-- name: visit_arms :many
-- out: id int
SELECT v.id FROM visit v WHERE {{scope care v.person_id}} AND EXISTS (SELECT 1 FROM person x WHERE x.id = v.person_id)
UNION
SELECT k.id FROM visit k WHERE {{own care k.org_id}}
;
