assay.allowed_endpoints
01 origin text not null
02 key_name text not null default ''::text
03 allowed_at timestamp with time zone not null default now()
PRIMARY KEY (origin, key_name)
CREATE UNIQUE INDEX allowed_endpoints_pkey ON assay.allowed_endpoints USING btree (origin, key_name)

assay.collections
01 name text not null
02 table_name text not null
03 text_columns text[] not null
04 metadata_columns text[] not null
05 model text not null
06 dimensions integer not null
07 table_version bigint not null
08 updated_at timestamp with time zone not null default now()
09 template text
10 cut jsonb
11 model_version text
12 index_kind text
13 vector_column text
14 normalised boolean
15 paused_at timestamp with time zone
16 counted jsonb
CHECK ((index_kind = ANY (ARRAY['exact'::text, 'bitlists'::text, 'bits'::text, 'hnsw'::text, 'ivfflat'::text])))
PRIMARY KEY (name)
CREATE UNIQUE INDEX collections_pkey ON assay.collections USING btree (name)

assay.data_quality_checks
01 id bigint not null identity
02 table_name text not null
03 column_name text
04 columns text[] not null default '{}'::text[]
05 quality_check text not null
06 kind text not null
07 class text not null
08 params jsonb not null default '{}'::jsonb
09 says text not null
10 verdict text not null
11 rows_read bigint not null default 0
12 passed_records bigint not null default 0
13 failed_records bigint not null default 0
14 reason text
15 sql text
16 ms integer not null default 0
17 checked_at timestamp with time zone not null default now()
18 retired boolean not null default false
19 value double precision
20 unit text
21 bounds jsonb
22 sample jsonb not null default '[]'::jsonb
23 table_version bigint
24 incident text
25 relation text
26 content text
27 judged_records bigint not null default 0
28 condition text
CHECK ((verdict = ANY (ARRAY['pass'::text, 'warn'::text, 'fail'::text, 'error'::text, 'not evaluated'::text])))
PRIMARY KEY (id)
CREATE INDEX data_quality_checks_table_name_quality_check_id_idx ON assay.data_quality_checks USING btree (table_name, quality_check, id)
CREATE UNIQUE INDEX data_quality_checks_pkey ON assay.data_quality_checks USING btree (id)

assay.data_quality_metrics
 SELECT table_name,
    column_name,
    quality_check,
    passed_records,
    failed_records,
        CASE
            WHEN failed_records > 0 THEN LEAST(round(100.0 * passed_records::numeric / NULLIF(passed_records + failed_records, 0)::numeric, 2), 99.99)
            ELSE round(100.0 * passed_records::numeric / NULLIF(passed_records + failed_records, 0)::numeric, 2)
        END AS pass_rate,
    verdict,
    value,
    unit,
    rows_read,
    judged_records
   FROM assay.latest_findings
  WHERE checked_at >= (now() - '1 day'::interval) AND (verdict = ANY (ARRAY['pass'::text, 'warn'::text, 'fail'::text]));

assay.figures
01 table_name text not null
02 version bigint not null
03 column_name text not null default ''::text
04 figure text not null
05 value double precision not null
06 incident text
FOREIGN KEY (table_name, version) REFERENCES assay.loads(table_name, version) ON UPDATE CASCADE ON DELETE CASCADE
PRIMARY KEY (table_name, version, figure, column_name)
CREATE UNIQUE INDEX figures_pkey ON assay.figures USING btree (table_name, version, figure, column_name)

assay.imports
01 id bigint not null identity
02 table_name text not null
03 source text not null
04 recipe text not null
05 mode text not null
06 dialect jsonb not null
07 columns jsonb not null
08 physical bigint not null
09 loaded bigint not null
10 rejected bigint not null
11 skipped bigint not null
12 skipped_by jsonb not null
13 source_bytes bigint not null
14 source_hash text not null
15 ms integer not null
16 imported_at timestamp with time zone not null default now()
17 key text[] not null default '{}'::text[]
18 source_modified timestamp with time zone
19 undone_at timestamp with time zone
CHECK ((mode = ANY (ARRAY['create'::text, 'replace'::text, 'append'::text, 'merge'::text])))
CHECK ((physical = ((loaded + rejected) + skipped)))
PRIMARY KEY (id)
CREATE INDEX imports_table_name_id_idx ON assay.imports USING btree (table_name, id)
CREATE UNIQUE INDEX imports_pkey ON assay.imports USING btree (id)

assay.latest_findings
 SELECT DISTINCT ON (table_name, quality_check) id,
    table_name,
    column_name,
    columns,
    quality_check,
    kind,
    class,
    params,
    says,
    verdict,
    rows_read,
    passed_records,
    failed_records,
    reason,
    sql,
    ms,
    checked_at,
    retired,
    value,
    unit,
    bounds,
    sample,
    table_version,
    incident,
    relation,
    content,
    judged_records,
    condition
   FROM assay.data_quality_checks
  WHERE NOT retired
  ORDER BY table_name, quality_check, id DESC;

assay.loads
01 table_name text not null
02 version bigint not null
03 cause text not null
04 columns jsonb not null
05 loaded_at timestamp with time zone not null default now()
CHECK ((cause = ANY (ARRAY['import'::text, 'pipeline'::text, 'query'::text])))
FOREIGN KEY (table_name) REFERENCES assay.tables(name) ON UPDATE CASCADE ON DELETE CASCADE
PRIMARY KEY (table_name, version)
CREATE UNIQUE INDEX loads_pkey ON assay.loads USING btree (table_name, version)

assay.map_points
01 collection text not null
02 document bigint not null
03 x real not null
04 y real not null
05 topic integer
FOREIGN KEY (collection) REFERENCES assay.maps(collection) ON UPDATE CASCADE ON DELETE CASCADE
PRIMARY KEY (collection, document)
CREATE UNIQUE INDEX map_points_pkey ON assay.map_points USING btree (collection, document)

assay.map_topics
01 collection text not null
02 topic integer not null
03 label text not null
04 words text[] not null
05 x real not null
06 y real not null
FOREIGN KEY (collection) REFERENCES assay.maps(collection) ON UPDATE CASCADE ON DELETE CASCADE
PRIMARY KEY (collection, topic)
CREATE UNIQUE INDEX map_topics_pkey ON assay.map_topics USING btree (collection, topic)

assay.maps
01 collection text not null
02 made_at timestamp with time zone not null default now()
FOREIGN KEY (collection) REFERENCES assay.collections(name) ON UPDATE CASCADE ON DELETE CASCADE
PRIMARY KEY (collection)
CREATE UNIQUE INDEX maps_pkey ON assay.maps USING btree (collection)

assay.migrations
01 name text not null
02 applied_at timestamp with time zone not null default now()
PRIMARY KEY (name)
CREATE UNIQUE INDEX migrations_pkey ON assay.migrations USING btree (name)

assay.model_marks
01 model text not null
02 version text not null
03 mark text not null
PRIMARY KEY (model, version)
CREATE UNIQUE INDEX model_marks_pkey ON assay.model_marks USING btree (model, version)

assay.private_columns
01 table_name text not null
02 column_name text not null
03 file text not null default ''::text
04 from_table text not null default ''::text
05 from_column text not null default ''::text
06 version bigint
07 import_id bigint
08 relation oid
09 attnum smallint
10 from_relation oid
11 from_attnum smallint
PRIMARY KEY (table_name, column_name, file, from_table, from_column)
CREATE UNIQUE INDEX private_columns_pkey ON assay.private_columns USING btree (table_name, column_name, file, from_table, from_column)

assay.promotions
01 id text not null
02 target text not null
03 server text not null
04 status text not null
05 receipt jsonb not null
06 receipt_file text not null
07 ms integer not null
08 started_at timestamp with time zone not null
CHECK ((status = ANY (ARRAY['verified'::text, 'differs'::text, 'rolled back'::text])))
PRIMARY KEY (id)
CREATE UNIQUE INDEX promotions_pkey ON assay.promotions USING btree (id)

assay.promotions_under_way
01 id text not null
02 action text not null
03 target text not null
04 objects jsonb not null
05 stage text not null
06 started_at timestamp with time zone not null
CHECK ((action = ANY (ARRAY['promote'::text, 'rollback'::text])))
CHECK ((stage = ANY (ARRAY['loading'::text, 'swapping'::text])))
PRIMARY KEY (id, action)
CREATE UNIQUE INDEX promotions_under_way_pkey ON assay.promotions_under_way USING btree (id, action)

assay.query_undo
01 single boolean not null default true
02 text text not null
03 written_at timestamp with time zone not null default now()
04 tables jsonb not null
05 created jsonb not null
CHECK (single)
PRIMARY KEY (single)
CREATE UNIQUE INDEX query_undo_pkey ON assay.query_undo USING btree (single)

assay.rejects
01 import_id bigint not null
02 ordinal bigint not null
03 line bigint not null
04 column_name text
05 cause text not null
06 raw text not null
07 byte_offset bigint
08 corrected text
09 loaded_row bigint
10 loaded_at timestamp with time zone
11 file text
FOREIGN KEY (import_id) REFERENCES assay.imports(id) ON DELETE CASCADE
PRIMARY KEY (import_id, ordinal)
CREATE UNIQUE INDEX rejects_pkey ON assay.rejects USING btree (import_id, ordinal)

assay.retries
01 id bigint not null identity
02 import_id bigint not null
03 tried bigint not null
04 loaded bigint not null
05 retried_at timestamp with time zone not null default now()
FOREIGN KEY (import_id) REFERENCES assay.imports(id) ON DELETE CASCADE
PRIMARY KEY (id)
CREATE UNIQUE INDEX retries_pkey ON assay.retries USING btree (id)

assay.run_steps
01 run_id bigint not null
02 ordinal integer not null
03 step text not null
04 kind text not null
05 status text not null
06 row_count bigint
07 ms integer not null
08 why text not null
09 reject_count bigint
10 left_counts jsonb not null default '{}'::jsonb
CHECK ((status = ANY (ARRAY['ran'::text, 'fresh'::text, 'failed'::text, 'skipped'::text])))
FOREIGN KEY (run_id) REFERENCES assay.runs(id) ON DELETE CASCADE
PRIMARY KEY (run_id, ordinal)
CREATE UNIQUE INDEX run_steps_pkey ON assay.run_steps USING btree (run_id, ordinal)

assay.runs
01 id bigint not null identity
02 pipeline text not null
03 status text not null
04 problem jsonb
05 ms integer
06 started_at timestamp with time zone not null default now()
07 params jsonb not null default '{}'::jsonb
08 failure json
09 tries integer not null default 1
CHECK ((status = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
PRIMARY KEY (id)
CREATE INDEX runs_pipeline_id_idx ON assay.runs USING btree (pipeline, id)
CREATE UNIQUE INDEX runs_pkey ON assay.runs USING btree (id)

assay.search_judgements
01 collection text not null
02 question text not null
03 document_id text not null
04 relevance integer not null
05 judged_at timestamp with time zone not null default now()
CHECK ((relevance >= 0))
FOREIGN KEY (collection) REFERENCES assay.collections(name) ON UPDATE CASCADE ON DELETE CASCADE
PRIMARY KEY (collection, question, document_id)
CREATE UNIQUE INDEX search_judgements_pkey ON assay.search_judgements USING btree (collection, question, document_id)

assay.step_states
01 pipeline text not null
02 step text not null
03 key text not null
04 made_from jsonb not null
05 row_count bigint
06 left_counts jsonb not null default '{}'::jsonb
07 table_name text
08 table_mark text
09 made_at timestamp with time zone not null default now()
10 watermark jsonb
11 file_name text
12 reach text
PRIMARY KEY (pipeline, step)
CREATE UNIQUE INDEX step_states_pkey ON assay.step_states USING btree (pipeline, step)

assay.table_renames
01 id bigint not null identity
02 from_name text not null
03 to_name text not null
04 at timestamp with time zone not null default clock_timestamp()
PRIMARY KEY (id)
CREATE UNIQUE INDEX table_renames_pkey ON assay.table_renames USING btree (id)

assay.tables
01 name text not null
02 origin text not null
03 source text
04 import_id bigint
05 row_count bigint not null default 0
06 version bigint not null default 1
07 updated_at timestamp with time zone not null default now()
08 replaced_version bigint not null default 0
CHECK ((origin = ANY (ARRAY['import'::text, 'pipeline'::text, 'query'::text])))
PRIMARY KEY (name)
CREATE UNIQUE INDEX tables_pkey ON assay.tables USING btree (name)

assay.text_vectors
01 text_key uuid not null
02 vector vector not null
03 used_on date not null default CURRENT_DATE
PRIMARY KEY (text_key)
CREATE UNIQUE INDEX text_vectors_pkey ON assay.text_vectors USING btree (text_key)

assay.undos
01 table_name text not null
02 import_id bigint not null
03 kind text not null
04 relation text
05 last_row bigint not null default 0
06 former jsonb
07 version bigint not null
08 refused text
09 recipe_before text
10 recipe_after text not null
11 added_columns text[] not null default '{}'::text[]
12 id bigint not null identity
CHECK ((kind = ANY (ARRAY['created'::text, 'replaced'::text, 'refilled'::text, 'added'::text, 'merged'::text])))
FOREIGN KEY (import_id) REFERENCES assay.imports(id) ON DELETE CASCADE
FOREIGN KEY (table_name) REFERENCES assay.tables(name) ON UPDATE CASCADE ON DELETE CASCADE
PRIMARY KEY (id)
CREATE INDEX undos_table_name ON assay.undos USING btree (table_name)
CREATE UNIQUE INDEX undos_pkey ON assay.undos USING btree (id)
