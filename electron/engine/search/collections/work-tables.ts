import type { Cut } from '../../../../shared/contract/search.ts';
import { ident, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { copyVectors } from '../index/vector-copy.ts';
import type { ModelDescription } from '../model/model-files.ts';
import type { TokenCount } from '../model/token-count.ts';
import { documentsOf } from './collection-table.ts';
import { cutText } from './cut-text.ts';
import { pendingTexts, type Source } from './source-texts.ts';

/** The tables of one embedding run; no collection's name has a blank in it. */
const waitingOf = (collection: string): Sql => ident('collections', `${collection} waiting`);
const rowsOf = (collection: string): Sql => ident('collections', `${collection} rows`);
const partsOf = (collection: string): Sql => ident('collections', `${collection} parts`);
const vectorsOf = (collection: string): Sql => ident('collections', `${collection} vectors`);

/**
 * Lists what is to be done; returns the number of texts that the model must see, numbered from 1, shortest first. Equal texts get one number; a text that some document has already gets that document's id
 * in `known` instead.
 */
export async function listWork(
  session: Session,
  source: Source,
  collection: string,
  model: ModelDescription,
  tokens: () => Promise<TokenCount>,
): Promise<number> {
  await dropWork(session, collection);
  const documents = documentsOf(collection);
  const pending = pendingTexts(source, collection, model);
  const parts = source.cut
    ? await cutRows(session, collection, pending, await cutter(source.cut, tokens))
    : sql`select *, 0 as part, 1 as parts from (${pending}) as whole`;
  await session.run(sql`
    create table ${waitingOf(collection)} as
    with pending as (
      select p.*, encode(sha256(convert_to(p.content, 'UTF8')), 'hex') as content_hash
      from (${parts}) as p
    ), known as (
      select content_hash, min(id) as known from ${documents}
      where model = ${model.id} and model_version = ${model.version} group by content_hash
    )
    select pending.*, known,
      dense_rank() over (partition by known is null order by length(content), content_hash) as ordinal
    from pending left join known using (content_hash)`);
  await session.run(sql`create index on ${waitingOf(collection)} (ordinal)`);
  await session.run(sql`
    create table ${vectorsOf(collection)} (ordinal bigint, embedding ${typeName(`vector(${model.dimensions})`)})`);
  const { texts } = await session.one<{ texts: number }>(
    sql`select coalesce(max(ordinal), 0)::int as texts from ${waitingOf(collection)} where known is null`,
  );
  return texts;
}

async function cutter(cut: Cut, tokens: () => Promise<TokenCount>) {
  const { count } = await tokens();
  return (text: string) => cutText(text, cut, count);
}

/** Rows that are cut at once. */
const rowsAtOnce = 200;

/** Puts the parts of every pending row into a table, and says how to read them. */
async function cutRows(
  session: Session,
  collection: string,
  pending: Sql,
  cut: (text: string) => readonly string[],
): Promise<Sql> {
  const [rows, parts] = [rowsOf(collection), partsOf(collection)];
  await session.run(
    sql`create table ${rows} as select *, row_number() over (order by source_row) as place from (${pending}) as p`,
  );
  await session.run(sql`
    create table ${parts} (source_row bigint, part int, parts int, content text, metadata jsonb, source_hash text)`);
  for (let last = 0; ; last += rowsAtOnce) {
    const found = await session.query<{ row: number; content: string }>(sql`
      select source_row as row, content from ${rows} where place > ${last} and place <= ${last + rowsAtOnce}`);
    if (found.length === 0) return sql`select * from ${parts}`;
    const made = found.flatMap(({ row, content }) => {
      const all = cut(content);
      return all.map((text, part) => ({ row, part, parts: all.length, text }));
    });
    await session.run(sql`
      insert into ${parts} select r.source_row, p.part, p.parts, p.text, r.metadata, r.source_hash
      from json_to_recordset(${JSON.stringify(made)}::json) as p("row" bigint, part int, parts int, text text)
      join ${rows} as r on r.source_row = p."row"`);
  }
}

/** The texts numbered `first` to `last`. */
export async function textsToEmbed(
  session: Session,
  collection: string,
  first: number,
  last: number,
): Promise<string[]> {
  const rows = await session.query<{ content: string }>(sql`
    select distinct on (ordinal) content from ${waitingOf(collection)}
    where known is null and ordinal between ${first} and ${last} order by ordinal`);
  return rows.map(({ content }) => content);
}

/** Makes documents of the texts numbered from `first`, all rows that have them. */
export async function saveVectors(
  session: Session,
  collection: string,
  model: ModelDescription,
  first: number,
  vectors: readonly Float32Array[],
): Promise<void> {
  await copyVectors(session, vectorsOf(collection), first, vectors);
  await saveDocuments(
    session,
    collection,
    model,
    sql`
    select waiting.*, embedding from ${waitingOf(collection)} as waiting join ${vectorsOf(collection)} using (ordinal)
    where known is null`,
  );
  await session.run(sql`truncate ${vectorsOf(collection)}`);
}

/** Makes documents of texts that other documents have already. */
export const saveKnown = (session: Session, collection: string, model: ModelDescription): Promise<void> =>
  saveDocuments(
    session,
    collection,
    model,
    sql`
    select waiting.*, embedding from ${waitingOf(collection)} as waiting join ${documentsOf(collection)} as d on d.id = waiting.known`,
  );

/** A document of another text gets another id: where the old one lay on a map says nothing of it. */
async function saveDocuments(
  session: Session,
  collection: string,
  model: ModelDescription,
  found: Sql,
): Promise<void> {
  await session.run(sql`
    insert into ${documentsOf(collection)}
      (document_id, content, embedding, metadata, model, model_version, content_hash, source_row, source_hash, part, parts)
    select f.source_row || case when f.part = 0 then '' else '#' || f.part + 1 end, f.content, f.embedding, f.metadata, ${model.id}, ${model.version}, f.content_hash,
      f.source_row, f.source_hash, f.part, f.parts
    from (${found}) as f order by f.source_row, f.part
    on conflict (document_id) do update set id = default, content = excluded.content, embedding = excluded.embedding,
      metadata = excluded.metadata, model = excluded.model, model_version = excluded.model_version,
      content_hash = excluded.content_hash, source_hash = excluded.source_hash, part = excluded.part, parts = excluded.parts, created_at = now()`);
}

/** Ends a run's tables. */
export async function dropWork(session: Session, collection: string): Promise<void> {
  await session.run(sql`drop table if exists ${waitingOf(collection)}`);
  await session.run(sql`drop table if exists ${vectorsOf(collection)}`);
  await session.run(sql`drop table if exists ${rowsOf(collection)}`);
  await session.run(sql`drop table if exists ${partsOf(collection)}`);
}
