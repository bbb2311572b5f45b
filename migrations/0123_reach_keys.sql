-- What can reach a step's rows and columns, by lineage: equal where a change before it cannot make it come out otherwise.
alter table assay.step_states add column reach text;
