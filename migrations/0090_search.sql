-- Words are ranked by BM25.
create extension if not exists pg_textsearch;

alter table assay.collections
  -- How columns make a text: `{subject}: {body}`; null where they stand below each other.
  add column template text,
  -- How long texts are cut: { by, tokens, overlap }; null where a row is one document.
  add column cut jsonb,
  -- The version of the model; null where the vectors came from a column.
  add column model_version text,
  -- The index over the vectors that the analyst chose; null where Assay chooses by size.
  add column index_kind text check (index_kind in ('exact', 'bits', 'hnsw', 'ivfflat'));

-- What people said of results: the test set by which modes are compared.
create table assay.search_judgements (
  collection text not null references assay.collections on update cascade on delete cascade,
  question text not null,
  document_id text not null,
  -- As in TREC's qrels: 0 is not relevant.
  relevance integer not null check (relevance >= 0),
  judged_at timestamptz not null default now(),
  primary key (collection, question, document_id)
);

-- A row may make several documents, numbered from 0; `source_hash` is of the whole text they are cut from.
do $$
declare
  collection text;
begin
  for collection in
    select c.name from assay.collections c join pg_class t on t.relname = c.name and t.relnamespace = 'collections'::regnamespace
  loop
    execute format('alter table collections.%I add column part integer not null default 0, add column source_hash text', collection);
    execute format('update collections.%I set source_hash = content_hash', collection);
    execute format('alter table collections.%I alter column source_hash set not null', collection);
    execute format('create index on collections.%I using gin (metadata jsonb_path_ops)', collection);
    execute format('create index on collections.%I (model, model_version)', collection);
    execute format('create index on collections.%I (source_row)', collection);
    execute format('create index on collections.%I using bm25 (content) with (text_config = ''english'')', collection);
    execute format('update assay.collections set model_version = (select min(model_version) from collections.%I) where name = %L', collection, collection);
  end loop;
end $$;
