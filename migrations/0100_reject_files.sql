-- Of several files that are one table, the one that a reject stands in: its row is loaded with that name after all.
alter table assay.rejects add column file text;
