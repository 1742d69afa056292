-- Statements of the register about organisations, areas, towns, postal codes and staff.

-- name: org_list :many
-- doc: ids in the order of the name; '' and -1 mean all; fold is %…% of the folded text, matched in names and aliases
-- in: kind text, form text, is_core int, insurer_org_id int, branch_of_org_id int, area_id int?, on_day day?, fold text?, number text?, limit int, offset int
-- out: id int
SELECT o.id FROM org o
WHERE o.retired_ms IS NULL AND (:kind = '' OR o.kind = :kind) AND (:form = '' OR o.form = :form) AND (:is_core < 0 OR o.is_core = :is_core)
  AND (:insurer_org_id < 0 OR o.insurer_org_id = :insurer_org_id) AND (:branch_of_org_id < 0 OR o.branch_of_org_id = :branch_of_org_id)
?on_day AND (o.valid_from IS NULL OR o.valid_from <= :on_day) AND o.valid_to >= :on_day
?area_id AND EXISTS (SELECT 1 FROM org_area oa WHERE oa.org_id = o.id AND oa.area_id = :area_id AND oa.retired_ms IS NULL)
?number AND (o.office_no = :number OR o.insurer_no = :number)
?fold AND (o.name_fold LIKE :fold OR EXISTS (SELECT 1 FROM org_alias al WHERE al.org_id = o.id AND al.name_fold LIKE :fold AND al.retired_ms IS NULL))
ORDER BY o.name_fold, o.id
LIMIT :limit OFFSET :offset
;

-- name: org_same :many
-- doc: organisations with one of these folded names or numbers
-- in: fold text, office_no text, insurer_no text, not_id int
-- out: id int
SELECT o.id FROM org o
WHERE o.retired_ms IS NULL AND o.id <> :not_id
  AND (o.name_fold = :fold OR (:office_no <> '' AND o.office_no = :office_no) OR (:insurer_no <> '' AND o.insurer_no = :insurer_no)
    OR EXISTS (SELECT 1 FROM org_alias al WHERE al.org_id = o.id AND al.name_fold = :fold AND al.retired_ms IS NULL))
ORDER BY o.id LIMIT 20
;

-- name: org_by_insurer_no :opt
-- in: insurer_no text
-- out: id int
SELECT o.id FROM org o WHERE o.insurer_no = :insurer_no AND o.kind = 'insurer' AND o.retired_ms IS NULL ORDER BY o.id LIMIT 1
;

-- name: org_name :opt
-- in: id int
-- out: name text, kind text, insurer_org_id int?, pid text
SELECT name, kind, insurer_org_id, pid FROM org WHERE id = :id
;

-- name: org_alias_list :many
-- in: org_id int
-- out: id int, pid text, name text, name_fold text
SELECT id, pid, name, name_fold FROM org_alias WHERE org_id = :org_id AND retired_ms IS NULL ORDER BY name_fold, id
;

-- name: org_counts :one
-- in: org_id int, on_day day
-- out: areas int, branches int, staff int
SELECT (SELECT COUNT(DISTINCT oa.area_id) FROM org_area oa WHERE oa.org_id = :org_id AND oa.retired_ms IS NULL
    AND (oa.from_on IS NULL OR oa.from_on <= :on_day) AND oa.to_on >= :on_day),
  (SELECT COUNT(*) FROM org b WHERE b.branch_of_org_id = :org_id AND b.retired_ms IS NULL
    AND (b.valid_from IS NULL OR b.valid_from <= :on_day) AND b.valid_to >= :on_day),
  (SELECT COUNT(DISTINCT sp.staff_id) FROM staff_post sp WHERE sp.org_id = :org_id AND sp.retired_ms IS NULL
    AND sp.from_on <= :on_day AND sp.to_on >= :on_day)
;

-- name: org_count_persons :one
-- doc: people who lived in the areas of the organisation on a day, with the rights of that day
-- in: org_id int, on_day day
-- out: n int
SELECT COUNT(DISTINCT p.cluster_id)
FROM org_area oa JOIN person_area pa ON pa.area_id = oa.area_id JOIN person p ON p.id = pa.person_id
WHERE oa.org_id = :org_id AND oa.role = 'charge' AND oa.retired_ms IS NULL
  AND (oa.from_on IS NULL OR oa.from_on <= :on_day) AND oa.to_on >= :on_day
  AND pa.from_on <= :on_day AND pa.to_on >= :on_day AND p.retired_ms IS NULL AND {{scope namecard p.id}}
;

-- name: label_get :opt
-- in: org_id int, key text
-- out: id int, text text
SELECT id, text FROM label WHERE key = :key AND (org_id = :org_id OR org_id IS NULL) AND retired_ms IS NULL
ORDER BY CASE WHEN org_id IS NULL THEN 1 ELSE 0 END LIMIT 1
;

-- name: label_own :opt
-- in: org_id int, key text
-- out: id int
SELECT id FROM label WHERE key = :key AND org_id = :org_id AND retired_ms IS NULL
;

-- name: area_list :many
-- in: level text?, on_day day?, fold text?
-- out: id int
SELECT a.id FROM area a
WHERE a.retired_ms IS NULL
?level AND a.level = :level
?on_day AND (a.valid_from IS NULL OR a.valid_from <= :on_day) AND a.valid_to >= :on_day
?fold AND (a.name_fold LIKE :fold OR EXISTS (SELECT 1 FROM area_alias al WHERE al.area_id = a.id AND al.name_fold LIKE :fold AND al.retired_ms IS NULL))
ORDER BY a.level, a.sort, a.name_fold, a.id
;

-- name: area_name :opt
-- in: id int
-- out: pid text, name text, code text, level text, insurer_org_id int?
SELECT pid, name, code, level, insurer_org_id FROM area WHERE id = :id
;

-- name: area_id_of_pid :opt
-- in: pid text
-- out: id int, level text
SELECT id, level FROM area WHERE pid = :pid AND retired_ms IS NULL
;

-- name: area_alias_list :many
-- in: area_id int
-- out: id int, pid text, name text, name_fold text
SELECT id, pid, name, name_fold FROM area_alias WHERE area_id = :area_id AND retired_ms IS NULL ORDER BY id
;

-- name: org_area_list :many
-- in: org_id int?, area_id int?, role text?, on_day day?, until_open bool, from_day day
-- out: id int, pid text, org_id int, area_id int, role text, org_name text, area_name text, area_code text, from_on day?, to_on day
-- doc: until_open: also those that begin later, up to their end after from_day
SELECT oa.id, oa.pid, oa.org_id, oa.area_id, oa.role, o.name, a.name, a.code, oa.from_on, oa.to_on
FROM org_area oa JOIN org o ON o.id = oa.org_id JOIN area a ON a.id = oa.area_id
WHERE oa.retired_ms IS NULL AND (:from_day IS NULL OR 1 = 1)
?org_id AND oa.org_id = :org_id
?area_id AND oa.area_id = :area_id
?role AND oa.role = :role
?on_day AND (oa.from_on IS NULL OR oa.from_on <= :on_day) AND oa.to_on >= :on_day
?until_open AND oa.to_on >= :from_day
ORDER BY a.sort, a.name_fold, oa.from_on, oa.id
;

-- name: area_grant_add :exec
-- doc: everybody who lives in the area from a day on: the grant of one organisation; twice does nothing
-- in: area_id int, org_id int, role_classes int, classes int, relation int, from_on day, to_on day
-- unscoped: rights follow the territory, written with the row that moves it
INSERT INTO access_grant (org_id, account_id, role_classes, cluster_id, classes, relation, from_on, to_on, via_table, via_id, created_ms, created_by)
SELECT :org_id, 0, :role_classes, p.cluster_id, :classes, :relation,
  CASE WHEN pa.from_on > :from_on THEN pa.from_on ELSE :from_on END, CASE WHEN pa.to_on < :to_on THEN pa.to_on ELSE :to_on END,
  'person_area', pa.id, :@now, :@account
FROM person_area pa JOIN person p ON p.id = pa.person_id
WHERE pa.area_id = :area_id AND pa.to_on >= :from_on AND pa.from_on <= :to_on
  AND NOT EXISTS (SELECT 1 FROM access_grant g WHERE g.via_table = 'person_area' AND g.via_id = pa.id AND g.org_id = :org_id
    AND g.relation = :relation AND g.to_on >= :from_on AND g.from_on <= :to_on)
;

-- name: area_grant_end :exec
-- in: area_id int, org_id int, relation int, last_on day
-- unscoped: rights follow the territory, written with the row that moves it
UPDATE access_grant SET to_on = :last_on
WHERE org_id = :org_id AND relation = :relation AND via_table = 'person_area' AND to_on > :last_on AND from_on <= :last_on
  AND via_id IN (SELECT pa.id FROM person_area pa WHERE pa.area_id = :area_id)
;

-- name: area_grant_drop :exec
-- doc: grants that would only have begun after the last day
-- in: area_id int, org_id int, relation int, last_on day
-- unscoped: rights follow the territory, written with the row that moves it
DELETE FROM access_grant
WHERE org_id = :org_id AND relation = :relation AND via_table = 'person_area' AND from_on > :last_on
  AND via_id IN (SELECT pa.id FROM person_area pa WHERE pa.area_id = :area_id)
;

-- name: territory_count :many
-- doc: persons per area and centre on a day, with the rights of that day
-- in: level text, on_day day
-- out: area_id int, area_name text, area_code text, org_id int?, org_name text?, persons int
SELECT a.id, a.name, a.code, o.id, o.name,
  (SELECT COUNT(DISTINCT p.cluster_id) FROM person_area pa JOIN person p ON p.id = pa.person_id
   WHERE pa.area_id = a.id AND pa.from_on <= :on_day AND pa.to_on >= :on_day AND p.retired_ms IS NULL AND {{scope namecard p.id}})
FROM area a
LEFT JOIN org_area oa ON oa.area_id = a.id AND oa.role = 'charge' AND oa.retired_ms IS NULL
  AND (oa.from_on IS NULL OR oa.from_on <= :on_day) AND oa.to_on >= :on_day
LEFT JOIN org o ON o.id = oa.org_id
WHERE a.level = :level AND a.retired_ms IS NULL AND (a.valid_from IS NULL OR a.valid_from <= :on_day) AND a.valid_to >= :on_day
ORDER BY a.sort, a.name_fold, a.id, oa.id
;

-- name: town_area_find :many
-- in: town_fold text, on_day day
-- out: area_id int, level text, block_from int, block_to int
SELECT t.area_id, t.level, t.block_from, t.block_to FROM town_area t
WHERE t.town_fold = :town_fold AND t.retired_ms IS NULL AND (t.from_on IS NULL OR t.from_on <= :on_day) AND t.to_on >= :on_day
ORDER BY t.block_to - t.block_from, t.id
;

-- name: town_area_list :many
-- in: area_id int
-- out: id int, pid text, insurer_org_id int?, city text, town text, block_from int, block_to int, level text, area_name text, from_on day?, to_on day
SELECT t.id, t.pid, t.insurer_org_id, t.city, t.town, t.block_from, t.block_to, t.level, a.name, t.from_on, t.to_on
FROM town_area t JOIN area a ON a.id = t.area_id
WHERE t.area_id = :area_id AND t.retired_ms IS NULL ORDER BY t.town_fold, t.block_from, t.id
;

-- name: town_area_same :many
-- doc: the rows for one town, block range and level
-- in: town_fold text, level text, block_from int, block_to int
-- out: id int, area_id int, from_on day?, to_on day
SELECT t.id, t.area_id, t.from_on, t.to_on FROM town_area t
WHERE t.town_fold = :town_fold AND t.level = :level AND t.block_from = :block_from AND t.block_to = :block_to AND t.retired_ms IS NULL
ORDER BY t.id
;

-- name: postal_towns :many
-- doc: the towns of a municipality (with its wards and its 郡) and whether each, or a 丁目 of it, lies in an area of a level today
-- in: city text, city_end text, gun text, level text
-- out: city text, town text, town_fold text, mapped int
-- scan: the table of postal codes, once per page
SELECT p.city, p.town, p.town_fold,
  MAX(CASE WHEN EXISTS (SELECT 1 FROM town_area t WHERE t.town_fold = p.town_fold AND t.level = :level AND t.retired_ms IS NULL
    AND t.to_on >= :@today) OR EXISTS (SELECT 1 FROM town_area u WHERE u.town_fold >= p.town_fold || '#' AND u.town_fold < p.town_fold || '$'
    AND u.level = :level AND u.retired_ms IS NULL AND u.to_on >= :@today) THEN 1 ELSE 0 END)
FROM postal p
WHERE ((p.city >= :city AND p.city < :city_end) OR p.city LIKE :gun) AND p.town <> ''
GROUP BY p.city, p.town, p.town_fold
ORDER BY p.town_fold, p.city, p.town
;

-- name: territory_mismatch :many
-- doc: districts whose towns lie in several areas of the level zone
-- in: on_day day
-- out: area_id int, area_name text, area_level text, zone_id int, zone_name text, towns int
-- scan: a report over the table of towns
SELECT d.id, d.name, d.level, z.id, z.name, COUNT(DISTINCT t.town_fold)
FROM town_area t JOIN area d ON d.id = t.area_id
JOIN town_area u ON u.town_fold = t.town_fold AND u.level = 'zone' AND u.retired_ms IS NULL
  AND (u.from_on IS NULL OR u.from_on <= :on_day) AND u.to_on >= :on_day AND u.block_from <= t.block_to AND u.block_to >= t.block_from
JOIN area z ON z.id = u.area_id
WHERE t.level IN ('minsei', 'club', 'district', 'elementary', 'junior') AND t.retired_ms IS NULL AND d.retired_ms IS NULL AND z.retired_ms IS NULL
  AND (t.from_on IS NULL OR t.from_on <= :on_day) AND t.to_on >= :on_day
  AND (SELECT COUNT(DISTINCT w.area_id) FROM town_area s JOIN town_area w ON w.town_fold = s.town_fold AND w.level = 'zone'
       AND w.retired_ms IS NULL AND (w.from_on IS NULL OR w.from_on <= :on_day) AND w.to_on >= :on_day
       AND w.block_from <= s.block_to AND w.block_to >= s.block_from
     WHERE s.area_id = d.id AND s.retired_ms IS NULL AND (s.from_on IS NULL OR s.from_on <= :on_day) AND s.to_on >= :on_day) > 1
GROUP BY d.id, d.name, d.level, d.sort, z.id, z.name, z.sort
ORDER BY d.level, d.sort, d.id, z.sort, z.id
;

-- name: postal_clear :exec
-- scan: the import replaces the table
DELETE FROM postal
;

-- name: postal_add :exec
-- in: postal text, local_code text, prefecture text, city text, town text, prefecture_kana text, city_kana text, town_kana text, town_fold text, note text
INSERT INTO postal (postal, local_code, prefecture, city, town, prefecture_kana, city_kana, town_kana, town_fold, note)
VALUES (:postal, :local_code, :prefecture, :city, :town, :prefecture_kana, :city_kana, :town_kana, :town_fold, :note)
;

-- name: postal_find :many
-- in: postal text
-- out: postal text, local_code text, prefecture text, city text, town text, prefecture_kana text, city_kana text, town_kana text, note text
SELECT p.postal, p.local_code, p.prefecture, p.city, p.town, p.prefecture_kana, p.city_kana, p.town_kana, p.note
FROM postal p WHERE p.postal = :postal ORDER BY p.id LIMIT 100
;

-- name: staff_list :many
-- in: fold_from text?, fold_to text?, org_id int?, role text?, profession text?, on_day day, limit int, offset int
-- out: id int, pid text, name text, kana text, phone text, contact_level text, org_id int?, org_name text?, role text?, title text?, from_on day?, to_on day?
SELECT s.id, s.pid, s.name, s.kana, s.phone, s.contact_level, sp.org_id, o.name, sp.role, sp.title, sp.from_on, sp.to_on
FROM staff s
LEFT JOIN staff_post sp ON sp.staff_id = s.id AND sp.retired_ms IS NULL AND sp.from_on <= :on_day AND sp.to_on >= :on_day
LEFT JOIN org o ON o.id = sp.org_id
WHERE s.retired_ms IS NULL
?fold_from AND ((s.kana_fold >= :fold_from AND s.kana_fold < :fold_to) OR (s.name_fold >= :fold_from AND s.name_fold < :fold_to))
?org_id AND sp.org_id = :org_id
?role AND sp.role = :role
?profession AND EXISTS (SELECT 1 FROM staff_licence l WHERE l.staff_id = s.id AND l.profession = :profession AND l.retired_ms IS NULL)
ORDER BY s.kana_fold, s.id, sp.is_main DESC, sp.id
LIMIT :limit OFFSET :offset
;

-- name: staff_licence_list :many
-- in: staff_id int
-- out: id int, version int, pid text, profession text, licence_no text, from_on day?, expires_on day?
SELECT id, version, pid, profession, licence_no, from_on, expires_on FROM staff_licence
WHERE staff_id = :staff_id AND retired_ms IS NULL ORDER BY id
;

-- name: staff_expiring :many
-- in: org_id int?, until_on day
-- out: staff_id int, staff_pid text, name text, profession text, expires_on day
SELECT s.id, s.pid, s.name, l.profession, l.expires_on
FROM staff_licence l JOIN staff s ON s.id = l.staff_id
WHERE l.retired_ms IS NULL AND s.retired_ms IS NULL AND l.expires_on <= :until_on
?org_id AND EXISTS (SELECT 1 FROM staff_post sp WHERE sp.staff_id = s.id AND sp.org_id = :org_id AND sp.retired_ms IS NULL AND sp.to_on >= :@today)
ORDER BY l.expires_on, s.kana_fold, l.id
;

-- name: staff_post_list :many
-- in: staff_id int
-- out: id int, version int, pid text, org_id int, org_name text, role text, title text, area_id int?, is_main bool, is_full_time bool, is_secondment bool, home_org_id int?, from_on day, to_on day, successor_staff_id int?, end_note text
SELECT sp.id, sp.version, sp.pid, sp.org_id, o.name, sp.role, sp.title, sp.area_id, sp.is_main, sp.is_full_time, sp.is_secondment, sp.home_org_id,
  sp.from_on, sp.to_on, sp.successor_staff_id, sp.end_note
FROM staff_post sp JOIN org o ON o.id = sp.org_id
WHERE sp.staff_id = :staff_id AND sp.retired_ms IS NULL ORDER BY sp.from_on DESC, sp.id DESC
;

-- name: post_fte_list :many
-- doc: 常勤換算 of a post, newest first
-- in: post_id int
-- out: id int, from_on day, fte_100 int
SELECT f.id, f.from_on, f.fte_100 FROM post_fte f WHERE f.post_id = :post_id AND f.retired_ms IS NULL
ORDER BY f.from_on DESC, f.id DESC
;

-- name: post_fte_on :many
-- doc: posts at an organisation on a day, with their 常勤換算 and whether the holder is a care manager then
-- in: org_id int, on_day day
-- out: staff_id int, fte_100 int, is_cm bool
SELECT t.staff_id,
       COALESCE((SELECT f.fte_100 FROM post_fte f WHERE f.post_id = t.id AND f.retired_ms IS NULL AND f.from_on <= :on_day ORDER BY f.from_on DESC, f.id DESC LIMIT 1), 100),
       CASE WHEN EXISTS (SELECT 1 FROM staff_licence l WHERE l.staff_id = t.staff_id AND l.retired_ms IS NULL AND l.profession IN ('cm', 'chief_cm')
         AND (l.from_on IS NULL OR l.from_on <= :on_day) AND (l.expires_on IS NULL OR l.expires_on >= :on_day)) THEN 1 ELSE 0 END
FROM staff_post t
WHERE t.org_id = :org_id AND t.retired_ms IS NULL AND t.from_on <= :on_day AND t.to_on >= :on_day
ORDER BY t.staff_id, t.id
;

-- name: staff_has_post :one
-- in: staff_id int, org_id int
-- out: n int
SELECT COUNT(*) FROM staff_post sp WHERE sp.staff_id = :staff_id AND sp.org_id = :org_id AND sp.retired_ms IS NULL AND sp.to_on >= :@today
;

-- name: charge_list :many
-- doc: on a day also those whose organisation still has the case although nobody there is in charge: right and charge end apart
-- in: person_id int, on_day day?
-- out: id int, pid text, person_id int, org_id int, staff_id int, role text, staff_name text, org_name text, from_on day, to_on day
SELECT pc.id, pc.pid, pc.person_id, pc.org_id, pc.staff_id, pc.role, s.name, o.name, pc.from_on, pc.to_on
FROM person_charge pc JOIN staff s ON s.id = pc.staff_id JOIN org o ON o.id = pc.org_id
WHERE pc.person_id IN (SELECT q.id FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.id = :person_id)
  AND pc.retired_ms IS NULL
?on_day AND pc.from_on <= :on_day AND (pc.to_on >= :on_day OR EXISTS (SELECT 1 FROM access_grant vg WHERE vg.via_table = 'person_charge' AND vg.via_id = pc.id AND vg.to_on >= :on_day))
  AND {{scope namecard pc.person_id}}
ORDER BY pc.to_on DESC, pc.from_on DESC, pc.id DESC
;

-- name: charge_open_main :many
-- doc: the main charges of one organisation for a person that reach a day
-- in: person_id int, org_id int, on_day day
-- out: id int, from_on day
-- unscoped: part of charge_begin, after its gate
SELECT pc.id, pc.from_on FROM person_charge pc
WHERE pc.person_id = :person_id AND pc.org_id = :org_id AND pc.role = 'main' AND pc.retired_ms IS NULL AND pc.to_on >= :on_day
ORDER BY pc.id
;

-- name: charge_vacant :many
-- doc: ended charges of one organisation for a person and the records merged with it that still hold the case for it on a day
-- in: person_id int, org_id int, on_day day
-- out: id int
-- unscoped: part of charge_begin, after its gate
SELECT pc.id FROM person me JOIN person q ON q.cluster_id = me.cluster_id JOIN person_charge pc ON pc.person_id = q.id
WHERE me.id = :person_id AND pc.org_id = :org_id AND pc.retired_ms IS NULL AND pc.to_on < :on_day
AND EXISTS (SELECT 1 FROM access_grant g WHERE g.via_table = 'person_charge' AND g.via_id = pc.id AND g.to_on >= :on_day)
ORDER BY pc.id
;

-- name: charge_team_end :exec
-- doc: who is in charge of a person no more leaves the teams of rights protection of this person after the last day, unless
-- doc: still in charge of an open consultation, of the person by another charge, or of the group of the organisation
-- in: staff_id int, org_id int, person_id int, charge_id int, last_on day
-- unscoped: part of the end of a charge, after its gate
UPDATE access_grant SET to_on = :last_on
WHERE org_id = :org_id AND relation = 256 AND via_table = 'consult' AND to_on > :last_on
AND cluster_id = (SELECT p.cluster_id FROM person p WHERE p.id = :person_id)
AND account_id IN (SELECT a.id FROM account a WHERE a.staff_id = :staff_id AND a.org_id = :org_id
                   AND a.role NOT IN ('centre_social', 'centre_head'))
AND NOT EXISTS (SELECT 1 FROM consult k WHERE k.id = access_grant.via_id AND k.assignee_staff_id = :staff_id
                AND k.status <> 'closed')
AND NOT EXISTS (SELECT 1 FROM person_charge pc JOIN person q ON q.id = pc.person_id
                WHERE q.cluster_id = access_grant.cluster_id AND pc.staff_id = :staff_id AND pc.org_id = :org_id
                AND pc.id <> :charge_id AND pc.role <> 'watch' AND pc.retired_ms IS NULL AND pc.to_on > :last_on)
;

-- name: staff_team_end :exec
-- doc: who leaves an organisation leaves its teams of rights protection, whatever else he had to do with them
-- in: staff_id int, org_id int, post_id int, last_on day
UPDATE access_grant SET to_on = :last_on
WHERE org_id = :org_id AND relation = 256 AND account_id <> 0 AND to_on > :last_on
AND account_id IN (SELECT a.id FROM account a WHERE a.staff_id = :staff_id AND a.org_id = :org_id)
AND NOT EXISTS (SELECT 1 FROM staff_post x WHERE x.staff_id = :staff_id AND x.org_id = :org_id AND x.id <> :post_id
                AND x.retired_ms IS NULL AND x.to_on > :last_on)
;

-- name: charge_open_of_staff :many
-- in: staff_id int, org_id int, on_day day
-- out: id int, person_id int, role text, from_on day
-- unscoped: the successor gets all of them, also those the one who records the change may not read; ids only
SELECT pc.id, pc.person_id, pc.role, pc.from_on FROM person_charge pc
WHERE pc.staff_id = :staff_id AND pc.org_id = :org_id AND pc.retired_ms IS NULL AND pc.to_on > :on_day
ORDER BY pc.id
;

-- name: charge_handover :many
-- in: staff_id int, org_id int, on_day day
-- out: id int, person_id int, person_pid text, person_name text, role text, from_on day
SELECT pc.id, p.id, p.pid, p.name, pc.role, pc.from_on
FROM person_charge pc JOIN person p ON p.id = pc.person_id
WHERE pc.staff_id = :staff_id AND pc.org_id = :org_id AND pc.retired_ms IS NULL AND pc.to_on > :on_day AND {{scope namecard pc.person_id}}
ORDER BY p.kana_fold, pc.id
;
