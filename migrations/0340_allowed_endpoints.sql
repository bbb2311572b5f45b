-- Where texts may be sent to be embedded, and the name of the key that goes along; a person on this computer said yes.
create table assay.allowed_endpoints (
  origin text not null,
  key_name text not null default '',
  allowed_at timestamptz not null default now(),
  primary key (origin, key_name)
);
