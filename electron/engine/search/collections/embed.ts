import { collectionName } from '../../../../shared/collection-name.ts';
import type { EmbedResult } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { fitIndex, usualKind } from '../index/vector-index.ts';
import type { ModelDescription } from '../model/model-files.ts';
import type { Models } from '../model/models.ts';
import { type EmbedRequest, refuseOtherSource } from './collection-source.ts';
import { countWords, createDocuments, documentsOf, indexDocuments } from './collection-table.ts';
import { keepPaused, maybeCollection, saveCollection, unfinished } from './collections.ts';
import { type EmbedCall, embedTexts, type Run } from './embed-texts.ts';
import { goneNotes, readSource, refuseEmpty, type Source, textsOf } from './source-texts.ts';
import { dropWork, listWork, saveKnown } from './work-tables.ts';

/**
 * Brings a collection in line with its table: embeds new and changed texts, each distinct one once, and removes what is
 * gone. Committed in pieces; a run that was stopped or paused goes on where it was.
 */
export async function embedTable(
  database: Database,
  models: Models,
  request: EmbedRequest,
  call: EmbedCall,
): Promise<EmbedResult> {
  const began = performance.now();
  const collection = request.collection ?? collectionName(request.table);
  const embedder = await models.named(request.model ?? (await modelOf(database, collection)));
  const model = await embedder.describe();
  const there = await maybeCollection(database, collection);
  const source = await readSource(database, request, there);
  await refuseEmpty(database, source, there);
  refuseLongParts(source, model);
  const endpoint = await embedder.endpoint();
  if (endpoint) await call.mayLeave(endpoint, source);
  const run: Run = { database, embedder, call, collection, source, model };
  await prepare(run);
  call.prepared();
  try {
    const work = { title: `Comparing ${source.table}`, priority: 'background', signal: call.signal } as const;
    const texts = await database.transaction(work, async (session) => {
      const found = await listWork(session, source, collection, model, embedder.tokens);
      await saveKnown(session, collection, model);
      return found;
    });
    const embedded = await embedTexts(run, texts);
    const paused = embedded < texts;
    const counts = paused ? await keepPause(run) : await finish(run);
    const reused = counts.documents - embedded;
    const notes = paused ? [] : [...goneNotes(request, source), ...(await notesOf(run, embedded))];
    return { collection, paused, embedded, reused, ...counts, notes, ms: performance.now() - began };
  } finally {
    await database.use({}, (session) => dropWork(session, collection)).catch(() => {});
  }
}

/** The model of a collection that is there. */
async function modelOf(database: Database, collection: string): Promise<string | undefined> {
  const there = await maybeCollection(database, collection);
  return there?.vectorColumn === null ? there.model : undefined;
}

/** Two tokens open and close a text. */
function refuseLongParts({ cut }: Source, { id, maxTokens }: ModelDescription): void {
  if (cut === null || cut.tokens <= maxTokens - 2) return;
  throw problem('bad_input', `Parts of ${cut.tokens} tokens are longer than ${id} reads.`, {
    hint: `It reads ${maxTokens - 2} tokens: make the parts shorter.`,
  });
}

const recordOf = ({ collection, source, model }: Run) => ({
  name: collection,
  ...source,
  vectorColumn: null,
  model: model.id,
  modelVersion: model.version,
  normalised: model.normalised,
  dimensions: model.dimensions,
});

async function prepare(run: Run): Promise<void> {
  const { database, collection, source, model, embedder } = run;
  if (!(await maybeCollection(database, collection))) await embedder.check();
  await database.transaction({ title: `Preparing ${collection}` }, async (session) => {
    const there = await maybeCollection(session, collection);
    refuseOtherSource(there, {
      table: source.table,
      vectorColumn: null,
      dimensions: model.dimensions,
      model: model.id,
    });
    await createDocuments(session, collection, model.dimensions);
    await saveCollection(session, recordOf(run), unfinished);
  });
}

function keepPause({ database, collection }: Run) {
  return database.transaction({ title: `Pausing ${collection}` }, async (session) => {
    await keepPaused(session, collection);
    const { n } = await session.one<{ n: number }>(
      sql`select count(*)::int as n from ${documentsOf(collection)}`,
    );
    return { removed: 0, documents: n };
  });
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
    const version = sql`coalesce((select version from assay.tables where name = ${source.table}), 1)`;
    await saveCollection(session, recordOf(run), version);
    await indexDocuments(session, collection);
    await countWords(session, collection);
    const { n } = await session.one<{ n: number }>(sql`select count(*)::int as n from ${documents}`);
    const chosen = (await maybeCollection(session, collection))?.indexKind;
    const { dimensions } = model;
    const kind = chosen ?? usualKind(n, dimensions);
    await fitIndex(session, collection, dimensions, { kind, documents: n });
    return { removed, documents: n };
  });
}

/** Documents that are looked at for what to tell of them. */
const looked = 500;

/** What to tell of the texts: how much of them the model does not know or does not read. */
async function notesOf(
  { database, embedder, collection, model, source }: Run,
  embedded: number,
): Promise<string[]> {
  const { count, unknown } = await embedder.tokens();
  const endpoint = await embedder.endpoint();
  const language = await embedder.language();
  const rows = await database.query<{ content: string }>(sql`
    select left(content, 20000) as content from ${documentsOf(collection)} order by md5(id::text) limit ${looked}`);
  const counted = rows.map(({ content }) => ({ tokens: count(content), unknown: unknown(content) }));
  const sum = (part: 'tokens' | 'unknown') => counted.reduce((total, one) => total + one[part], 0);
  const strange = sum('unknown') / (sum('tokens') || 1);
  const long = counted.filter(({ tokens }) => tokens > model.maxTokens - 2).length / (counted.length || 1);
  const percent = (share: number) => `${Math.max(1, Math.round(share * 100))} %`;
  return [
    ...(endpoint && embedded > 0
      ? [`The texts of ${source.textColumns.join(', ')} went to ${endpoint.origin}.`]
      : []),
    ...(strange >= 0.005
      ? [
          `${language === undefined ? '' : `The model knows ${language}: `}${percent(strange)} of the tokens here are unknown to ${model.id}.`,
        ]
      : []),
    ...(long > 0
      ? [
          `${percent(long)} of the texts are longer than the ${model.maxTokens} tokens that the model reads: cut them into parts.`,
        ]
      : []),
  ];
}
