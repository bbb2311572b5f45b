-- How alike two texts are, for the fuzzy join.
create extension if not exists pg_trgm with schema assay;
create extension if not exists fuzzystrmatch with schema assay;

-- Text as JSON, or null where it is none. PostgreSQL 16 can ask that itself; 14 and 15 cannot.
create function assay.json_or_null(written text) returns jsonb
language plpgsql immutable strict parallel safe as $$
begin
  return written::jsonb;
exception when others then
  return null;
end $$;

-- Ends the statement: a gate that a row does not pass.
create function assay.refuse(reason text) returns boolean
language plpgsql volatile as $$
begin
  raise exception '%', reason using errcode = 'AS001';
end $$;
