-- How far a step that reads only what is new has read: { column, value, rows }, rows being all that the table had then.
alter table assay.step_states add column watermark jsonb;
