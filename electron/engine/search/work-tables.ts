import { ident, type Sql, sql, typeName } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { documentsOf } from './collection-table.ts';
import type { ModelDescription } from './model-files.ts';
import { pendingTexts, type Source } from './source-texts.ts';
import { copyVectors } from './vector-copy.ts';

/** The tables of one embedding run; no collection's name has a blank in it. */
const todoOf = (collection: string): Sql => ident('collections', `${collection} todo`);
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
): Promise<number> {
  await dropWork(session, collection);
  const documents = documentsOf(collection);
  await session.run(sql`
    create table ${todoOf(collection)} as
    with pending as (
      select p.*, encode(sha256(convert_to(p.content, 'UTF8')), 'hex') as content_hash
      from (${pendingTexts(source, collection, model)}) as p
    ), known as (
      select content_hash, min(id) as known from ${documents}
      where model = ${model.id} and model_version = ${model.version} group by content_hash
    )
    select pending.*, known,
      dense_rank() over (partition by known is null order by length(content), content_hash) as ordinal
    from pending left join known using (content_hash)`);
  await session.run(sql`create index on ${todoOf(collection)} (ordinal)`);
  await session.run(sql`
    create table ${vectorsOf(collection)} (ordinal bigint, embedding ${typeName(`vector(${model.dimensions})`)})`);
  const { texts } = await session.one<{ texts: number }>(
    sql`select coalesce(max(ordinal), 0)::int as texts from ${todoOf(collection)} where known is null`,
  );
  return texts;
}

/** The texts numbered `first` to `last`. */
export async function textsToEmbed(
  session: Session,
  collection: string,
  first: number,
  last: number,
): Promise<string[]> {
  const rows = await session.query<{ content: string }>(sql`
    select distinct on (ordinal) content from ${todoOf(collection)}
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
    select todo.*, embedding from ${todoOf(collection)} as todo join ${vectorsOf(collection)} using (ordinal)
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
    select todo.*, embedding from ${todoOf(collection)} as todo join ${documentsOf(collection)} as d on d.id = todo.known`,
  );

async function saveDocuments(
  session: Session,
  collection: string,
  model: ModelDescription,
  found: Sql,
): Promise<void> {
  await session.run(sql`
    insert into ${documentsOf(collection)}
      (document_id, content, embedding, metadata, model, model_version, content_hash, source_row, source_hash)
    select source_row::text, f.content, f.embedding, f.metadata, ${model.id}, ${model.version}, f.content_hash, f.source_row, f.content_hash
    from (${found}) as f order by f.source_row
    on conflict (document_id) do update set content = excluded.content, embedding = excluded.embedding,
      metadata = excluded.metadata, model = excluded.model, model_version = excluded.model_version,
      content_hash = excluded.content_hash, source_hash = excluded.source_hash, created_at = now()`);
}

/** Ends a run's tables. */
export async function dropWork(session: Session, collection: string): Promise<void> {
  await session.run(sql`drop table if exists ${todoOf(collection)}`);
  await session.run(sql`drop table if exists ${vectorsOf(collection)}`);
}
