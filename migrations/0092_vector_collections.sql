-- A collection may be of vectors that a column has already; null where a model made them.
alter table assay.collections add column vector_column text;
