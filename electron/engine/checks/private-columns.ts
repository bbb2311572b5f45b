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
