-- Lists walk an index in their order and ask the gate of each entry; what the gate and the usual filter need stands in the
-- index, so that only the rows shown are read.
DROP INDEX person_kana_i;
CREATE INDEX person_kana_i ON person (kana_fold, id, cluster_id, retired_ms, death_on, moved_out_on);
DROP INDEX person_birth_list_i;
CREATE INDEX person_birth_list_i ON person ((COALESCE(birth_on, '9999-12-31')), id, cluster_id, retired_ms, death_on, moved_out_on);
DROP INDEX person_area_i;
CREATE INDEX person_area_i ON person (area_id, kana_fold, id, cluster_id, retired_ms, death_on, moved_out_on);
DROP INDEX person_cluster_i;
CREATE INDEX person_cluster_i ON person (cluster_id, id, retired_ms, death_on, moved_out_on);
CREATE INDEX consult_org_time ON consult (org_id, received_ms, id);
-- 今日の仕事 counts what is open and what has no person yet; most consultations are closed.
CREATE INDEX consult_open ON consult (org_id, next_on) WHERE status <> 'closed' AND retired_ms IS NULL;
CREATE INDEX consult_unlinked ON consult (org_id) WHERE person_id IS NULL AND retired_ms IS NULL;
