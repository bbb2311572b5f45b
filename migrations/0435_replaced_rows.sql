-- The version of a table with which a pipeline last put all its rows in the place of others: what was learnt of the rows
-- before is gone with them. Later writes of people, labels and other pipelines leave it as it is.
alter table assay.tables add column replaced_version bigint not null default 0;
