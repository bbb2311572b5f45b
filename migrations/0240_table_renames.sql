-- Names that tables had: what was noted of a step under an old one holds under the new one.
create table assay.table_renames (
  id bigint generated always as identity primary key,
  from_name text not null,
  to_name text not null,
  at timestamptz not null default clock_timestamp()
);
