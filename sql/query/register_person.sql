-- Statements of the register about people: search keys, lists, areas over time, duplicates, merges.

-- name: person_cluster_set :exec
-- doc: the one write beside row_save: a merge is no edit
-- in: id int, cluster_id int
-- unscoped: called by register/person and register/cluster after their gate
UPDATE person SET cluster_id = :cluster_id WHERE id = :id
;

-- name: person_cluster_get :opt
-- in: id int
-- out: cluster_id int
-- unscoped: ids only, for code that has passed the gate
SELECT p.cluster_id FROM person p WHERE p.id = :id
;

-- name: person_cluster_ids :many
-- doc: all records of the cluster of a person, the front first
-- in: id int
-- out: id int, pid text, cluster_id int, retired_ms ms?
-- unscoped: ids only, for code that has passed the gate
SELECT p.id, p.pid, p.cluster_id, p.retired_ms FROM person p
WHERE p.cluster_id = (SELECT q.cluster_id FROM person q WHERE q.id = :id)
ORDER BY CASE WHEN p.id = p.cluster_id THEN 0 ELSE 1 END, p.id
;

-- name: person_id_of_pid :opt
-- in: pid text
-- out: id int, cluster_id int
SELECT p.id, p.cluster_id FROM person p WHERE p.pid = :pid AND {{scope namecard p.cluster_id}}
;

-- name: person_front :opt
-- doc: a person as lists and hits show one
-- in: id int
-- out: id int, pid text, name text, kana text, kana_fold text, sex text, birth_on day?, birth_text text, home_address text, area_id int?, area_name text?, lives_alone text, is_unnamed bool, death_on day?, moved_out_on day?, retired_ms ms?
SELECT p.id, p.pid, p.name, p.kana, p.kana_fold, p.sex, p.birth_on, p.birth_text, p.home_address, p.area_id, a.name, p.lives_alone,
  p.is_unnamed, p.death_on, p.moved_out_on, p.retired_ms
FROM person p LEFT JOIN area a ON a.id = p.area_id
WHERE p.id = :id AND {{scope namecard p.cluster_id}}
;

-- name: person_key_clear :exec
-- in: person_id int
-- unscoped: derived rows, rewritten after the person's own write passed the gate
DELETE FROM person_key WHERE person_id = :person_id
;

-- name: person_key_add :exec
-- in: person_id int, kind int, key text, cluster_id int
INSERT INTO person_key (person_id, kind, key, cluster_id) VALUES (:person_id, :kind, :key, :cluster_id)
;

-- name: person_key_cluster :exec
-- doc: the keys follow their person into another cluster
-- in: person_id int, cluster_id int
-- unscoped: derived rows, part of the merge after its gate
UPDATE person_key SET cluster_id = :cluster_id WHERE person_id = :person_id
;

-- name: person_names_of :many
-- in: person_id int
-- out: name text, kana text
-- unscoped: derives search keys after the write passed the gate
SELECT n.name, n.kana FROM person_name n WHERE n.person_id = :person_id AND n.retired_ms IS NULL ORDER BY n.id
;

-- name: person_find_insured :many
-- doc: by 被保険者番号, past ones too; who knows the number and may see the name card finds the person
-- in: insured_no text, limit int
-- out: person_id int, cluster_id int
SELECT DISTINCT p.id, p.cluster_id
FROM person_insurance i JOIN person p ON p.id = i.person_id
WHERE i.insured_no = :insured_no AND i.retired_ms IS NULL AND p.retired_ms IS NULL AND {{scope namecard i.person_id}}
ORDER BY p.id
LIMIT :limit
;

-- name: person_find_key :many
-- doc: one range of the key index; further words must stand in the same person's keys (the gate first: it is the cheaper question)
-- in: kind int, key_from text, key_to text, t2_from text?, t2_to text?, t3_from text?, t3_to text?, limit int
-- out: person_id int, cluster_id int, key text
SELECT k.person_id, k.cluster_id, k.key
FROM person_key k JOIN person p ON p.id = k.person_id
WHERE k.kind = :kind AND k.key >= :key_from AND k.key < :key_to AND p.retired_ms IS NULL
  AND {{scope namecard k.cluster_id}}
?t2_from AND EXISTS (SELECT 1 FROM person_key k2 WHERE k2.person_id = k.person_id AND k2.key >= :t2_from AND k2.key < :t2_to)
?t3_from AND EXISTS (SELECT 1 FROM person_key k3 WHERE k3.person_id = k.person_id AND k3.key >= :t3_from AND k3.key < :t3_to)
ORDER BY k.key, k.person_id
LIMIT :limit
;

-- name: person_named_in :many
-- doc: people whose whole folded name or reading a text begins with; key_from: the first letters of the text, which every key has
-- in: key_from text, rest text, limit int
-- out: person_id int, key text
SELECT k.person_id, k.key
FROM person_key k JOIN person p ON p.id = k.person_id
WHERE k.kind = 1 AND k.key >= :key_from AND k.key <= :rest AND substr(:rest, 1, length(k.key)) = k.key
  AND p.retired_ms IS NULL AND p.is_unnamed = 0 AND {{scope namecard k.cluster_id}}
ORDER BY k.key, k.person_id
LIMIT :limit
;

-- name: person_find_few :many
-- doc: the same for an organisation with few grants: from its people to their keys (the + keeps the other index out)
-- in: kind int, key_from text, key_to text, t2_from text?, t2_to text?, t3_from text?, t3_to text?, limit int
-- out: person_id int, cluster_id int, key text
SELECT k.person_id, p.cluster_id, k.key
FROM person p JOIN person_key k ON k.person_id = p.id
WHERE p.cluster_id IN (SELECT g.cluster_id FROM access_grant g WHERE g.org_id = :@org)
  AND k.key >= :key_from AND k.key < :key_to AND + k.kind = :kind AND p.retired_ms IS NULL
  AND {{scope namecard p.cluster_id}}
?t2_from AND EXISTS (SELECT 1 FROM person_key k2 WHERE k2.person_id = k.person_id AND k2.key >= :t2_from AND k2.key < :t2_to)
?t3_from AND EXISTS (SELECT 1 FROM person_key k3 WHERE k3.person_id = k.person_id AND k3.key >= :t3_from AND k3.key < :t3_to)
ORDER BY k.key, k.person_id
LIMIT :limit
;

-- name: person_find_birth :many
-- doc: by birth date; words, if any, must stand in the keys of the person
-- in: birth_on day, t1_from text?, t1_to text?, t2_from text?, t2_to text?, limit int
-- out: person_id int, cluster_id int
SELECT p.id, p.cluster_id FROM person p
WHERE p.birth_on = :birth_on AND p.retired_ms IS NULL
  AND {{scope namecard p.cluster_id}}
?t1_from AND EXISTS (SELECT 1 FROM person_key k1 WHERE k1.person_id = p.id AND k1.key >= :t1_from AND k1.key < :t1_to)
?t2_from AND EXISTS (SELECT 1 FROM person_key k2 WHERE k2.person_id = p.id AND k2.key >= :t2_from AND k2.key < :t2_to)
ORDER BY p.birth_on, p.id
LIMIT :limit
;

-- name: person_grant_few :one
-- doc: how many grants the actor's organisation holds, counted up to a limit: chooses how a search runs
-- in: limit int
-- out: n int
SELECT COUNT(*) FROM (SELECT g.id FROM access_grant g WHERE g.org_id = :@org LIMIT :limit) few
;

-- name: person_how_many :one
-- doc: about how many people the house knows: chooses how a list runs
-- out: n int
-- unscoped: a number of ids given out, shown to nobody
SELECT COALESCE(MAX(p.id), 0) FROM person p
;

-- name: person_page :many
-- doc: the list of people; every filter is optional
-- in: zone_id int?, area_id int?, kana_from text?, kana_to text?, mine bool, supported bool, alive int, few bool, after_kana text, after_birth day, after_id int, staff_id int, limit int
-- out: id int, pid text, name text, kana text, kana_fold text, sex text, birth_on day?, birth_text text, home_address text, area_id int?, area_name text?, lives_alone text, is_unnamed bool, death_on day?, moved_out_on day?
-- sort: kana | birth | newest
-- scan: keyset pages in the order of an index; stops after one page
SELECT p.id, p.pid, p.name, p.kana, p.kana_fold, p.sex, p.birth_on, p.birth_text, p.home_address, p.area_id, a.name, p.lives_alone,
  p.is_unnamed, p.death_on, p.moved_out_on
FROM person p LEFT JOIN area a ON a.id = p.area_id
WHERE p.retired_ms IS NULL AND p.id = p.cluster_id AND :staff_id >= 0
?zone_id AND p.area_id = :zone_id
?area_id AND EXISTS (SELECT 1 FROM person_area pa WHERE pa.person_id = p.id AND pa.area_id = :area_id AND pa.from_on <= :@today AND pa.to_on >= :@today)
?kana_from AND p.kana_fold >= :kana_from AND p.kana_fold < :kana_to
?mine AND (p.id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.staff_id = :staff_id AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today) OR p.id IN (SELECT q.cluster_id FROM person_pin pp JOIN person q ON q.id = pp.person_id WHERE pp.account_id = :@account))
?supported AND p.id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today)
  AND (:alive = 0 OR (p.death_on IS NULL AND (p.moved_out_on IS NULL OR p.moved_out_on > :@today)))
?few AND p.cluster_id IN (SELECT g.cluster_id FROM access_grant g WHERE g.org_id = :@org)
@kana AND (p.kana_fold, p.id) > (:after_kana, :after_id)
@birth AND (COALESCE(p.birth_on, '9999-12-31'), p.id) > (:after_birth, :after_id)
@newest AND p.id < :after_id
  AND {{scope namecard p.cluster_id}}
ORDER BY
@kana p.kana_fold, p.id
@birth COALESCE(p.birth_on, '9999-12-31'), p.id
@newest p.id DESC
LIMIT :limit
;

-- name: person_row_facts :many
-- doc: what the list shows beside the name, for up to 20 people at once: one row per certification the actor may see, or one
-- in: id1 int, id2 int, id3 int, id4 int, id5 int, id6 int, id7 int, id8 int, id9 int, id10 int, id11 int, id12 int, id13 int, id14 int, id15 int, id16 int, id17 int, id18 int, id19 int, id20 int
-- out: id int, phone text, care_open bool, cert_id int?, status text?, level text?, applied_on day?, from_on day?, to_on day?
SELECT p.id, CASE WHEN p.phone <> '' THEN p.phone ELSE p.mobile END, CASE WHEN {{scope care p.cluster_id}} THEN 1 ELSE 0 END,
  r.id, r.status, r.level, r.applied_on, r.from_on, r.to_on
FROM person p
JOIN person q ON q.cluster_id = p.cluster_id
LEFT JOIN certification r ON r.person_id = q.id AND r.retired_ms IS NULL AND {{scope care q.cluster_id}}
WHERE p.id IN (:id1, :id2, :id3, :id4, :id5, :id6, :id7, :id8, :id9, :id10, :id11, :id12, :id13, :id14, :id15, :id16, :id17, :id18, :id19, :id20) AND {{scope namecard p.cluster_id}}
ORDER BY p.id, r.id DESC
;

-- name: person_page_count :one
-- doc: the number of the very rows of person_page, counted up to most
-- in: zone_id int?, area_id int?, kana_from text?, kana_to text?, mine bool, supported bool, alive int, staff_id int, most int
-- out: n int
-- scan: counts what the actor may see; a page sets a bound
SELECT COUNT(*) FROM (SELECT p.id
FROM person p
WHERE p.retired_ms IS NULL AND p.id = p.cluster_id AND :staff_id >= 0
?zone_id AND p.area_id = :zone_id
?area_id AND EXISTS (SELECT 1 FROM person_area pa WHERE pa.person_id = p.id AND pa.area_id = :area_id AND pa.from_on <= :@today AND pa.to_on >= :@today)
?kana_from AND p.kana_fold >= :kana_from AND p.kana_fold < :kana_to
?mine AND (p.id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.staff_id = :staff_id AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today) OR p.id IN (SELECT q.cluster_id FROM person_pin pp JOIN person q ON q.id = pp.person_id WHERE pp.account_id = :@account))
?supported AND p.id IN (SELECT q.cluster_id FROM person_charge pc JOIN person q ON q.id = pc.person_id WHERE pc.org_id = :@org AND pc.retired_ms IS NULL AND pc.from_on <= :@today AND pc.to_on >= :@today)
  AND (:alive = 0 OR (p.death_on IS NULL AND (p.moved_out_on IS NULL OR p.moved_out_on > :@today)))
  AND {{scope namecard p.cluster_id}}
LIMIT :most) few
;

-- name: person_page_count_all :one
-- doc: the same for everybody the actor's organisation holds a grant for: from the grants to the people, in one order (the + keeps to the narrow index)
-- in: zone_id int?, area_id int?, kana_from text?, kana_to text?, alive int, most int
-- out: n int
SELECT COUNT(*) FROM (SELECT g.cluster_id
FROM access_grant g JOIN person p ON p.cluster_id = g.cluster_id AND + p.id = p.cluster_id
WHERE g.org_id = :@org AND p.retired_ms IS NULL
?zone_id AND p.area_id = :zone_id
?area_id AND EXISTS (SELECT 1 FROM person_area pa WHERE pa.person_id = p.id AND pa.area_id = :area_id AND pa.from_on <= :@today AND pa.to_on >= :@today)
?kana_from AND p.kana_fold >= :kana_from AND p.kana_fold < :kana_to
  AND (:alive = 0 OR (p.death_on IS NULL AND (p.moved_out_on IS NULL OR p.moved_out_on > :@today)))
  AND {{scope namecard g.cluster_id}}
GROUP BY g.cluster_id
LIMIT :most) few
;

-- name: person_name_list :many
-- in: person_id int
-- out: id int, version int, pid text, kind text, name text, kana text, note text, from_on day?, to_on day?
SELECT n.id, n.version, n.pid, n.kind, n.name, n.kana, n.note, n.from_on, n.to_on
FROM person_name n
WHERE n.person_id IN (SELECT q.id FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.id = :person_id)
  AND n.retired_ms IS NULL AND {{scope namecard n.person_id}}
ORDER BY n.from_on, n.id
;

-- name: person_area_open :many
-- doc: the areas that hold on a day
-- in: person_id int, on_day day
-- out: id int, level text, area_id int, from_on day, to_on day, is_manual bool
-- unscoped: part of the person's own write, after its gate
SELECT id, level, area_id, from_on, to_on, is_manual FROM person_area
WHERE person_id = :person_id AND to_on >= :on_day ORDER BY id
;

-- name: person_area_insert :one
-- in: person_id int, level text, area_id int, from_on day, is_manual bool
-- out: id int
-- unscoped: part of the person's own write, after its gate
INSERT INTO person_area (person_id, level, area_id, from_on, to_on, is_manual, created_ms, created_by)
VALUES (:person_id, :level, :area_id, :from_on, '9999-12-31', :is_manual, :@now, :@account) RETURNING id
;

-- name: person_area_end :exec
-- in: id int, to_on day
-- unscoped: part of the person's own write, after its gate
UPDATE person_area SET to_on = :to_on WHERE id = :id
;

-- name: person_area_drop :exec
-- doc: an area that was set and changed on the same day never held
-- in: id int
-- unscoped: part of the person's own write, after its gate
DELETE FROM person_area WHERE id = :id
;

-- name: person_area_list :many
-- in: person_id int
-- out: level text, area_id int, area_name text, area_code text, from_on day, to_on day, is_manual bool
SELECT pa.level, pa.area_id, a.name, a.code, pa.from_on, pa.to_on, pa.is_manual
FROM person_area pa JOIN area a ON a.id = pa.area_id
WHERE pa.person_id = :person_id AND {{scope namecard pa.person_id}}
ORDER BY pa.level, pa.from_on, pa.id
;

-- name: person_insurer_grant_end :exec
-- doc: the insurer changed: only that grant ends, the registrar's stays
-- in: person_id int, relation int, to_on day
UPDATE access_grant SET to_on = :to_on
WHERE via_table = 'person' AND via_id = :person_id AND relation = :relation AND to_on > :to_on
;

-- name: person_pin_add :exec
-- in: person_id int
INSERT INTO person_pin (account_id, person_id, created_ms) VALUES (:@account, :person_id, :@now)
ON CONFLICT (account_id, person_id) DO NOTHING
;

-- name: person_pin_drop :exec
-- in: person_id int
-- unscoped: the account's own list
DELETE FROM person_pin WHERE account_id = :@account
  AND person_id IN (SELECT q.id FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.id = :person_id)
;

-- name: person_pin_get :one
-- in: person_id int
-- out: n int
-- unscoped: the account's own list; called after the gate
SELECT COUNT(*) FROM person_pin pp WHERE pp.account_id = :@account
  AND pp.person_id IN (SELECT q.id FROM person p JOIN person q ON q.cluster_id = p.cluster_id WHERE p.id = :person_id)
;

-- name: list_choice_get :opt
-- in: list text
-- out: choice text
SELECT choice FROM list_choice WHERE account_id = :@account AND list = :list
;

-- name: list_choice_put :exec
-- in: list text, choice text
INSERT INTO list_choice (account_id, list, choice, updated_ms) VALUES (:@account, :list, :choice, :@now)
ON CONFLICT (account_id, list) DO UPDATE SET choice = :choice, updated_ms = :@now
;

-- name: saved_search_put :exec
-- in: pid text, params text
INSERT INTO saved_search (pid, account_id, params, created_ms) VALUES (:pid, :@account, :params, :@now)
;

-- name: saved_search_get :opt
-- in: pid text
-- out: params text
SELECT params FROM saved_search WHERE pid = :pid AND account_id = :@account
;

-- name: saved_search_sweep :exec
-- in: before_ms int
-- scan: daily job
DELETE FROM saved_search WHERE created_ms < :before_ms
;

-- name: duplicate_by_birth :many
-- in: birth_on day
-- out: id int, pid text, cluster_id int, name text, kana text, name_fold text, kana_fold text, birth_on day?, home_address text, home_town_fold text, phone text, mobile text, insurer_org_id int?, visible bool
-- unscoped: a duplicate must be found where the writer may not see it; the module shows only visible ones
SELECT p.id, p.pid, p.cluster_id, p.name, p.kana, p.name_fold, p.kana_fold, p.birth_on, p.home_address, p.home_town_fold, p.phone, p.mobile,
  p.insurer_org_id, CASE WHEN {{scope namecard p.id}} THEN 1 ELSE 0 END
FROM person p WHERE p.birth_on = :birth_on AND p.retired_ms IS NULL
ORDER BY p.birth_on, p.id LIMIT 2000
;

-- name: duplicate_by_key :many
-- in: key text, key_to text
-- out: id int, pid text, cluster_id int, name text, kana text, name_fold text, kana_fold text, birth_on day?, home_address text, home_town_fold text, phone text, mobile text, insurer_org_id int?, visible bool
-- unscoped: a duplicate must be found where the writer may not see it; the module shows only visible ones
SELECT p.id, p.pid, p.cluster_id, p.name, p.kana, p.name_fold, p.kana_fold, p.birth_on, p.home_address, p.home_town_fold, p.phone, p.mobile,
  p.insurer_org_id, CASE WHEN {{scope namecard p.id}} THEN 1 ELSE 0 END
FROM person_key k JOIN person p ON p.id = k.person_id
WHERE k.kind = 1 AND k.key >= :key AND k.key < :key_to AND p.retired_ms IS NULL
ORDER BY k.key, k.person_id LIMIT 2000
;

-- name: duplicate_by_insured :many
-- in: insured_no text
-- out: id int, pid text, cluster_id int, name text, kana text, name_fold text, kana_fold text, birth_on day?, home_address text, home_town_fold text, phone text, mobile text, insurer_org_id int?, visible bool
-- unscoped: a duplicate must be found where the writer may not see it; the module shows only visible ones
SELECT p.id, p.pid, p.cluster_id, p.name, p.kana, p.name_fold, p.kana_fold, p.birth_on, p.home_address, p.home_town_fold, p.phone, p.mobile,
  p.insurer_org_id, CASE WHEN {{scope namecard p.id}} THEN 1 ELSE 0 END
FROM person_insurance i JOIN person p ON p.id = i.person_id
WHERE i.insured_no = :insured_no AND i.retired_ms IS NULL AND p.retired_ms IS NULL
ORDER BY i.insured_no, p.id LIMIT 50
;

-- name: duplicate_note_add :exec
-- in: person_id int, other_person_id int, was_visible bool, score int, reasons text, note text
INSERT INTO duplicate_note (person_id, other_person_id, was_visible, score, reasons, note, status, created_ms, created_by)
VALUES (:person_id, :other_person_id, :was_visible, :score, :reasons, :note, 'open', :@now, :@account)
;

-- name: duplicate_note_same :exec
-- doc: two records were merged: the open note between them is settled
-- in: a_id int, b_id int
-- unscoped: part of the merge, after its gate
UPDATE duplicate_note SET status = 'same'
WHERE status = 'open' AND ((person_id = :a_id AND other_person_id = :b_id) OR (person_id = :b_id AND other_person_id = :a_id))
;

-- name: merge_member_add :exec
-- in: merge_event_id int, person_id int, from_cluster_id int
INSERT INTO merge_member (merge_event_id, person_id, from_cluster_id) VALUES (:merge_event_id, :person_id, :from_cluster_id)
;

-- name: merge_member_list :many
-- in: merge_event_id int
-- out: person_id int, from_cluster_id int, cluster_id int
-- unscoped: part of the un-merge, after its gate
SELECT m.person_id, m.from_cluster_id, p.cluster_id FROM merge_member m JOIN person p ON p.id = m.person_id
WHERE m.merge_event_id = :merge_event_id ORDER BY m.id
;

-- name: merge_grant_ids :many
-- doc: grants that stand on a cluster
-- in: cluster_id int
-- out: id int, via_table text, via_id int
SELECT g.id, g.via_table, g.via_id FROM access_grant g WHERE g.cluster_id = :cluster_id ORDER BY g.id
;

-- name: merge_grant_add :exec
-- in: merge_event_id int, grant_id int, from_cluster_id int
INSERT INTO merge_grant (merge_event_id, grant_id, from_cluster_id) VALUES (:merge_event_id, :grant_id, :from_cluster_id)
;

-- name: merge_grant_list :many
-- in: merge_event_id int
-- out: grant_id int, from_cluster_id int
SELECT grant_id, from_cluster_id FROM merge_grant WHERE merge_event_id = :merge_event_id ORDER BY id
;

-- name: merge_grant_move :exec
-- in: id int, from_cluster_id int, cluster_id int
UPDATE access_grant SET cluster_id = :cluster_id WHERE id = :id AND cluster_id = :from_cluster_id
;

-- name: merge_grant_person :opt
-- doc: for which person a grant of a register record was written; grants written while the records were joined go to their own side again
-- in: via_table text, via_id int
-- out: person_id int
-- unscoped: part of the un-merge, after its gate
SELECT x.person_id FROM (
  SELECT p.id AS person_id FROM person p WHERE :via_table = 'person' AND p.id = :via_id
  UNION ALL SELECT pa.person_id FROM person_area pa WHERE :via_table = 'person_area' AND pa.id = :via_id
  UNION ALL SELECT pc.person_id FROM person_charge pc WHERE :via_table = 'person_charge' AND pc.id = :via_id
  UNION ALL SELECT co.person_id FROM consent co WHERE :via_table = 'consent' AND co.id = :via_id
) x
;

-- name: merge_list :many
-- in: person_id int
-- out: pid text, front_id int, front_pid text, front_name text, joined_id int, joined_pid text, joined_name text, reason text, undo_reason text, at_ms ms, by_account int, undone_ms ms?, undone_by int?
SELECT e.pid, a.id, a.pid, a.name, b.id, b.pid, b.name, e.reason, e.undo_reason, e.created_ms, e.created_by, e.undone_ms, e.undone_by
FROM merge_event e JOIN person a ON a.id = e.person_id JOIN person b ON b.id = e.merged_person_id
WHERE (e.person_id = :person_id OR e.merged_person_id = :person_id)
  AND {{scope namecard e.person_id}} AND {{scope namecard e.merged_person_id}}
ORDER BY e.created_ms DESC, e.id DESC
;

-- name: person_bin_of :opt
-- in: person_id int
-- out: pid text
-- unscoped: part of person_restore, after its gate; bin_restore passes its own
SELECT b.pid FROM bin_item b WHERE b.table_name = 'person' AND b.row_id = :person_id AND b.state = 'in' ORDER BY b.id DESC LIMIT 1
;

-- name: person_position :opt
-- doc: where a page of the list ended; only its place in the order, nothing shown
-- in: pid text
-- out: id int, kana_fold text, birth_on day?
-- unscoped: a place in the order only
SELECT p.id, p.kana_fold, p.birth_on FROM person p WHERE p.pid = :pid
;

-- name: person_of_town :many
-- doc: people whose home was found in a town ('' = in none), in the order of the id; areas set by hand are left out
-- in: town text, town_end text, after_id int, limit int
-- out: id int, home_address text
-- unscoped: everybody's areas follow the table of towns; only numbers come out
SELECT p.id, p.home_address FROM person p
WHERE p.home_town_fold >= :town AND p.home_town_fold < :town_end AND p.id > :after_id AND p.home_address <> '' AND p.is_area_manual = 0 AND p.retired_ms IS NULL
ORDER BY p.id LIMIT :limit
;

-- name: person_with_home :many
-- in: after_id int, limit int
-- out: id int
-- unscoped: everybody's areas follow the table of towns; only numbers come out
SELECT p.id FROM person p
WHERE p.id > :after_id AND p.home_address <> '' AND p.is_area_manual = 0 AND p.retired_ms IS NULL
ORDER BY p.id LIMIT :limit
;

-- name: person_without_area :many
-- doc: the homes of people who have no area of a level today
-- in: level text, limit int
-- out: id int, home_address text
-- scan: a report for whoever draws the areas
SELECT p.id, p.home_address FROM person p
WHERE p.home_address <> '' AND p.is_area_manual = 0 AND p.retired_ms IS NULL AND p.death_on IS NULL AND p.moved_out_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM person_area pa WHERE pa.person_id = p.id AND pa.level = :level AND pa.from_on <= :@today AND pa.to_on >= :@today)
  AND {{scope namecard p.id}}
ORDER BY p.id LIMIT :limit
;
