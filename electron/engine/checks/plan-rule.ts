import { type Column, rowColumn, userColumns } from '../../../shared/column.ts';
import { columnUses } from '../../../shared/column-uses.ts';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import {
  badRowsOf,
  type CheckDefinition,
  type CheckInput,
  type Metric,
} from '../../../shared/define-check.ts';
import type { JudgedRows } from '../../../shared/judged-rows.ts';
import { looksElsewhere } from '../../../shared/looks-elsewhere.ts';
import { mentionedColumns } from '../../../shared/mentioned-columns.ts';
import { schemaOf } from '../../../shared/params.ts';
import { type Problem, problem, toProblem } from '../../../shared/problem.ts';
import { checkDefinition, checks } from '../../../shared/registry.ts';
import { inWords } from '../../../shared/rule-words.ts';
import { expression, ident, type Sql, sql } from '../../../shared/sql.ts';
import { describe } from '../../../shared/wire.ts';
import { nearestName } from './nearest-name.ts';

/** How a rule is evaluated on a table of these columns. */
export type RulePlan =
  /** By its columns alone, which is done already. */
  | { readonly by: 'columns'; readonly differences: readonly string[]; readonly compared: number }
  /** By a condition on each row: counted together with others, over the table or a part of it. */
  | {
      readonly by: 'row';
      readonly breaks: Sql;
      /** Which cells of a bad row break it, where not all that are marked do. */
      readonly cells: Sql | undefined;
      readonly badRows: Sql;
      readonly where: Sql | undefined;
      /** The columns whose values alone decide; none where anything may. */
      readonly values: readonly string[];
      /** An aggregate that is true only where no row breaks it. */
      readonly sure: Sql | undefined;
      /** True where that is cheaper for it alone. */
      readonly sureAlone: boolean;
      readonly judged: JudgedRows | undefined;
      readonly remark: string | undefined;
    }
  /** By a SELECT of its own. */
  | {
      readonly by: 'query';
      readonly badRows: Sql;
      readonly count: Sql | undefined;
      readonly where: Sql | undefined;
      readonly judged: JudgedRows | undefined;
      /** How it compares, where a person has to know. */
      readonly remark: string | undefined;
    }
  /** By one value of the whole table. */
  | {
      readonly by: 'metric';
      readonly metric: Metric;
      readonly unit: string;
      /** True where the value tells nothing of the values it was made of. */
      readonly counts: boolean;
      readonly where: Sql | undefined;
    }
  /** Not before something is done. */
  | { readonly by: 'waiting'; readonly reason: string }
  /** Not at all. */
  | { readonly by: 'nothing'; readonly problem: Problem };

type Evaluable = Exclude<RulePlan, { by: 'waiting' }>;

/**
 * Plans a rule; one that cannot be evaluated says why. `table` is where it looks, found by the connection's search path,
 * or named by `naming` in each statement.
 */
export function planRule(
  rule: CheckRule,
  table: string,
  columns: readonly Column[],
  before: Pick<CheckInput, 'earlier' | 'loaded'> = {},
  naming: (statement: Sql) => Sql = (statement) => statement,
): Evaluable {
  try {
    const definition = checkDefinition(rule.kind);
    const params = parsed(definition, rule);
    refuseMissing(definition, params, columns, table);
    const where = rule.where?.trim() ? expression(rule.where) : undefined;
    if (where && definition.whole) {
      throw problem('bad_input', `"${definition.title}" takes no condition on rows.`, {
        hint: 'Write the condition into its query.',
      });
    }
    const row = ident(table);
    const input = { table, columns, from: fromOf(row, columns, where), row, ...before };
    return named(planned(definition, params, input, where, looksElsewhere(rule.where ?? '')), naming);
  } catch (thrown) {
    return { by: 'nothing', problem: toProblem(thrown) };
  }
}

function named(plan: Evaluable, naming: (statement: Sql) => Sql): Evaluable {
  if (plan.by === 'metric') return { ...plan, metric: { ...plan.metric, sql: naming(plan.metric.sql) } };
  if (!('badRows' in plan)) return plan;
  const badRows = naming(plan.badRows);
  return plan.by === 'row'
    ? { ...plan, badRows }
    : { ...plan, badRows, count: plan.count && naming(plan.count) };
}

/** The rows a rule is about, under the table's own name; a view's rows get an address for as long as they are looked at. */
function fromOf(row: Sql, columns: readonly Column[], where: Sql | undefined): Sql {
  const numbered = columns.some(({ name }) => name === rowColumn);
  const rows = numbered
    ? row
    : sql`(select row_number() over () as ${ident(rowColumn)}, * from ${row}) as ${row}`;
  return where ? sql`(select * from ${rows} where ${where}) as ${row}` : rows;
}

function parsed(definition: CheckDefinition, { params }: CheckRule): Record<string, unknown> {
  const result = schemaOf(definition.params).safeParse(params);
  if (result.success) return result.data;
  throw problem('bad_input', `The rule's parameters are wrong: ${describe(result.error)}.`, {
    hint: 'Edit the rule.',
  });
}

function refuseMissing(
  definition: CheckDefinition,
  params: Record<string, unknown>,
  columns: readonly Column[],
  table: string,
): void {
  const present = new Set(columns.map(({ name }) => name));
  const missing = columnUses(definition.params, params).find(
    ({ input, column }) => input === 0 && !present.has(column),
  );
  if (!missing) return;
  const now = nearestName(missing.column, columns);
  throw problem('not_found', `The table "${table}" has no column "${missing.column}".`, {
    hint:
      now === undefined
        ? 'It was dropped or renamed: edit the rule, or bring the column back.'
        : `It may be called "${now}" now: edit the rule, or bring the column back.`,
    at: { table, column: missing.column },
  });
}

function planned(
  definition: CheckDefinition,
  params: Record<string, unknown>,
  input: CheckInput,
  where: Sql | undefined,
  farWhere: boolean,
): Evaluable {
  const { differences, compared, breaks, beyondRow, count, metric, unit } = definition;
  if (differences) {
    const found = differences(input.columns, params);
    return { by: 'columns', differences: found, compared: compared?.(input.columns, params) ?? found.length };
  }
  if (metric) {
    const measured = { metric: metric(input, params), unit: unit?.(params) ?? '' };
    return { by: 'metric', ...measured, counts: definition.counts?.(params) ?? false, where };
  }
  const badRows = badRowsOf(definition, input, params);
  const judged = definition.judges?.(input, params);
  const remark = definition.remark?.(input.columns, params);
  if (!breaks || beyondRow?.(params) || farWhere) {
    return { by: 'query', badRows, count: count?.(input, params), where, judged, remark };
  }
  const values = definition.byValue && !where ? definition.marks(params) : [];
  const sure = where ? undefined : definition.sure?.(input, params);
  return {
    by: 'row',
    breaks: breaks(input, params),
    cells: definition.cells?.(input, params),
    badRows,
    where,
    values,
    sure,
    sureAlone: sure !== undefined && definition.sureAlone === true,
    judged,
    remark,
  };
}

/** The rule in words, the columns it marks and its class; for a rule that cannot be understood, what is known. */
export function describeRule(rule: CheckRule, columns: readonly Column[]) {
  const { kind, params, description } = rule;
  const definition = checks.get(kind);
  const known = definition && schemaOf(definition.params).safeParse(params);
  if (!definition || !known?.success) {
    return { says: description ?? kind, marks: [], class: definition?.class ?? ('business rule' as const) };
  }
  const marks = definition.marks(known.data);
  return {
    says: inWords(definition, known.data, rule.where),
    marks: marks.length > 0 ? marks : mentioned(definition, known.data, columns),
    class: definition.class,
  };
}

/** For a kind that names no columns: those that its expressions are about. */
function mentioned(
  definition: CheckDefinition,
  params: Record<string, unknown>,
  columns: readonly Column[],
): readonly string[] {
  const names = userColumns(columns).map(({ name }) => name);
  const written = Object.entries(definition.params).filter(([, { is }]) => is === 'expression');
  return mentionedColumns(written.map(([name]) => String(params[name])).join(' '), names);
}
