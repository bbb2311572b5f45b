import { type Column, rowColumn, userColumns } from '../../../../shared/column.ts';
import { columnUses } from '../../../../shared/column-uses.ts';
import type { CheckRule } from '../../../../shared/contract/checks.ts';
import type { Metric } from '../../../../shared/define-check.ts';
import { mentionedColumns } from '../../../../shared/mentioned-columns.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { checks } from '../../../../shared/registry.ts';
import { ident, names, type Sql, sql } from '../../../../shared/sql.ts';
import { withoutValues } from '../../checks/masked-problem.ts';
import { planRule } from '../../checks/plan-rule.ts';
import { listRules } from '../../checks/rule-files.ts';
import { verdictOfValue } from '../../checks/verdict.ts';
import type { Context } from '../../context.ts';
import type { Database } from '../../database/database.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { columnsThere } from '../objects/column-list.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { PlaceThere } from './evidence.ts';

/** Rules of a table by name. */
export type RulesOf = (table: string) => readonly CheckRule[];

/** How many rows break each rule, or why it cannot be evaluated. */
export type BadRows = ReadonlyMap<string, number | Problem>;

/**
 * How many rows break each rule on the target. A promoted table has no `_row`, which rules count by: temporary views
 * under the tables' names add one for as long as the rules run, so that the very same SQL runs on both sides.
 */
export async function badRowsThere(
  session: TargetSession,
  objects: readonly PromotedObject[],
  where: (object: PromotedObject) => PlaceThere,
  rulesOf: RulesOf,
): Promise<ReadonlyMap<string, BadRows>> {
  const tables = objects.filter(({ kind }) => kind !== 'collection');
  const asked = {
    count: async (badRows: Sql) => (await session.query<{ bad: string }>(counted(badRows)))[0]?.bad,
    measure: async (metric: Sql) => (await session.query<{ value: number | null }>(metric))[0]?.value,
  };
  const present: { readonly object: PromotedObject; readonly columns: readonly Column[] }[] = [];
  try {
    for (const object of tables) {
      const { schema, from } = where(object);
      const columns = userColumns(await columnsThere(session, schema, object.name));
      present.push({ object, columns });
      await session.run(numberedView(object.name, from, columns));
    }
    const found = new Map<string, BadRows>();
    for (const { object, columns } of present) {
      const rules = comparableRules(object, rulesOf);
      found.set(object.name, await badRows({ name: object.name, columns }, rules, asked));
    }
    return found;
  } finally {
    for (const { object } of present) {
      const { name } = object;
      await session.run(sql`drop view if exists ${ident('pg_temp', name)} cascade`).catch(() => {});
    }
  }
}

/** A workspace that was promoted to has numbered the rows itself; its numbers are left out. */
const numberedView = (name: string, from: Sql, columns: readonly Column[]) =>
  sql`create temporary view ${ident(name)} as select row_number() over () as ${ident(rowColumn)},
    ${names(columns.map((column) => column.name))} from ${from}`;

const counted = (badRows: Sql) => sql`select count(*)::text as bad from (${badRows}) as bad_rows`;

/** The same, in this workspace; a view has no rows with addresses here either. */
export async function badRowsHere(
  database: Database,
  object: PromotedObject,
  rules: readonly CheckRule[],
  signal: AbortSignal,
): Promise<BadRows> {
  const { name, columns, from } = object;
  const turn = { title: `Checking ${name}`, priority: 'background' as const, signal };
  const asked = (one: <Row>(statement: Sql) => Promise<Row>): Asked => ({
    count: async (statement) => (await one<{ bad: string }>(counted(statement))).bad,
    measure: async (statement) => (await one<{ value: number | null }>(statement)).value,
  });
  if (object.kind !== 'view' || rules.length === 0) {
    const alone = <Row>(statement: Sql) => database.use(turn, (session) => session.one<Row>(statement));
    return badRows({ name, columns }, rules, asked(alone));
  }
  return database.use(turn, async (session) => {
    await session.run(numberedView(name, from, columns));
    try {
      return await badRows(
        { name, columns },
        rules,
        asked((statement) => session.one(statement)),
      );
    } finally {
      await session.run(sql`drop view if exists ${ident('pg_temp', name)}`).catch(() => {});
    }
  });
}

/** How either side is asked. */
interface Asked {
  readonly count: (badRows: Sql) => Promise<string | undefined>;
  readonly measure: (metric: Sql) => Promise<number | null | undefined>;
}

/** Rules of a table without those on columns that are masked or stay here, or whose conditions and queries name one. */
export const comparableRules = ({ name, hidden }: PromotedObject, rulesOf: RulesOf): readonly CheckRule[] =>
  hidden.length === 0 ? rulesOf(name) : rulesOf(name).filter((rule) => !isAbout(rule, hidden));

function isAbout({ kind, params, where }: CheckRule, hidden: readonly string[]): boolean {
  const definition = checks.get(kind);
  if (!definition) return false;
  const { params: shape } = definition;
  const used = columnUses(shape, params).flatMap(({ input, column }) => (input === 0 ? [column] : []));
  const written = Object.entries(shape).flatMap(([param, { is }]) =>
    is === 'expression' || is === 'query' ? [String(params[param] ?? '')] : [],
  );
  const named = [where ?? '', ...written].flatMap((text) => mentionedColumns(text, hidden));
  return [...definition.marks(params as never), ...used, ...named].some((column) => hidden.includes(column));
}

/** Rules that need this workspace's history or a collection of it, or an extension that a server may lack, are judged here alone: by the gates. */
const isComparable = ({ kind, params }: CheckRule) => {
  const definition = checks.get(kind);
  if (definition?.collection?.(params as never) !== undefined) return false;
  return !definition?.remembers && definition?.needs === undefined;
};

async function badRows(
  { name, columns }: Pick<PromotedObject, 'name' | 'columns'>,
  rules: readonly CheckRule[],
  { count, measure }: Asked,
): Promise<BadRows> {
  const found = new Map<string, number | Problem>();
  for (const rule of rules.filter(isComparable)) {
    const plan = planRule(rule, name, [{ name: '_row', type: 'bigint' }, ...columns]);
    if (plan.by === 'columns') found.set(rule.id, plan.differences.length);
    else if (plan.by === 'nothing') found.set(rule.id, plan.problem);
    else if (plan.by === 'metric') found.set(rule.id, await breaches(rule, plan.metric, measure));
    else found.set(rule.id, await count(plan.badRows).then(Number, whyOfSql));
  }
  return found;
}

/** 1 where what a rule measures is outside of its limits. */
async function breaches(
  rule: CheckRule,
  metric: Metric,
  measure: Asked['measure'],
): Promise<number | Problem> {
  const value = await measure(metric.sql).catch(whyOfSql);
  if (typeof value === 'object' && value !== null) return value;
  return value === null || value === undefined || verdictOfValue(value, metric, rule) === 'pass' ? 0 : 1;
}

/** What SQL says against a rule, without the values that it quotes: they may be private. */
function whyOfSql(thrown: unknown): Problem {
  const failed = (thrown as { problem?: Problem }).problem;
  if (failed?.at?.sqlstate === undefined) throw thrown;
  return withoutValues(failed, anyColumn);
}

const anyColumn: ReadonlySet<string> = new Set(['any']);

/** The rules of the workspace. */
export async function readRules(context: Context): Promise<RulesOf> {
  const rules = new Map(
    (await listRules(context.workspace.path('checks'))).map(({ table, rules: own }) => [table, own]),
  );
  return (table) => rules.get(table) ?? [];
}
