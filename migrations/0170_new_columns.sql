-- Columns that an import added to a table that was there: undoing takes them away again.
alter table assay.undos add column added_columns text[] not null default '{}';
