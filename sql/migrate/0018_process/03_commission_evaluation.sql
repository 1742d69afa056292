-- The evaluation an office hands back is a record (evaluation), not words of a step.
ALTER TABLE commission ADD COLUMN evaluation_id INTEGER; -- [int] the evaluation handed in last
