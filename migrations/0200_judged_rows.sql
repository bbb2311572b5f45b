-- A rule passes rows over that it can say nothing about: shares are of those that it could judge.
alter table assay.data_quality_checks
  add column judged_records bigint not null default 0,
  -- On which rows: what was measured on others is no example of what is usual. Null for all.
  add column condition text;

-- Of earlier findings that is not known: they were held against all rows.
update assay.data_quality_checks set judged_records = rows_read where verdict in ('pass', 'warn', 'fail');

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
-- A rule that measures has a value and no share of rows; a rate is 100 only where every judged row passes.
create view assay.data_quality_metrics as
select
  table_name,
  column_name,
  quality_check,
  passed_records,
  failed_records,
  case
    when failed_records > 0 then least(round(100.0 * passed_records / nullif(passed_records + failed_records, 0), 2), 99.99)
    else round(100.0 * passed_records / nullif(passed_records + failed_records, 0), 2)
  end as pass_rate,
  verdict,
  value,
  unit,
  rows_read,
  judged_records
from assay.latest_findings
where checked_at >= now() - interval '1 day' and verdict in ('pass', 'warn', 'fail');
