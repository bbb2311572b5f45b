import type { EmbedResult } from '../../../../shared/contract/search.ts';
import { sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { fitIndex, usualKind } from '../index/vector-index.ts';
import type { Embedder } from '../model/embedder.ts';
import type { ModelDescription } from '../model/model-files.ts';
import { collectionName, type EmbedRequest, refuseOtherSource } from './collection-source.ts';
import { countWords, createDocuments, documentsOf } from './collection-table.ts';
import { maybeCollection, saveCollection } from './collections.ts';
import { readSource, type Source, textsOf } from './source-texts.ts';
import { dropWork, listWork, saveKnown, saveVectors, textsToEmbed } from './work-tables.ts';

/** Texts whose vectors are committed together: what a cancel or a crash may cost. */
const pieceSize = 256;

interface Run {
  readonly database: Database;
  readonly embedder: Embedder;
  readonly call: CallContext;
  readonly collection: string;
  readonly source: Source;
  readonly model: ModelDescription;
}

/**
 * Brings a collection in line with its table: embeds new and changed texts, each distinct one once, and removes what is
 * gone. Committed in pieces; a run that was stopped goes on where it was.
 */
export async function embedTable(
  database: Database,
  embedder: Embedder,
  request: EmbedRequest,
  call: CallContext,
): Promise<EmbedResult> {
  const began = performance.now();
  const model = await embedder.describe();
  const source = await readSource(database, request);
  const collection = request.collection ?? collectionName(request.table);
  const run: Run = { database, embedder, call, collection, source, model };
  await prepare(run);
  try {
    const work = { title: `Comparing ${source.table}`, priority: 'background', signal: call.signal } as const;
    const texts = await database.transaction(work, async (session) => {
      const found = await listWork(session, source, collection, model, embedder.tokens);
      await saveKnown(session, collection, model);
      return found;
    });
    await embedTexts(run, texts);
    const counts = await finish(run);
    const reused = counts.documents - texts;
    const notes = await notesOf(run);
    return { collection, embedded: texts, reused, ...counts, notes, ms: performance.now() - began };
  } finally {
    await database.use({}, (session) => dropWork(session, collection)).catch(() => {});
  }
}

const recordOf = ({ collection, source, model }: Run) => ({
  name: collection,
  ...source,
  vectorColumn: null,
  model: model.id,
  modelVersion: model.version,
  dimensions: model.dimensions,
});

async function prepare(run: Run): Promise<void> {
  const { database, collection, source, model } = run;
  await database.transaction({ title: `Preparing ${collection}` }, async (session) => {
    const there = await maybeCollection(session, collection);
    refuseOtherSource(there, { table: source.table, vectorColumn: null, dimensions: model.dimensions });
    await createDocuments(session, collection, model.dimensions);
    await saveCollection(session, recordOf(run), sql`0`);
  });
}

async function embedTexts(run: Run, texts: number): Promise<void> {
  const { database, embedder, call, collection, model, source } = run;
  const report = (done: number) =>
    call.progress({ title: `Embedding ${source.table}`, done, total: texts, unit: 'texts' });
  report(0);
  let saving: Promise<void> = Promise.resolve();
  for (let first = 1; first <= texts; first += pieceSize) {
    const last = Math.min(first + pieceSize - 1, texts);
    const piece = await database.use({ priority: 'background' }, (session) =>
      textsToEmbed(session, collection, first, last),
    );
    const onProgress = (done: number) => report(first - 1 + done);
    const vectors = await embedder.embed(piece, { signal: call.signal, onProgress });
    await saving;
    saving = database.transaction({ title: `Saving ${collection}`, priority: 'background' }, (session) =>
      saveVectors(session, collection, model, first, vectors),
    );
    saving.catch(() => {});
  }
  await saving;
}

/** What needs no model: rows that are gone, changed metadata, the record. */
function finish(run: Run) {
  const { database, collection, source, model, call } = run;
  const title = `Finishing ${collection}`;
  return database.transaction({ title, priority: 'background', signal: call.signal }, async (session) => {
    const documents = documentsOf(collection);
    const removed = await session.run(sql`
      delete from ${documents} as d where not exists (
        select from (${textsOf(source)}) as s where s.source_row = d.source_row and s.source_hash = d.source_hash)`);
    await session.run(sql`
      update ${documents} as d set metadata = s.metadata from (${textsOf(source)}) as s
      where s.source_row = d.source_row and s.metadata is distinct from d.metadata`);
    const version = sql`coalesce((select version from assay.tables where name = ${source.table}), 0)`;
    await saveCollection(session, recordOf(run), version);
    await countWords(session, collection);
    const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${documents}`);
    const chosen = (await maybeCollection(session, collection))?.indexKind;
    await fitIndex(session, collection, model.dimensions, { kind: chosen ?? usualKind(n), documents: n });
    return { removed, documents: n };
  });
}

/** Documents that are looked at for what to tell of them. */
const looked = 500;

/** What to tell of the texts: how much of them the model does not know or does not read. */
async function notesOf({ database, embedder, collection, model }: Run): Promise<string[]> {
  const { count, unknown } = await embedder.tokens();
  const rows = await database.query<{ content: string }>(sql`
    select left(content, 20000) as content from ${documentsOf(collection)} order by md5(id::text) limit ${looked}`);
  const counted = rows.map(({ content }) => ({ tokens: count(content), unknown: unknown(content) }));
  const sum = (part: 'tokens' | 'unknown') => counted.reduce((total, one) => total + one[part], 0);
  const strange = sum('unknown') / (sum('tokens') || 1);
  const long = counted.filter(({ tokens }) => tokens > model.maxTokens - 2).length / (counted.length || 1);
  const percent = (share: number) => `${Math.max(1, Math.round(share * 100))} %`;
  return [
    ...(strange >= 0.005
      ? [`The model knows English: ${percent(strange)} of the tokens here are unknown to it.`]
      : []),
    ...(long > 0
      ? [
          `${percent(long)} of the texts are longer than the ${model.maxTokens} tokens that the model reads: cut them into parts.`,
        ]
      : []),
  ];
}
