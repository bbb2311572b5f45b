-- Vectors may also be looked through in lists of bits.
alter table assay.collections drop constraint collections_index_kind_check;
alter table assay.collections add constraint collections_index_kind_check
  check (index_kind in ('exact', 'bitlists', 'bits', 'hnsw', 'ivfflat'));
