import { rowColumn } from '../../../../shared/column.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import { mayHoldVectors } from '../../../../shared/vector-lists.ts';
import type { Session } from '../../database/database.ts';
import type { ModelDescription } from '../model/model-files.ts';
import { documentsOf } from './collection-table.ts';
import type { CollectionRecord } from './collections.ts';
import { pendingTexts, textsOf } from './source-texts.ts';
import { pendingVectors, type VectorSource, vectorsOf } from './vector-source.ts';

/** How a collection differs from its table, in rows. */
export interface Staleness {
  /** New, or with another text. */
  readonly stale: number;
  /** Not in the table any more, or without text: they are still found. */
  readonly gone: number;
  /** Of those, in the table still, without text. */
  readonly emptied: number;
  /** The same text, and other metadata, also where the table has a column of it no more: filters go by the old. */
  readonly outdated: number;
}

/** How a collection differs from its table; not at all where the table is gone. */
export async function staleRows(
  session: Session,
  collection: CollectionRecord,
  model: Pick<ModelDescription, 'id' | 'version'>,
): Promise<Staleness> {
  const types = await typesOf(session, collection.table);
  const { name, table, vectorColumn, textColumns, metadataColumns } = collection;
  const metadata = metadataColumns.filter((column) => types.has(column));
  const source = { ...collection, metadataColumns: metadata };
  const found = [rowColumn, ...textColumns].every((column) => types.has(column));
  if (vectorColumn === null) {
    if (!found) return none;
    return counted(session, pendingTexts(source, name, model), { name, table, rows: textsOf(source) });
  }
  const vectorType = types.get(vectorColumn) ?? '';
  if (!found || !mayHoldVectors(vectorType)) return none;
  const vectors: VectorSource = { ...source, vectorColumn, vectorType };
  return counted(session, pendingVectors(vectors, name), { name, table, rows: vectorsOf(vectors) });
}

const none: Staleness = { stale: 0, gone: 0, emptied: 0, outdated: 0 };

/** What a collection is made of and its table has no more: its documents cannot be compared with it. */
export async function missingColumns(
  session: Session,
  { table, textColumns, vectorColumn }: CollectionRecord,
): Promise<readonly string[]> {
  const types = await typesOf(session, table);
  const made = vectorColumn === null ? textColumns : [...textColumns, vectorColumn];
  return types.size === 0 ? [] : made.filter((column) => !types.has(column));
}

async function typesOf(session: Session, table: string): Promise<ReadonlyMap<string, string>> {
  const columns = await session.query<{ name: string; type: string }>(sql`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relname = ${table} and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped`);
  return new Map(columns.map(({ name, type }) => [name, type]));
}

interface Compared {
  /** What the table has now. */
  readonly rows: Sql;
}

async function counted(
  session: Session,
  pending: Sql,
  { name, table, rows }: Pick<CollectionRecord, 'name' | 'table'> & Compared,
): Promise<Staleness> {
  const { n: stale } = await session.one<{ n: number }>(
    sql`select count(*)::int as n from (${pending}) as pending`,
  );
  const differing = await session.one<Pick<Staleness, 'gone' | 'emptied' | 'outdated'>>(sql`
    select count(distinct d.source_row) filter (where s.source_row is null)::int as gone,
      count(distinct d.source_row) filter (where s.source_row is null and t.${ident(rowColumn)} is not null)::int as emptied,
      count(distinct d.source_row) filter (where s.source_hash = d.source_hash and s.metadata is distinct from d.metadata)::int as outdated
    from ${documentsOf(name)} as d left join (${rows}) as s on s.source_row = d.source_row
    left join ${ident('public', table)} as t on t.${ident(rowColumn)} = d.source_row`);
  return { stale, ...differing };
}
