import { typeFamily, userColumns } from '../../../../shared/column.ts';
import { problem, toProblem } from '../../../../shared/problem.ts';
import { expression, ident, join, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import { knownTable } from '../../database/known-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import { privateColumnsOf } from '../export/private-parts.ts';
import type { Narrowed } from '../find/ranking.ts';
import { keysIn } from './keys-in.ts';
import { type Label, labelDocuments } from './write-labels.ts';

type Place = Pick<Context, 'workspace' | 'database'>;

/** What a check is to say of the rows of a place, and by what they are known. */
interface Wanted {
  readonly holds: string;
  readonly label?: Label | undefined;
}

/** A condition that is true in the rows of a place and means the same on a server: no private value stands in it. */
export async function placeCondition(
  context: Place,
  record: CollectionRecord,
  place: Narrowed,
  { holds, label }: Wanted,
): Promise<{ when: string; rows: number }> {
  const { database } = context;
  await refuseNoCondition(context, record, holds);
  if (label) {
    const { column, value } = label;
    await labelDocuments(database, record, place, label);
    const when = sql`${ident(column)} = ${value}`;
    return { when: toText(when), rows: await rowsOf(context, record, when) };
  }
  const { columns } = await knownTable(database, record.table);
  const names = userColumns(columns).map(({ name }) => name);
  const shy = await privateColumnsOf(context, record.table, names);
  const { column, keys } = await database.reading({}, (session) => keysIn(session, record, place, shy));
  if (keys.length === 0) throw problem('bad_input', 'No document lies there: there is nothing to check.');
  const type = columns.find(({ name }) => name === column)?.type ?? 'text';
  const typed = (key: string) => (typeFamily(type) === 'integer' ? sql`${BigInt(key)}` : sql`${key}`);
  const when = sql`${ident(column)} in (${join(keys.map(typed))})`;
  return { when: toText(when), rows: await rowsOf(context, record, when) };
}

async function refuseNoCondition(
  { database }: Place,
  { table }: CollectionRecord,
  holds: string,
): Promise<void> {
  try {
    await database.query(
      sql`select 1 from ${ident('public', table)} where (${expression(holds)}) is not true limit 0`,
    );
  } catch (thrown) {
    throw problem('bad_input', `That is no condition on ${table}: ${toProblem(thrown).message}`, {
      hint: "Write one as in SQL: amount > 0, or status = 'paid'.",
      at: { table, param: 'holds' },
    });
  }
}

async function rowsOf({ database }: Place, { table }: CollectionRecord, when: Sql): Promise<number> {
  const { n } = await database.one<{ n: number }>(
    sql`select count(*)::int as n from ${ident('public', table)} where ${when}`,
  );
  return n;
}
