-- When embedding was paused by hand; null where it was not, or goes on.
alter table assay.collections add column paused_at timestamptz;
