import { userColumns } from '../../../../shared/column.ts';
import type { CheckRule, Suggested, Suggestion, TableChecks } from '../../../../shared/contract/checks.ts';
import { checkDefinition } from '../../../../shared/registry.ts';
import { ruleId } from '../../../../shared/rule-id.ts';
import { sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import type { CheckedTable } from '../checked-table.ts';
import { dependenciesOf } from '../detect/dependencies.ts';
import { columnarOf } from '../detect/detect-table.ts';
import { suspectCells } from '../detect/suspect-cells.ts';
import { type Draft, runTable } from '../run-table.ts';
import { itemTotals, type Parenthood } from './item-totals.ts';
import { isKeyLike, type KeyColumn, type Known, type Proposal, proposers } from './proposal.ts';
import { type Rejection, rejectionKey } from './rejected.ts';

/** What suggesting goes by. */
export interface Given {
  readonly database: Database;
  /** Rules that are there already. */
  readonly rules: readonly TableChecks[];
  readonly rejected: readonly Rejection[];
}

type Looked = Omit<Known, 'keys'> & { readonly checked: CheckedTable };

/** Rules that the data of these tables suggests, with what each would find now, and the cells that look wrong. */
export async function suggestRules(
  given: Given,
  tables: readonly string[] | undefined,
  context: CallContext,
): Promise<Suggested> {
  const { database } = given;
  const all = await database.query<{ name: string }>(sql`select name from assay.tables order by name`);
  const names = all.map(({ name }) => name);
  const asked = tables ?? names;
  const looked: Looked[] = [];
  for (const name of [...new Set([...names, ...asked])]) looked.push(await look(database, name, context));
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
    cells: chosen.flatMap(({ name, table }) => suspectCells(table).map((cell) => ({ table: name, ...cell }))),
  };
}

async function look(database: Database, name: string, context: CallContext): Promise<Looked> {
  const { table, rows, known } = await columnarOf(database, name, context);
  let found: ReturnType<typeof dependenciesOf> | undefined;
  const dependencies = () => {
    found ??= dependenciesOf(table);
    return found;
  };
  return { name, table, rows, dependencies, now: new Date(), checked: known };
}

const keysOf = ({ name, table }: Looked): KeyColumn[] =>
  table.columns.filter(isKeyLike).map((column) => ({
    table: name,
    column: column.name,
    type: column.type,
    values: new Set(column.values),
  }));

function proposalsOf(known: Known): Proposal[] {
  const found = [...proposers.values()].flatMap((propose) => propose(known));
  // What has a known form or a list of values needs no pattern, and a list says more than a dependency.
  const listed = new Set(
    found
      .filter(({ kind }) => kind === 'format' || kind === 'accepted_values')
      .map(({ params }) => params['column']),
  );
  return found.filter(({ kind, params }) => kind !== 'pattern' || !listed.has(params['column']));
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
      if (kind !== 'foreign_key' || params['table'] !== parent) return [];
      const [reference, key] = [params['columns'], params['references']].map((one) =>
        String((one as string[])[0]),
      );
      return reference && key ? [{ child, reference, key }] : [];
    }),
  );

/** Each proposal as a rule that was tried on the whole table; those that cannot be evaluated are no suggestions. */
async function judged(
  { database, rules, rejected }: Given,
  { name, checked }: Looked,
  proposals: readonly Proposal[],
  { signal, progress }: CallContext,
): Promise<Suggestion[]> {
  const own = rules.filter(({ table }) => table === name).flatMap((one) => one.rules);
  const unwanted = new Set(rejected.map(rejectionKey));
  const wanted = proposals.filter(
    ({ kind, params }) =>
      !own.some((rule) => isSame(rule, kind, params)) &&
      !unwanted.has(rejectionKey({ table: name, kind, params })),
  );
  const taken = own.map(({ id }) => id);
  const made = wanted.map(({ kind, params }) => {
    const id = ruleId(kind, checkDefinition(kind).marks(params), taken);
    taken.push(id);
    return { id, kind, params: { ...params }, failAbove: 0 };
  });
  progress({ title: `Trying rules on ${name}`, done: 0, total: made.length, unit: 'checks' });
  const drafts =
    userColumns(checked.columns).length > 0 ? await runTable({ database, signal }, name, made, () => {}) : [];
  return drafts.flatMap((draft, at) => {
    const [proposal, rule] = [wanted[at], made[at]];
    return proposal && rule && draft.verdict !== 'error' ? [suggestionOf(proposal, rule, draft)] : [];
  });
}

/** A rule of the same kind on the same columns is there: its parameters are the analyst's. */
function isSame(
  { kind, params }: CheckRule,
  other: string,
  wanted: Readonly<Record<string, unknown>>,
): boolean {
  if (kind !== other) return false;
  const marks = (of: Readonly<Record<string, unknown>>) => {
    const named = checkDefinition(kind).marks(of);
    return JSON.stringify(named.length > 0 ? named : of);
  };
  try {
    return marks(params) === marks(wanted);
  } catch {
    return false;
  }
}

function suggestionOf(proposal: Proposal, rule: CheckRule, draft: Draft): Suggestion {
  const { table, says, verdict, badRows, rowsRead, value, unit } = draft;
  const broken = rowsRead === 0 ? 0 : badRows / rowsRead;
  // What many rows break is a fact of the data rather than an error in it.
  const rank = Math.round(1000 * proposal.trust * (1 - Math.min(1, broken * 8))) / 1000;
  const { reason, support } = proposal;
  const rounded = Math.round(support * 10_000) / 10_000;
  return {
    table,
    rule,
    says,
    class: draft.class,
    reason,
    support: rounded,
    rank,
    verdict,
    badRows,
    rowsRead,
    value,
    unit,
  };
}
