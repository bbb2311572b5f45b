-- Rows of a view, query or step have no version: what they were made of tells whether they were measured before.
alter table assay.data_quality_checks
  -- A mark of the tables that were read, as they were; null for a table.
  add column content text;
