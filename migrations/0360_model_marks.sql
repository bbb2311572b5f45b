-- How a model of the folder models/ made its vectors, by id and version: what makes others needs another version.
create table assay.model_marks (
  model text not null,
  version text not null,
  mark text not null,
  primary key (model, version)
);
