-- How the last write of the query room is undone: one record at most. The rows as they were stand in schema assay_undo.
create table assay.query_undo (
  single boolean primary key default true check (single),
  text text not null,
  written_at timestamptz not null default now(),
  -- Tables whose rows changed, with the version that the write made: [{ name, version, rows }]. A later one has other changes in it.
  tables jsonb not null,
  -- Tables and views that the write made, in order: [{ name, kind }].
  created jsonb not null
);
