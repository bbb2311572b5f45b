-- An import may also merge its rows by key.
alter table assay.imports drop constraint imports_mode_check;
alter table assay.imports add constraint imports_mode_check check (mode in ('create', 'replace', 'append', 'merge'));
