-- Where a run failed: { step, sql, input, rows }.
alter table assay.runs add column failure jsonb;
-- How often it was tried.
alter table assay.runs add column tries integer not null default 1;
