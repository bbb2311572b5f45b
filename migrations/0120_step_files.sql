-- The file that a step wrote, from the workspace's folder on; table_mark is then the file's.
alter table assay.step_states add column file_name text;
