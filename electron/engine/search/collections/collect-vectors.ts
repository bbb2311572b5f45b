import type { EmbedResult } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database, Session } from '../../database/database.ts';
import { columnsNamed, knownTable } from '../../database/known-table.ts';
import { fitIndex, usualKind } from '../index/vector-index.ts';
import { collectionName, type EmbedRequest, refuseOtherSource } from './collection-source.ts';
import { countWords, createDocuments, documentsOf, indexDocuments } from './collection-table.ts';
import { maybeCollection, saveCollection } from './collections.ts';
import { metadataColumnsOf } from './source-texts.ts';

/** Vectors of a table's column, with text and metadata beside them. */
export interface VectorSource {
  readonly table: string;
  readonly vectorColumn: string;
  readonly textColumns: readonly string[];
  readonly metadataColumns: readonly string[];
}

/** Brings a collection in line with the vectors that a column of its table has already; no model is needed. */
export async function collectVectors(
  database: Database,
  request: EmbedRequest & { readonly vectors: string },
  { signal, progress }: CallContext,
): Promise<EmbedResult> {
  const began = performance.now();
  const collection = request.collection ?? collectionName(request.table);
  const title = `Reading the vectors of ${request.table}`;
  progress({ title, done: 0, unit: 'rows' });
  const counts = await database.transaction({ title, priority: 'background', signal }, async (session) => {
    const source = await readVectorSource(session, request);
    const vectors = await surveyVectors(session, source);
    refuseOtherSource(await maybeCollection(session, collection), {
      ...source,
      dimensions: vectors.dimensions,
    });
    await createDocuments(session, collection, vectors.dimensions);
    const changed = await saveVectors(session, collection, source);
    const kept = await finish(session, collection, source, vectors.dimensions);
    return { ...kept, embedded: changed, notes: notesOf(source, vectors) };
  });
  const { embedded, documents } = counts;
  return {
    collection,
    paused: false,
    ...counts,
    reused: documents - embedded,
    ms: performance.now() - began,
  };
}

async function readVectorSource(
  session: Session,
  request: EmbedRequest & { readonly vectors: string },
): Promise<VectorSource> {
  const table = await knownTable(session, request.table);
  const [column] = columnsNamed(table, [request.vectors]);
  if (!column || !/^(vector|real\[\]|double precision\[\]|numeric\[\]|integer\[\])/.test(column.type)) {
    throw problem(
      'bad_input',
      `Column "${request.vectors}" is of type ${column?.type}: it holds no vectors.`,
      {
        hint: 'Choose a column of vectors, or of lists of numbers.',
        at: { table: table.name, column: request.vectors },
      },
    );
  }
  const texts = columnsNamed(table, request.columns).map(({ name }) => name);
  return {
    table: table.name,
    vectorColumn: request.vectors,
    textColumns: texts,
    metadataColumns: metadataColumnsOf(table, request.metadata, [...texts, request.vectors]),
  };
}

const vectorOf = ({ vectorColumn }: VectorSource): Sql => sql`t.${ident(vectorColumn)}::vector`;

interface Survey {
  readonly dimensions: number;
  readonly missing: number;
  readonly zeros: number;
}

/** All vectors must have the same length; a missing one and one of zeros only cannot be compared. */
async function surveyVectors(session: Session, source: VectorSource): Promise<Survey> {
  const rows = await session.query<{ dimensions: number | null; n: number; zeros: number }>(sql`
    select vector_dims(v) as dimensions, count(*)::int as n, count(*) filter (where vector_norm(v) = 0)::int as zeros
    from (select ${vectorOf(source)} as v from ${ident('public', source.table)} as t) as vectors
    group by 1 order by 2 desc`);
  const missing = rows.find(({ dimensions }) => dimensions === null)?.n ?? 0;
  const [first, second] = rows.filter(({ dimensions }) => dimensions !== null);
  const at = { table: source.table, column: source.vectorColumn };
  if (!first?.dimensions) {
    throw problem('bad_input', `Column "${source.vectorColumn}" has no vectors.`, {
      hint: 'Choose another column.',
      at,
    });
  }
  if (second) {
    throw problem(
      'bad_input',
      `Vectors of "${source.vectorColumn}" differ in length: ${first.n} have ${first.dimensions} dimensions, ${second.n} have ${second.dimensions}.`,
      { hint: 'Only vectors of one model can be compared: filter the others out first.', at },
    );
  }
  return { dimensions: first.dimensions, missing, zeros: first.zeros };
}

/** A SELECT of `source_row, content, metadata, embedding, source_hash` of every row with a vector that has a direction. */
export function vectorsOf(source: VectorSource): Sql {
  const { table, textColumns, metadataColumns } = source;
  const column = (name: string) => sql`t.${ident(name)}`;
  const content =
    textColumns.length > 0
      ? sql`concat_ws(chr(10), ${join(textColumns.map((name) => sql`nullif(${column(name)}::text, '')`))})`
      : sql`''`;
  const metadata =
    metadataColumns.length > 0
      ? sql`(select to_jsonb(m) from (select ${join(metadataColumns.map(column))}) as m)`
      : sql`'{}'::jsonb`;
  return sql`
    select *, encode(sha256(vector_send(embedding) || convert_to(content, 'UTF8')), 'hex') as source_hash from (
      select t._row as source_row, ${content} as content, ${metadata} as metadata, ${vectorOf(source)} as embedding
      from ${ident('public', table)} as t where ${column(source.vectorColumn)} is not null
    ) as vectors where vector_norm(embedding) > 0`;
}

/** Those of `vectorsOf` that a collection lacks or has otherwise. */
export const pendingVectors = (source: VectorSource, collection: string): Sql => sql`
  select s.* from (${vectorsOf(source)}) as s
  left join ${documentsOf(collection)} as d on d.source_row = s.source_row and d.source_hash = s.source_hash
  where d.id is null`;

/** The name under which vectors of a column are kept apart from those of models. */
const modelOf = ({ table, vectorColumn }: VectorSource) => ({
  model: `${table}.${vectorColumn}`,
  modelVersion: '1',
  normalised: null,
});

function saveVectors(session: Session, collection: string, source: VectorSource): Promise<number> {
  const { model, modelVersion } = modelOf(source);
  return session.run(sql`
    insert into ${documentsOf(collection)}
      (document_id, content, embedding, metadata, model, model_version, content_hash, source_row, source_hash)
    select source_row::text, content, embedding, metadata, ${model}, ${modelVersion}, source_hash, source_row, source_hash
    from (${pendingVectors(source, collection)}) as pending order by pending.source_row
    on conflict (document_id) do update set content = excluded.content, embedding = excluded.embedding,
      content_hash = excluded.content_hash, source_hash = excluded.source_hash, created_at = now()`);
}

async function finish(session: Session, collection: string, source: VectorSource, dimensions: number) {
  const documents = documentsOf(collection);
  const removed = await session.run(sql`
    delete from ${documents} as d where not exists (select from (${vectorsOf(source)}) as s where s.source_row = d.source_row)`);
  await session.run(sql`
    update ${documents} as d set metadata = s.metadata from (${vectorsOf(source)}) as s
    where s.source_row = d.source_row and s.metadata is distinct from d.metadata`);
  await indexDocuments(session, collection);
  await countWords(session, collection);
  const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${documents}`);
  const chosen = (await maybeCollection(session, collection))?.indexKind;
  await fitIndex(session, collection, dimensions, { kind: chosen ?? usualKind(n), documents: n });
  const record = { ...source, ...modelOf(source), name: collection, dimensions, template: null, cut: null };
  const version = sql`coalesce((select version from assay.tables where name = ${source.table}), 0)`;
  await saveCollection(session, record, version);
  return { removed, documents: n };
}

function notesOf({ vectorColumn }: VectorSource, { missing, zeros }: Survey): string[] {
  return [
    ...(missing > 0 ? [`${missing} rows have no vector in ${vectorColumn}.`] : []),
    ...(zeros > 0 ? [`${zeros} vectors are zeros only and have no direction: they are left out.`] : []),
  ];
}
