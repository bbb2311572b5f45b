-- What the built-in model makes of a text, kept so that no step asks for it twice. It may be emptied at any time.
create table assay.text_vectors (
  text_key uuid primary key,
  vector vector not null,
  used_on date not null default current_date
);

-- Steps that embed ask for vectors by this; they have been made before the step runs.
create function assay.vector_of(text text) returns vector language sql stable parallel safe
  as 'select v.vector from assay.text_vectors as v where v.text_key = md5($1)::uuid';
