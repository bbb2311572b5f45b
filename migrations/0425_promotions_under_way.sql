-- What is being promoted or rolled back, until its end is known: who opens the workspace after it was killed is told.
create table assay.promotions_under_way (
  id text not null,
  action text not null check (action in ('promote', 'rollback')),
  target text not null,
  objects jsonb not null,
  stage text not null check (stage in ('loading', 'swapping')),
  started_at timestamptz not null,
  primary key (id, action)
);
