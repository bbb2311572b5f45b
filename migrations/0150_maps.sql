-- The documents of a collection in two dimensions: near ones lie near each other.
create table assay.maps (
  collection text primary key references assay.collections on update cascade on delete cascade,
  made_at timestamptz not null default now()
);

-- The hills of a map and what they are called.
create table assay.map_topics (
  collection text not null references assay.maps on update cascade on delete cascade,
  topic integer not null,
  label text not null,
  -- Words that are frequent there and rare elsewhere, best first.
  words text[] not null,
  x real not null,
  y real not null,
  primary key (collection, topic)
);

create table assay.map_points (
  collection text not null references assay.maps on update cascade on delete cascade,
  -- `id` in the collection's table.
  document bigint not null,
  x real not null,
  y real not null,
  -- Null between topics.
  topic integer,
  primary key (collection, document)
);
