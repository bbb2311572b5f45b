-- What every load of a table looked like, so that the next can be held against it.
create table assay.loads (
  table_name text not null references assay.tables (name) on update cascade on delete cascade,
  -- The version of the table that the load made.
  version bigint not null,
  cause text not null check (cause in ('import', 'pipeline', 'query')),
  -- [{ name, type }] in order.
  columns jsonb not null,
  loaded_at timestamptz not null default now(),
  primary key (table_name, version)
);

create table assay.figures (
  table_name text not null,
  version bigint not null,
  -- Empty for a figure of the whole table.
  column_name text not null default '',
  figure text not null,
  value double precision not null,
  -- Why the value is no example of what is usual, in a person's words.
  incident text,
  primary key (table_name, version, figure, column_name),
  foreign key (table_name, version) references assay.loads on update cascade on delete cascade
);

alter table assay.data_quality_checks
  -- The version of the table that was checked, where it has one.
  add column table_version bigint,
  add column incident text;
