-- A reject says where it stands in the file, can be corrected, and stays as history once it was loaded after all.
alter table assay.rejects add column byte_offset bigint;
alter table assay.rejects add column corrected text;
alter table assay.rejects add column loaded_row bigint;
alter table assay.rejects add column loaded_at timestamptz;

alter table assay.imports add column key text[] not null default '{}';
alter table assay.imports add column source_modified timestamptz;
alter table assay.imports add column undone_at timestamptz;

-- Rejects that were tried again: the account of their import was changed by `loaded`.
create table assay.retries (
  id bigint generated always as identity primary key,
  import_id bigint not null references assay.imports on delete cascade,
  tried bigint not null,
  loaded bigint not null,
  retried_at timestamptz not null default now()
);

-- How the last import of a table is undone: at most one a table.
create table assay.undos (
  table_name text primary key references assay.tables (name) on update cascade on delete cascade,
  import_id bigint not null references assay.imports on delete cascade,
  kind text not null check (kind in ('created', 'replaced', 'refilled', 'added', 'merged')),
  -- The former table, or its changed rows, in schema assay_former.
  relation text,
  -- The highest address of a row before the import.
  last_row bigint not null default 0,
  -- The former record in assay.tables.
  former jsonb,
  -- The version of the table that the import made; a later one has other changes in it.
  version bigint not null,
  -- Why it cannot be undone.
  refused text,
  recipe_before text,
  recipe_after text not null
);
