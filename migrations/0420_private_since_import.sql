-- What a column was made of holds until an import replaces the rows it was made of: that import is told by its number,
-- because a table's version also counts what people, pipelines and labels wrote into it since.
alter table assay.private_columns add column import_id bigint;

update assay.private_columns p set import_id = (
  select max(i.id) from assay.imports i where i.table_name = p.table_name
) where p.from_table <> '';
