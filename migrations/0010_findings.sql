-- Rules may measure one value of the whole table, and findings keep a sample of the rows that were bad.
alter table assay.data_quality_checks
  -- What was measured: for rules on rows the share that pass in percent, for others what `unit` says.
  add column value double precision,
  -- Null where the value is a share of rows.
  add column unit text,
  -- What the value was held against: { fails: { min, max }, warns: { min, max } }.
  add column bounds jsonb,
  -- Some of the bad rows as they were: [{ row, cells: { column: text } }].
  add column sample jsonb not null default '[]';

update assay.data_quality_checks
set value = round(100.0 * passed_records / rows_read, 2)
where verdict in ('pass', 'warn', 'fail') and rows_read > 0;

-- The view keeps the shape that it had when it was made.
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
