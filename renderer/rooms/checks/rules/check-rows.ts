import type { CheckedRows } from '../../../../shared/contract/checked-rows.ts';
import { engine } from '../../../engine.ts';
import { openChecks } from './open-checks.ts';
import { newRule } from './rule-dialog-state.ts';

const same = (one: CheckedRows, other: CheckedRows) =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/** A name that no table and no other rows have. */
async function freeName(wanted: string): Promise<string> {
  const [tables, listed] = await Promise.all([engine.tables.list({}), engine.checks.list({})]);
  const taken = new Set([...tables.map(({ name }) => name), ...listed.map(({ table }) => table)]);
  const name = (n: number): string => {
    const free = n === 1 ? wanted : `${wanted} ${n}`;
    return taken.has(free) ? name(n + 1) : free;
  };
  return name(1);
}

/** Begins a rule on the rows of a query or a step; the first one gives them a name in checks/. */
export async function checkRows(of: CheckedRows, wanted: string): Promise<void> {
  const listed = await engine.checks.list({});
  const known = listed.find((one) => one.of && same(one.of, of))?.table;
  const table = known ?? (await freeName(wanted));
  if (known === undefined) await engine.checks.save({ table, of, rules: [] });
  openChecks(table);
  newRule(table);
}
