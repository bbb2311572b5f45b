-- How many rows a step sent to its rejects; null for a step that has none.
alter table assay.run_steps add column reject_count bigint;
