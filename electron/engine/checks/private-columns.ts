import type { TableChecks } from '../../../shared/contract/checks.ts';

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
}

export const nothingPrivate: PrivateColumns = { own: new Set(), anywhere: new Set() };

/** The private columns that rules on these rows may meet. */
export const privateColumns = (known: readonly TableChecks[], table: string): PrivateColumns => ({
  own: privateIn(known, table),
  anywhere: new Set(
    known.flatMap(({ columns }) => columns.filter((column) => column.private).map(({ name }) => name)),
  ),
});
