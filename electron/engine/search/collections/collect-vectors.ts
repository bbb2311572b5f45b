import { collectionName } from '../../../../shared/collection-name.ts';
import type { EmbedResult } from '../../../../shared/contract/search.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database, Session } from '../../database/database.ts';
import { fitIndex, usualKind } from '../index/vector-index.ts';
import { type EmbedRequest, refuseOtherSource } from './collection-source.ts';
import { countWords, createDocuments, documentsOf, indexDocuments } from './collection-table.ts';
import { maybeCollection, saveCollection } from './collections.ts';
import { goneNotes } from './source-texts.ts';
import {
  pendingVectors,
  readVectorSource,
  type Survey,
  surveyVectors,
  type VectorSource,
  vectorsOf,
} from './vector-source.ts';

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
    const there = await maybeCollection(session, collection);
    const source = await readVectorSource(session, request, there);
    const vectors = await surveyVectors(session, source, there);
    refuseOtherSource(there, {
      ...source,
      dimensions: vectors.dimensions,
    });
    await createDocuments(session, collection, vectors.dimensions);
    const changed = await saveVectors(session, collection, source);
    const kept = await finish(session, collection, source, vectors.dimensions);
    return {
      ...kept,
      embedded: changed,
      notes: [...goneNotes(request, source), ...notesOf(source, vectors)],
    };
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
    on conflict (document_id) do update set id = default, content = excluded.content, embedding = excluded.embedding,
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
  await fitIndex(session, collection, dimensions, { kind: chosen ?? usualKind(n, dimensions), documents: n });
  const record = { ...source, ...modelOf(source), name: collection, dimensions, template: null, cut: null };
  const version = sql`coalesce((select version from assay.tables where name = ${source.table}), 1)`;
  await saveCollection(session, record, version);
  return { removed, documents: n };
}

function notesOf({ vectorColumn }: VectorSource, { missing, broken, zeros }: Survey): string[] {
  return [
    ...(missing > 0
      ? [`${counted(missing, 'row')} ${missing === 1 ? 'has' : 'have'} no vector in ${vectorColumn}.`]
      : []),
    ...(broken > 0
      ? [
          `Lists in ${vectorColumn} that are no vectors are left out, in ${counted(broken, 'row')}: empty ones, lists of lists, and those with something that is no finite number.`,
        ]
      : []),
    ...(zeros > 0
      ? [
          zeros === 1
            ? '1 vector is zeros only and has no direction: it is left out.'
            : `${count(zeros)} vectors are zeros only and have no direction: they are left out.`,
        ]
      : []),
  ];
}
