-- Rules may be about the rows of a query or of a step: what they were is kept, so that they can be opened again.
alter table assay.data_quality_checks
  -- The SELECT that was checked, numbered; null for a table.
  add column relation text;

-- The views keep the shape that they had when they were made.
drop view assay.data_quality_metrics;
drop view assay.latest_findings;

-- The latest finding of every rule that there is.
create view assay.latest_findings as
select distinct on (table_name, quality_check) *
from assay.data_quality_checks
where not retired
order by table_name, quality_check, id desc;

-- One row for each rule that ran in the last day: its latest finding alone, so that running twice does not count twice.
-- A rule that measures has a value and no share of rows.
create view assay.data_quality_metrics as
select
  table_name,
  column_name,
  quality_check,
  passed_records,
  failed_records,
  round(100.0 * passed_records / nullif(passed_records + failed_records, 0), 2) as pass_rate,
  verdict,
  value,
  unit
from assay.latest_findings
where checked_at >= now() - interval '1 day' and verdict in ('pass', 'warn', 'fail');
