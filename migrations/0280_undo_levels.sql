-- Several imports of a table can be undone, the last one first.
alter table assay.undos drop constraint undos_pkey;
alter table assay.undos add column id bigint generated always as identity primary key;
create index undos_table_name on assay.undos (table_name);
