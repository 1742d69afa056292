-- The one question of every list: has this organisation a grant for this cluster? Organisation first, so that the grants one
-- reader asks about lie together; with all columns of the answer, so that the table itself is not read.
DROP INDEX access_grant_scope;
DROP INDEX access_grant_org;
CREATE INDEX access_grant_actor ON access_grant (org_id, cluster_id, role_classes, classes, relation, account_id, from_on, to_on);
CREATE INDEX access_grant_cluster ON access_grant (cluster_id);
