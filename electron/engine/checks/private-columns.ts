import type { TableChecks } from '../../../shared/contract/checks.ts';
import { ident, type Sql, sql, toText } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { knownAround, tableNode } from '../pipelines/lineage/pipeline-lineage.ts';
import { queryLineage } from '../pipelines/lineage/query-lineage.ts';
import { origin } from '../pipelines/lineage/reach.ts';
import { readSurroundings } from '../pipelines/plan-pipeline.ts';
import { loadParser } from '../pipelines/read-relations.ts';
import type { CheckedTable } from './checked-table.ts';

/**
 * The columns of a table whose values are shown to nobody. What is private in a table is so in a query or a step, by
 * whichever way it came there.
 */
export function privateIn(known: readonly TableChecks[], table: string): ReadonlySet<string> {
  const own = known.filter((one) => one.table === table);
  const asked = own.some(({ of }) => of) ? known : own;
  const columns = asked.flatMap((one) => one.columns);
  return new Set(columns.filter((column) => column.private).map(({ name }) => name));
}

/** Columns whose values are shown to nobody: of the table itself, and of any, for rows that are made of others. */
export interface PrivateColumns {
  readonly own: ReadonlySet<string>;
  readonly anywhere: ReadonlySet<string>;
  /** The same with their tables, as lineage names them. */
  readonly origins: ReadonlySet<string>;
}

export const nothingPrivate: PrivateColumns = { own: new Set(), anywhere: new Set(), origins: new Set() };

/** The private columns that rules on these rows may meet. */
export function privateColumns(known: readonly TableChecks[], table: string): PrivateColumns {
  const all = known.flatMap((one) =>
    one.columns.filter((column) => column.private).map(({ name }) => ({ of: one.table, name })),
  );
  return {
    own: privateIn(known, table),
    anywhere: new Set(all.map(({ name }) => name)),
    origins: new Set(all.map(({ of, name }) => origin(tableNode(of), name))),
  };
}

/** The private columns of rows that are made of others: those called like one, and those whose values come from one. */
export async function privateOutputs(
  session: Session,
  { name, relation }: Pick<CheckedTable, 'name' | 'relation'>,
  { anywhere, origins }: PrivateColumns,
): Promise<ReadonlySet<string>> {
  if (origins.size === 0) return anywhere;
  const select = relation ?? sql`select * from ${ident('public', name)}`;
  const columns = (await lineageOf(session, select)) ?? [];
  const made = columns.filter(([, { value }]) => [...value].some((one) => origins.has(one)));
  return new Set([...anywhere, ...made.map(([column]) => column)]);
}

/** True where the one value that a SELECT measures is made of a private column, or that cannot be told. */
export async function measuresPrivate(
  session: Session,
  select: Sql,
  { origins }: PrivateColumns,
): Promise<boolean> {
  if (origins.size === 0) return false;
  const [measured] = (await lineageOf(session, select)) ?? [];
  return !measured || [...measured[1].value].some((one) => origins.has(one));
}

async function lineageOf(session: Session, select: Sql): Promise<ReturnType<typeof queryLineage>> {
  await loadParser();
  return queryLineage(toText(select), knownAround(await readSurroundings(session)));
}
