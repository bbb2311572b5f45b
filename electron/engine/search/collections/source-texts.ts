import { isDeepStrictEqual } from 'node:util';
import { rowColumn, typeFamily, userColumns } from '../../../../shared/column.ts';
import type { Cut } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { columnsNamed, type KnownTable, knownTable } from '../../database/known-table.ts';
import type { ModelDescription } from '../model/model-files.ts';
import { documentsOf } from './collection-table.ts';
import type { CollectionRecord } from './collections.ts';
import { templateColumns, templateText } from './template.ts';

/** Which columns of a table become documents. */
export type Source = Pick<CollectionRecord, 'table' | 'textColumns' | 'metadataColumns' | 'template' | 'cut'>;

/** A table's text columns and metadata columns, all there and fit for it; or the problem in words. */
export async function readSource(
  session: Session,
  given: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly metadata?: readonly string[] | undefined;
    readonly template?: string | undefined;
    readonly cut?: Cut | undefined;
  },
  there?: Pick<CollectionRecord, 'metadataColumns'>,
): Promise<Source> {
  const table = await knownTable(session, given.table);
  const texts = given.template === undefined ? [...new Set(given.columns)] : templateColumns(given.template);
  refuseNoColumns(texts);
  for (const { name, type } of columnsNamed(table, texts)) {
    if (['bytes', 'vector'].includes(typeFamily(type)))
      throw wrongColumn(table, name, `is of type ${type}: it holds no text`);
    if (name === rowColumn) throw wrongColumn(table, name, "is the rows' address: it holds no text");
  }
  return {
    table: given.table,
    textColumns: texts,
    metadataColumns: metadataColumnsOf(table, { named: given.metadata, texts, there }),
    template: given.template ?? null,
    cut: given.cut ?? null,
  };
}

/**
 * The columns kept beside a text: those named, or all that are neither text of it nor vectors. One that the collection keeps
 * already, and that the table has no more, is kept no longer.
 */
export function metadataColumnsOf(
  table: KnownTable,
  {
    named,
    texts,
    there,
  }: {
    readonly named: readonly string[] | undefined;
    readonly texts: readonly string[];
    readonly there: Pick<CollectionRecord, 'metadataColumns'> | undefined;
  },
): string[] {
  const gone = new Set(there?.metadataColumns);
  for (const { name } of table.columns) gone.delete(name);
  if (named) {
    const wanted = named.filter((name) => !gone.has(name));
    return [...new Set(columnsNamed(table, wanted).map(({ name }) => name))];
  }
  return userColumns(table.columns)
    .filter(({ name, type }) => !texts.includes(name) && !['bytes', 'vector'].includes(typeFamily(type)))
    .map(({ name }) => name);
}

/** What to tell of columns that were asked for and are kept no longer. */
export const goneNotes = (
  { table, metadata = [] }: { readonly table: string; readonly metadata?: readonly string[] | undefined },
  { metadataColumns }: Pick<Source, 'metadataColumns'>,
): string[] => {
  const gone = metadata.filter((name) => !metadataColumns.includes(name));
  return gone.length === 0
    ? []
    : [`${table} has ${gone.map((name) => `\`${name}\``).join(', ')} no more: filters go without.`];
};

const textOf = ({ textColumns, template }: Source) => ({ textColumns, template });

function refuseNoColumns(texts: readonly string[]): void {
  if (texts.length > 0) return;
  throw problem('bad_input', 'No column with text is named.', {
    hint: 'Name columns, or a template such as {subject}: {body}.',
  });
}

function wrongColumn({ name, columns }: KnownTable, column: string, why: string) {
  const texts = columns.filter(({ type }) => typeFamily(type) === 'text').map((one) => one.name);
  return problem('bad_input', `Column "${column}" of "${name}" ${why}.`, {
    hint: texts.length > 0 ? `Text columns of it: ${texts.join(', ')}.` : undefined,
    at: { table: name, column },
  });
}

/** Nothing to embed is a mistake, unless the texts of this collection are gone: then it becomes empty. */
export async function refuseEmpty(
  session: Session,
  source: Source,
  there: CollectionRecord | undefined,
): Promise<void> {
  if (there && there.table === source.table && isDeepStrictEqual(textOf(there), textOf(source))) return;
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

/** A SELECT of `source_row, content, metadata, source_hash` of every row that has text, however it is cut later. */
export function textsOf({ table, textColumns, metadataColumns, template, cut }: Source): Sql {
  const column = (name: string) => sql`t.${ident(name)}`;
  const below = sql`concat_ws(chr(10), ${join(textColumns.map((name) => sql`nullif(${column(name)}::text, '')`))})`;
  const content = template === null ? below : templateText(template, column);
  const metadata =
    metadataColumns.length > 0
      ? sql`(select to_jsonb(m.*) from (select ${join(metadataColumns.map(column))}) as m)`
      : sql`'{}'::jsonb`;
  const hashed = cut === null ? sql`content` : sql`(${`${JSON.stringify(cut)} `} || content)`;
  return sql`
    select source_row, content, metadata, encode(sha256(convert_to(${hashed}, 'UTF8')), 'hex') as source_hash from (
      select ${column(rowColumn)} as source_row, ${content} as content, ${metadata} as metadata, ${below} as given
      from ${ident('public', table)} as t
    ) as texts where given ~ '\S'`;
}

/** Those of `textsOf` that a collection lacks, or has in part only, or has of another text or of another model. */
export function pendingTexts(
  source: Source,
  collection: string,
  model: Pick<ModelDescription, 'id' | 'version'>,
): Sql {
  return sql`
    select s.* from (${textsOf(source)}) as s
    left join (
      select source_row, min(source_hash) as source_hash, true as there from ${documentsOf(collection)}
      where model = ${model.id} and model_version = ${model.version}
      group by source_row having count(*) = max(parts) and min(source_hash) = max(source_hash)
    ) as d using (source_row, source_hash)
    where d.there is null`;
}
