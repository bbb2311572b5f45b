import { problem } from '../../../../shared/problem.ts';
import { privateIn as privateOf } from '../../checks/private-columns.ts';
import { rulesAndPrivacy } from '../../checks/rules-and-privacy.ts';
import type { Context } from '../../context.ts';
import { maybeTable } from '../../database/known-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { templateColumns } from '../collections/template.ts';

/**
 * The private columns whose values a collection has: as text, as vectors or as metadata. Of a table with private columns a
 * column that is not there any more under its name may have been one.
 */
export async function privateIn(
  context: Pick<Context, 'workspace' | 'database'>,
  { table, textColumns, metadataColumns, template, vectorColumn }: CollectionRecord,
): Promise<readonly string[]> {
  const held = [
    ...textColumns,
    ...(template === null ? [] : templateColumns(template)),
    ...(vectorColumn === null ? [] : [vectorColumn]),
    ...metadataColumns,
  ];
  const hidden = privateOf(await rulesAndPrivacy(context), table);
  const now = await context.database.use({ title: `Reading ${table}`, reads: true }, (session) =>
    maybeTable(session, table),
  );
  const isGone = (column: string) => hidden.size > 0 && now?.columns.every(({ name }) => name !== column);
  return [...new Set(held)].filter((column) => hidden.has(column) || isGone(column));
}

/** Those of a table's columns that are private. */
export async function privateColumnsOf(
  context: Pick<Context, 'workspace' | 'database'>,
  table: string,
  columns: readonly string[],
): Promise<readonly string[]> {
  const hidden = privateOf(await rulesAndPrivacy(context), table);
  return [...new Set(columns)].filter((column) => hidden.has(column));
}

/** Refuses to write private values into a file that nobody said may have them. */
export function refusePrivate({ name, table }: CollectionRecord, columns: readonly string[]): void {
  if (columns.length === 0) return;
  throw problem(
    'bad_input',
    `The collection "${name}" holds private columns of ${table}: ${columns.join(', ')}.`,
    {
      hint: 'Embed the table without them, or say that these values may be written: --with-private on the command line.',
      at: { table },
    },
  );
}
