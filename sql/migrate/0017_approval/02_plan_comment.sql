-- An approval speaks of the plan as it stood (F124): a plan changed afterwards has none.
ALTER TABLE plan_comment ADD COLUMN content_sha TEXT NOT NULL DEFAULT ''; -- [text] approve: plan_content_sha of what was approved; '' = written before the sum was kept
CREATE INDEX plan_comment_org ON plan_comment(org_id, at_ms);
