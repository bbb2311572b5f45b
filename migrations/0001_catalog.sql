-- What Assay knows about this workspace. User tables live in "public", collections in "collections".
create schema if not exists assay;
create schema collections;
create extension if not exists vector;

create table assay.tables (
  name text primary key,
  origin text not null check (origin in ('import', 'pipeline', 'query')),
  source text,
  import_id bigint,
  row_count bigint not null default 0,
  -- Goes up with every change of the rows, so that whoever computed from them can tell.
  version bigint not null default 1,
  updated_at timestamptz not null default now()
);

create table assay.imports (
  id bigint generated always as identity primary key,
  table_name text not null,
  source text not null,
  recipe text not null,
  mode text not null check (mode in ('create', 'replace', 'append')),
  dialect jsonb not null,
  columns jsonb not null,
  physical bigint not null,
  loaded bigint not null,
  rejected bigint not null,
  skipped bigint not null,
  skipped_by jsonb not null,
  source_bytes bigint not null,
  source_hash text not null,
  ms integer not null,
  imported_at timestamptz not null default now(),
  check (physical = loaded + rejected + skipped)
);
create index on assay.imports (table_name, id);

create table assay.rejects (
  import_id bigint not null references assay.imports on delete cascade,
  ordinal bigint not null,
  line bigint not null,
  column_name text,
  cause text not null,
  raw text not null,
  primary key (import_id, ordinal)
);

create table assay.runs (
  id bigint generated always as identity primary key,
  pipeline text not null,
  status text not null check (status in ('running', 'done', 'failed', 'cancelled')),
  problem jsonb,
  ms integer,
  started_at timestamptz not null default now()
);
create index on assay.runs (pipeline, id);

create table assay.run_steps (
  run_id bigint not null references assay.runs on delete cascade,
  ordinal integer not null,
  step text not null,
  kind text not null,
  status text not null check (status in ('ran', 'fresh', 'failed', 'skipped')),
  row_count bigint,
  ms integer not null,
  why text not null,
  primary key (run_id, ordinal)
);

create table assay.data_quality_checks (
  id bigint generated always as identity primary key,
  table_name text not null,
  column_name text,
  columns text[] not null default '{}',
  quality_check text not null,
  kind text not null,
  class text not null,
  params jsonb not null default '{}',
  says text not null,
  verdict text not null check (verdict in ('pass', 'warn', 'fail', 'error', 'not evaluated')),
  rows_read bigint not null default 0,
  passed_records bigint not null default 0,
  failed_records bigint not null default 0,
  reason text,
  sql text,
  ms integer not null default 0,
  checked_at timestamptz not null default now(),
  -- Set when its rule was taken away: the finding stays as history, and counts nowhere.
  retired boolean not null default false
);
create index on assay.data_quality_checks (table_name, quality_check, id);

-- The latest finding of every rule that there is.
create view assay.latest_findings as
select distinct on (table_name, quality_check) *
from assay.data_quality_checks
where not retired
order by table_name, quality_check, id desc;

-- One row for each rule that ran in the last day: its latest finding alone, so that running twice does not count twice.
create view assay.data_quality_metrics as
select
  table_name,
  column_name,
  quality_check,
  passed_records,
  failed_records,
  round(100.0 * passed_records / nullif(passed_records + failed_records, 0), 2) as pass_rate
from assay.latest_findings
where checked_at >= now() - interval '1 day' and verdict in ('pass', 'warn', 'fail');

create table assay.collections (
  name text primary key,
  table_name text not null,
  text_columns text[] not null,
  metadata_columns text[] not null,
  model text not null,
  dimensions integer not null,
  table_version bigint not null,
  updated_at timestamptz not null default now()
);

create table assay.promotions (
  id text primary key,
  target text not null,
  server text not null,
  status text not null check (status in ('verified', 'differs', 'rolled back')),
  receipt jsonb not null,
  receipt_file text not null,
  ms integer not null,
  started_at timestamptz not null
);
