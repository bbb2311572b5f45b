-- Rows are shown with their columns in the order they have: jsonb does not keep it.
alter table assay.runs alter column failure type json using failure::json;
