-- A column's number stays when its name changes.
alter table assay.private_columns
  add column relation oid,
  add column attnum smallint,
  add column from_relation oid,
  add column from_attnum smallint;

update assay.private_columns p set relation = a.attrelid, attnum = a.attnum
from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
where c.relname = p.table_name and a.attname = p.column_name and a.attnum > 0 and not a.attisdropped;

update assay.private_columns p set from_relation = a.attrelid, from_attnum = a.attnum
from pg_attribute a join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
where c.relname = p.from_table and a.attname = p.from_column and a.attnum > 0 and not a.attisdropped;
