import { rowColumn } from '../../../../shared/column.ts';
import { suffixedName } from '../../../../shared/column-names.ts';
import { rejectsOf, type StepInput } from '../../../../shared/define-step.ts';
import { inputNames, nameInSql, parseRef, refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { ReadableTable } from './known-tables.ts';
import { columnsAt, outputsOf, type Plan, type PlannedStep } from './plan.ts';
import { adding, type Tallies, type Tally, tallied } from './tally.ts';

/** What was computed already: an edge's text, and where its rows stand. */
export type Held = ReadonlyMap<string, Sql>;

/**
 * One SELECT of a step's output from the tables on: each step before it is a WITH of its own, which PostgreSQL merges
 * into its reader, or computes once where it has several. What is held is read from where it stands.
 */
export function compile(plan: Plan, target: StepRef, held: Held = new Map()): Sql {
  const names = withNames(plan);
  const from = (ref: StepRef) => held.get(refText(ref)) ?? ident(names.get(refText(ref)) ?? ref.step);
  const parts = needed(plan, target, held).map((ref) => {
    const planned = known(plan, ref);
    const select = selectOf(planned, ref, inputsOf(plan, planned, from));
    return sql`${ident(names.get(refText(ref)) ?? ref.step)} as (
${select}
)`;
  });
  return sql`with ${join(
    parts,
    sql`,
`,
  )}
select *
from ${from(target)}`;
}

/** The same as one SELECT within another, the rows of some outputs counted on their way. For a run, not for people. */
export function compileNested(plan: Plan, target: StepRef, held: Held, tallies: Tallies): Sql {
  const from = (ref: StepRef): Sql =>
    held.get(refText(ref)) ??
    sql`(
${body(ref)}
)`;
  const body = (ref: StepRef): Sql => {
    const planned = known(plan, ref);
    const inside =
      ref.output === 'rows' ? [...tallies.values()].find(({ within }) => within === ref.step) : undefined;
    const select = inside
      ? countedWithin(plan, planned, held, inputsOf(plan, planned, from), inside)
      : selectOf(planned, ref, inputsOf(plan, planned, from));
    const own = tallies.get(refText(ref));
    return own === undefined || own.within !== undefined ? select : tallied(select, own);
  };
  const there = held.get(refText(target));
  return there ? sql`select * from ${there}` : body(target);
}

/** A step's rows with rows counted within its SELECT; OFFSET keeps conditions below and above from mixing with the count. */
function countedWithin(
  plan: Plan,
  { definition, params, inputs: [first] }: PlannedStep,
  held: Held,
  inputs: readonly StepInput[],
  tally: Tally,
): Sql {
  const { counting } = definition ?? {};
  const open = counting?.of === 'input' || (first && isPlain(plan, first, held));
  const fenced = inputs.map((input) => ({
    ...input,
    from: open ? input.from : sql`(select * from ${input.from} as input offset 0)`,
  }));
  const select = counting?.sql(fenced, params as never, adding(tally)) ?? sql``;
  return sql`select * from (
${select}
offset 0) as counted`;
}

/** True where nothing on the way from a table decides over rows. */
function isPlain(plan: Plan, ref: StepRef, held: Held): boolean {
  const { definition, inputs } = known(plan, ref);
  const [first] = inputs;
  if (held.has(refText(ref)) || definition?.reads) return true;
  return !!definition?.rowByRow && !!first && inputs.length === 1 && isPlain(plan, first, held);
}

/** One output of a step over these inputs. */
export function selectOf(
  { definition, params, title }: PlannedStep,
  { output }: StepRef,
  inputs: readonly StepInput[],
): Sql {
  if (output === 'rows' && definition) return definition.sql(inputs, params as never);
  const rejects = definition && rejectsOf(definition).get(output);
  if (rejects) return rejects.sql(inputs, params as never);
  throw problem('bad_input', `"${title}" has no output called "${output}".`);
}

/** The inputs of a step, each standing where `from` says; a step that reads a table gets that table. */
export function inputsOf(
  plan: Plan,
  { step, definition, params, inputs }: PlannedStep,
  from: (ref: StepRef) => Sql,
): StepInput[] {
  const inOrder = plan.ordered?.has(step.id) ?? false;
  const reads = definition?.reads?.(params as never);
  if (reads !== undefined) {
    const table = plan.tables.get(reads);
    const at = table?.at ?? ident('public', reads);
    const pieces = inOrder ? orderOf(table, definition?.onlyAfter?.(params as never)) : [];
    const from = pieces.length > 0 ? sql`(select * from ${at} as input order by ${join(pieces)})` : at;
    return [{ name: reads, columns: table?.columns ?? [], from }];
  }
  const called = inputNames(step);
  return inputs.map((ref, at) => ({
    name: called[at] ?? nameInSql(ref),
    columns: columnsAt(plan, ref),
    from: from(ref),
    inOrder,
  }));
}

/** By the addresses of rows; first by the column that tells which rows are new, where only those are read. */
function orderOf(table: ReadableTable | undefined, since: string | undefined): Sql[] {
  const place = table?.addressed ? ident(rowColumn) : undefined;
  if (since === undefined) return place ? [place] : [];
  return [sql`${ident(since)} nulls first`, place ?? sql`(input.*)::text`];
}

function known(plan: Plan, { step }: StepRef): PlannedStep {
  const planned = plan.steps.get(step);
  if (planned) return planned;
  throw problem('not_found', `There is no step "${step}".`, {
    hint: `Steps: ${[...plan.steps.keys()].join(', ')}.`,
  });
}

/** What `target` is made from and not held, each after what it reads. */
function needed(plan: Plan, target: StepRef, held: Held): StepRef[] {
  const found = new Map<string, StepRef>();
  const visit = (ref: StepRef) => {
    const text = refText(ref);
    if (found.has(text) || held.has(text)) return;
    known(plan, ref).inputs.forEach(visit);
    found.set(text, ref);
  };
  visit(target);
  return [...found.values()];
}

/** Names for WITH that no table of the workspace has, because SQL steps may read those. */
function withNames({ steps, tables }: Plan): ReadonlyMap<string, string> {
  const taken = new Set(tables.keys());
  const texts = [...steps.values()].flatMap((planned) => outputsOf(planned).map(refText));
  return new Map(
    texts.map((text) => {
      const wanted = nameInSql(parseRef(text));
      const name = taken.has(wanted) ? suffixedName(wanted, '_rows', taken) : wanted;
      taken.add(name);
      return [text, name];
    }),
  );
}
