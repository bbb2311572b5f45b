-- The same for another model than the built-in one, named with its version: vectors of two models have no key in common.
create function assay.vector_of(text text, model text) returns vector language sql stable parallel safe
  as 'select v.vector from assay.text_vectors as v where v.text_key = md5(md5($2) || md5($1))::uuid';
