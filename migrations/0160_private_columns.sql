-- Which columns are private, as it was last known: said by a file of rules, or made of such a column. It holds where a
-- file cannot be read, and where the pipeline that made a table is gone.
create table assay.private_columns (
  table_name text not null,
  column_name text not null,
  -- The file that says so, by its name; empty where the column is made of another.
  file text not null default '',
  from_table text not null default '',
  from_column text not null default '',
  -- The version of the table when that was last seen.
  version bigint,
  primary key (table_name, column_name, file, from_table, from_column)
);

-- The view keeps the shape that it had when it was made: a rate is 100 only where every row passes.
create or replace view assay.data_quality_metrics as
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
  unit
from assay.latest_findings
where checked_at >= now() - interval '1 day' and verdict in ('pass', 'warn', 'fail');
