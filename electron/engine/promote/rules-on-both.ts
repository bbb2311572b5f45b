import { type Column, rowColumn, userColumns } from '../../../shared/column.ts';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { ident, names, type Sql, sql } from '../../../shared/sql.ts';
import { planRule } from '../checks/plan-rule.ts';
import { listRules } from '../checks/rule-files.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import { columnsThere } from './column-list.ts';
import type { PromotedObject } from './objects.ts';
import type { TargetSession } from './target-session.ts';

/** Rules of a table by name. */
export type RulesOf = (table: string) => readonly CheckRule[];

/** How many rows break each rule, `null` where it cannot be evaluated. */
export type BadRows = ReadonlyMap<string, number | null>;

/**
 * How many rows break each rule on the target. A promoted table has no `_row`, which rules count by: temporary views
 * under the tables' names add one for as long as the rules run, so that the very same SQL runs on both sides.
 */
export async function badRowsThere(
  session: TargetSession,
  objects: readonly PromotedObject[],
  schemaOf: (object: PromotedObject) => string,
  rulesOf: RulesOf,
): Promise<ReadonlyMap<string, BadRows>> {
  const tables = objects.filter(({ kind }) => kind === 'table');
  const count = async (badRows: Sql) => (await session.query<{ bad: string }>(counted(badRows)))[0]?.bad;
  const present: { readonly name: string; readonly columns: readonly Column[] }[] = [];
  try {
    for (const object of tables) {
      const columns = userColumns(await columnsThere(session, schemaOf(object), object.name));
      present.push({ name: object.name, columns });
      await session.run(numberedView(object.name, schemaOf(object), columns));
    }
    const found = new Map<string, BadRows>();
    for (const table of present) found.set(table.name, await badRows(table, rulesOf(table.name), count));
    return found;
  } finally {
    for (const { name } of present) {
      await session.run(sql`drop view if exists ${ident('pg_temp', name)} cascade`).catch(() => {});
    }
  }
}

/** A workspace that was promoted to has numbered the rows itself; its numbers are left out. */
const numberedView = (name: string, schema: string, columns: readonly Column[]) =>
  sql`create temporary view ${ident(name)} as select row_number() over () as ${ident(rowColumn)},
    ${names(columns.map((column) => column.name))} from ${ident(schema, name)}`;

const counted = (badRows: Sql) => sql`select count(*)::text as bad from (${badRows}) as bad_rows`;

/** The same, in this workspace. */
export async function badRowsHere(
  database: Database,
  { name, columns }: PromotedObject,
  rules: readonly CheckRule[],
  signal: AbortSignal,
): Promise<BadRows> {
  const turn = { title: `Checking ${name}`, priority: 'background' as const, signal };
  const count = (statement: Sql) =>
    database.use(turn, async (session) => (await session.one<{ bad: string }>(counted(statement))).bad);
  return badRows({ name, columns }, rules, count);
}

async function badRows(
  { name, columns }: Pick<PromotedObject, 'name' | 'columns'>,
  rules: readonly CheckRule[],
  count: (badRows: Sql) => Promise<string | undefined>,
): Promise<BadRows> {
  const found = new Map<string, number | null>();
  for (const rule of rules) {
    const plan = planRule(rule, name, [{ name: '_row', type: 'bigint' }, ...columns]);
    if (plan.by === 'columns') found.set(rule.id, plan.differences.length);
    else if (plan.by === 'nothing') found.set(rule.id, null);
    else found.set(rule.id, Number(await count(plan.badRows).catch(noAnswerFromSql)));
  }
  return new Map([...found].map(([id, bad]) => [id, Number.isNaN(bad) ? null : bad]));
}

function noAnswerFromSql(thrown: unknown): undefined {
  const code = (thrown as { problem?: { code?: string; at?: { sqlstate?: string } } }).problem;
  if (code?.at?.sqlstate === undefined) throw thrown;
  return undefined;
}

/** The rules of the workspace. */
export async function readRules(context: Context): Promise<RulesOf> {
  const rules = new Map(
    (await listRules(context.workspace.path('checks'))).map(({ table, rules: own }) => [table, own]),
  );
  return (table) => rules.get(table) ?? [];
}
