import { rowColumn, typeFamily, userColumns } from '../../../shared/column.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { columnsNamed, type KnownTable, knownTable } from '../tables/known-table.ts';
import { documentsOf } from './collection-table.ts';
import type { CollectionRecord } from './collections.ts';
import type { ModelDescription } from './model-files.ts';

/** Which columns of a table become documents. */
export type Source = Pick<CollectionRecord, 'table' | 'textColumns' | 'metadataColumns'>;

/** A table's text columns and metadata columns, all there and fit for it; or the problem in words. */
export async function readSource(
  session: Session,
  given: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly metadata?: readonly string[] | undefined;
  },
): Promise<Source> {
  const table = await knownTable(session, given.table);
  for (const { name, type } of columnsNamed(table, given.columns)) {
    if (['bytes', 'vector'].includes(typeFamily(type)))
      throw wrongColumn(table, name, `is of type ${type}: it holds no text`);
    if (name === rowColumn) throw wrongColumn(table, name, "is the rows' address: it holds no text");
  }
  if (given.metadata) columnsNamed(table, given.metadata);
  const others = userColumns(table.columns).filter(
    ({ name, type }) => !given.columns.includes(name) && !['bytes', 'vector'].includes(typeFamily(type)),
  );
  const source: Source = {
    table: given.table,
    textColumns: [...new Set(given.columns)],
    metadataColumns: given.metadata ? [...new Set(given.metadata)] : others.map(({ name }) => name),
  };
  await refuseEmpty(session, source);
  return source;
}

function wrongColumn({ name, columns }: KnownTable, column: string, why: string) {
  const texts = columns.filter(({ type }) => typeFamily(type) === 'text').map((one) => one.name);
  return problem('bad_input', `Column "${column}" of "${name}" ${why}.`, {
    hint: texts.length > 0 ? `Text columns of it: ${texts.join(', ')}.` : undefined,
    at: { table: name, column },
  });
}

async function refuseEmpty(session: Session, source: Source): Promise<void> {
  const at = { table: source.table };
  const { rows, texts } = await session.one<{ rows: boolean; texts: boolean }>(sql`
    select exists (select from ${ident('public', source.table)}) as rows, exists (${textsOf(source)}) as texts`);
  if (!rows)
    throw problem('bad_input', `Table "${source.table}" has no rows to embed.`, {
      hint: 'Import rows first.',
      at,
    });
  if (texts) return;
  const columns = source.textColumns.map((name) => `"${name}"`).join(', ');
  throw problem('bad_input', `Table "${source.table}" has no text in ${columns}: every row is empty there.`, {
    hint: 'Choose another column.',
    at,
  });
}

/** A SELECT of `source_row, content, metadata` of every row that has text. Several columns stand below each other. */
export function textsOf({ table, textColumns, metadataColumns }: Source): Sql {
  const column = (name: string) => sql`t.${ident(name)}`;
  const [first] = textColumns;
  const content =
    textColumns.length === 1 && first !== undefined
      ? sql`${column(first)}::text`
      : sql`concat_ws(chr(10), ${join(textColumns.map((name) => sql`nullif(${column(name)}::text, '')`))})`;
  const metadata =
    metadataColumns.length > 0
      ? sql`(select to_jsonb(m) from (select ${join(metadataColumns.map(column))}) as m)`
      : sql`'{}'::jsonb`;
  return sql`
    select * from (
      select ${column(rowColumn)} as source_row, ${content} as content, ${metadata} as metadata from ${ident('public', table)} as t
    ) as texts where content ~ '\S'`;
}

/** Those of `textsOf` that a collection has not, or has with another text or of another model. */
export function pendingTexts(source: Source, collection: string, model: ModelDescription): Sql {
  return sql`
    select s.* from (${textsOf(source)}) as s
    left join ${documentsOf(collection)} as d on d.source_row = s.source_row
    where d.id is null or d.content is distinct from s.content
      or d.model is distinct from ${model.id} or d.model_version is distinct from ${model.version}`;
}

/** How many rows of its table a collection lacks or has with another text; none where the table is gone. */
export async function staleRows(
  session: Session,
  collection: CollectionRecord,
  model: ModelDescription,
): Promise<number> {
  const wanted = [rowColumn, ...collection.textColumns];
  const there = await session.query(sql`
    select 1 from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relname = ${collection.table} and c.relnamespace = 'public'::regnamespace and not a.attisdropped
      and a.attname in (${join(wanted)})`);
  if (there.length < wanted.length) return 0;
  const source = { ...collection, metadataColumns: [] };
  const { n } = await session.one<{ n: number }>(
    sql`select count(*)::int as n from (${pendingTexts(source, collection.name, model)}) as pending`,
  );
  return n;
}
