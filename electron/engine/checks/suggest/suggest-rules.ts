import type { Column } from '../../../../shared/column.ts';
import type { DescribedColumn, Suggested, Suggestion } from '../../../../shared/contract/checks.ts';
import { checkDefinition } from '../../../../shared/registry.ts';
import { sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import { dependenciesOf } from '../detect/dependencies.ts';
import { columnarOf, withoutValue } from '../detect/detect-table.ts';
import { suspectCells } from '../detect/suspect-cells.ts';
import { privateIn, unreadableTables } from '../private-columns.ts';
import { formerLoads } from './former-loads.ts';
import { itemTotals, type Parenthood } from './item-totals.ts';
import { type Given, judged, type Looked } from './judge-proposals.ts';
import { isKeyLike, type KeyColumn, type Known, type Proposal, proposers } from './proposal.ts';

/** Rules that the data of these tables suggests, with what each would find now, and the cells that look wrong. */
export async function suggestRules(
  given: Given,
  tables: readonly string[] | undefined,
  context: CallContext,
): Promise<Suggested> {
  const { database } = given;
  const all = await database.query<{ name: string }>(sql`select name from assay.tables order by name`);
  const unread = new Set(given.rules.filter((one) => one.unreadable).map(({ table }) => table));
  const names = all.map(({ name }) => name).filter((name) => !unread.has(name));
  const asked = tables ?? names;
  const looked: Looked[] = [];
  for (const name of [...new Set([...names, ...asked])]) looked.push(await look(given, name, context));
  const keys = looked.flatMap(keysOf);
  const proposed = new Map<string, Proposal[]>();
  for (const one of looked) proposed.set(one.name, proposalsOf({ ...one, keys }));
  await addTotals(given, looked, proposed, context.signal);
  const suggestions: Suggestion[] = [];
  const chosen = looked.filter(({ name }) => asked.includes(name));
  for (const one of chosen) {
    suggestions.push(...(await judged(given, one, proposed.get(one.name) ?? [], context)));
  }
  return {
    suggestions: suggestions.sort((a, b) => b.rank - a.rank),
    cells: chosen.flatMap(({ name, table }) =>
      suspectCells(table).map((cell) => ({
        table: name,
        ...withoutValue(cell, privateIn(given.rules, name)),
      })),
    ),
    problems: unreadableTables(given.rules.filter(({ table }) => all.some(({ name }) => name === table))),
  };
}

async function look({ database, rules }: Given, name: string, context: CallContext): Promise<Looked> {
  const { table, rows, known } = await columnarOf(database, name, context);
  let found: ReturnType<typeof dependenciesOf> | undefined;
  const dependencies = () => {
    found ??= dependenciesOf(table);
    return found;
  };
  const former = await database.use(
    { title: `Reading former loads of ${name}`, priority: 'background', signal: context.signal },
    (session) => formerLoads(session, name),
  );
  const columns = rules.find((one) => one.table === name)?.columns ?? [];
  const promised = promisedBy(columns);
  return { name, table, rows, dependencies, now: new Date(), checked: known, former, promised };
}

/** Columns that a contract names without their types promise nothing. */
const promisedBy = (columns: readonly DescribedColumn[]): readonly Column[] =>
  columns.every(({ type }) => type !== undefined)
    ? columns.map(({ name, type }) => ({ name, type: type ?? '' }))
    : [];

const keysOf = ({ name, table }: Looked): KeyColumn[] =>
  table.columns.filter(isKeyLike).map((column) => ({
    table: name,
    column: column.name,
    type: column.type,
    values: new Set(column.values),
  }));

function proposalsOf(known: Known): Proposal[] {
  const found = [...proposers.values()].flatMap((propose) => propose(known));
  const settled = new Set(found.map(({ settles }) => settles));
  return found.filter(({ shapes }) => shapes === undefined || !settled.has(shapes));
}

/** Totals of parents, as the references of their children tell. */
async function addTotals(
  { database }: Given,
  looked: readonly Looked[],
  proposed: ReadonlyMap<string, Proposal[]>,
  signal: AbortSignal,
): Promise<void> {
  for (const { name, checked } of looked) {
    for (const parenthood of childrenOf(name, proposed)) {
      const found = await database.use(
        { title: `Adding up ${parenthood.child}`, priority: 'background', signal },
        (session) => itemTotals(session, checked, parenthood),
      );
      proposed.get(name)?.push(...found);
    }
  }
}

const childrenOf = (parent: string, proposed: ReadonlyMap<string, readonly Proposal[]>): Parenthood[] =>
  [...proposed].flatMap(([child, proposals]) =>
    proposals.flatMap(({ kind, params }) => {
      const allowed = checkDefinition(kind).allows?.(params as never);
      if (!allowed || !('from' in allowed) || allowed.from.table !== parent) return [];
      return [{ child, reference: allowed.column, key: allowed.from.column }];
    }),
  );
