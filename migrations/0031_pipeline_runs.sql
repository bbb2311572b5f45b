-- How many rows went to each output of rows that a step leaves out.
alter table assay.run_steps add column left_counts jsonb not null default '{}';

-- What each step's output was made from when it was last made, to tell whether it would come out the same again.
create table assay.step_states (
  pipeline text not null,
  step text not null,
  key text not null,
  -- The parts of the key, to name the one that changed.
  made_from jsonb not null,
  row_count bigint,
  left_counts jsonb not null default '{}',
  -- The table it wrote, and the mark of its content then.
  table_name text,
  table_mark text,
  made_at timestamptz not null default now(),
  primary key (pipeline, step)
);

-- The values of a run's parameters.
alter table assay.runs add column params jsonb not null default '{}';
