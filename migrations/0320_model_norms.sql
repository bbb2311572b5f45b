-- Whether the model makes vectors of length 1; null where that is not known, as of the vectors of a column.
alter table assay.collections add column normalised boolean;
update assay.collections set normalised = true where vector_column is null and model = 'all-MiniLM-L6-v2';
