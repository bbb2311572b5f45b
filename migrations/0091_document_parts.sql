-- A row is embedded when all its parts are there: each part knows how many there are.
do $$
declare
  collection text;
begin
  for collection in
    select c.name from assay.collections c join pg_class t on t.relname = c.name and t.relnamespace = 'collections'::regnamespace
  loop
    execute format('alter table collections.%I add column parts integer not null default 1', collection);
  end loop;
end $$;
