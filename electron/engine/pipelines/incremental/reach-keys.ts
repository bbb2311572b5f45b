import { createHash } from 'node:crypto';
import { refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { ident, toText } from '../../../../shared/sql.ts';
import { queryLineage } from '../lineage/query-lineage.ts';
import { origin, originOf, type Reach } from '../lineage/reach.ts';
import type { Columns } from '../lineage/scope.ts';
import { inputsOf, selectOf } from '../plan/compile.ts';
import { keepsRowCount } from '../plan/count-rules.ts';
import { columnsAt, isStuck, outputsOf, type Plan, type PlannedStep, withoutOrder } from '../plan/plan.ts';
import { formulasOf } from '../sql/formulas.ts';
import { ownTargets } from '../sql/own-targets.ts';
import { isPlain } from '../sql/plain-sql.ts';
import { takesWholeRows } from '../sql/whole-rows.ts';
import type { StepKey } from './step-keys.ts';

/** What an output follows from: which rows there are and in which order, and each column's values. */
interface Output {
  readonly rows: string;
  readonly columns: ReadonlyMap<string, string>;
}

/**
 * A key for each step that is another one only where a change can reach its rows: columns that nothing after uses do not
 * count. Two that are equal give equal rows.
 */
export function reachKeys(asRun: Plan, keys: ReadonlyMap<string, StepKey>): ReadonlyMap<string, string> {
  const plan = withoutOrder(asRun);
  const outputs = new Map<string, Output>();
  const found = new Map<string, string>();
  for (const planned of plan.steps.values()) {
    const key = keys.get(planned.step.id);
    if (!key || isStuck(planned) || planned.inputs.some((ref) => !outputs.has(refText(ref)))) continue;
    for (const ref of outputsOf(planned))
      outputs.set(refText(ref), outputOf(plan, planned, ref, key, outputs));
    const { rows, columns } = outputs.get(planned.step.id) as Output;
    found.set(planned.step.id, hash([ownOf(key), rows, [...columns]]));
  }
  return found;
}

const hash = (parts: unknown): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** A step's own part in its key: all but what it reads from, and parameters that are told apart. */
const ownOf = (
  { from: { kind, definition, params, reads, asks } }: StepKey,
  without: readonly string[] = [],
) => [kind, definition, Object.entries(params).filter(([name]) => !without.includes(name)), reads, asks];

function outputOf(
  plan: Plan,
  planned: PlannedStep,
  ref: StepRef,
  key: StepKey,
  outputs: ReadonlyMap<string, Output>,
): Output {
  const names = columnsAt(plan, ref).map(({ name }) => name);
  const { definition, params } = planned;
  if (definition?.reads) {
    const { kind, reads, asks } = key.from;
    const rows = hash([kind, key.from.definition, reads, asks, definition.onlyAfter?.(params as never)]);
    return { rows, columns: new Map(names.map((name) => [name, hash([rows, name])])) };
  }
  const before = planned.inputs.map((input) => outputs.get(refText(input)) as Output);
  const select = toText(
    selectOf(
      planned,
      ref,
      inputsOf(plan, planned, (input) => ident('step', refText(input))),
    ),
  );
  const lineage = queryLineage(select, (schema, relation) => inputColumns(schema, relation, outputs));
  const everything = hash([ownOf(key), ref.output, before.map(({ rows, columns }) => [rows, [...columns]])]);
  const named = lineage?.map(([name]) => name).join('\n') === names.join('\n');
  const told = named && isPlainlyWritten(plan, planned) && !hidden.test(select) && !takesWholeRows(select);
  if (!lineage || !told)
    return { rows: everything, columns: new Map(names.map((name) => [name, hash([everything, name])])) };
  const made = { plan, planned, ref, key, before, outputs, lineage, select };
  return (ref.output === 'rows' && oneForOne(made)) || rowsApart(made);
}

/** What a person wrote is read column by column only where it is simple enough for that to be sure. */
const isPlainlyWritten = ({ traits }: Plan, { definition, params }: PlannedStep): boolean =>
  formulasOf(definition?.params ?? {}, params).every(
    ({ written }) => isPlain(written) && !traits.makesRows(written),
  );

/** What decides over rows without a column being named for it. */
const hidden = /\bnatural\b|\b(limit|offset|fetch)\s*\(/i;

interface Made {
  readonly plan: Plan;
  readonly planned: PlannedStep;
  readonly ref: StepRef;
  readonly key: StepKey;
  readonly before: readonly Output[];
  readonly outputs: ReadonlyMap<string, Output>;
  readonly lineage: Columns;
  readonly select: string;
}

/** Columns of what a step reads, each coming from itself. */
function inputColumns(
  schema: string | undefined,
  relation: string,
  outputs: ReadonlyMap<string, Output>,
): Columns | undefined {
  if (schema !== 'step') return undefined;
  const columns = outputs.get(relation)?.columns;
  return (
    columns &&
    [...columns.keys()].map(
      (name) => [name, { value: new Set([origin(relation, name)]), influence: new Set() }] as const,
    )
  );
}

/** Each row comes from one row: what a column follows from is its own expression and what that reaches. */
function oneForOne({ plan, planned, key, before, outputs, lineage, select }: Made): Output | undefined {
  const [input, ...others] = before;
  const targets = ownTargets(select);
  if (!input || others.length > 0 || !targets || !keepsRowCount(plan, planned)) return undefined;
  if (!planned.definition?.rowByRow) return undefined;
  const { reads } = key.from;
  const columns = lineage.map(([name, reach]) => {
    const target = targets.get(name);
    const passed = target === undefined ? input.columns.get(name) : undefined;
    return [name, passed ?? hash([target, reads, reached(reach, outputs, true)])] as const;
  });
  return { rows: input.rows, columns: new Map(columns) };
}

/**
 * Which rows there are follows from the setting, without columns that are computed apart, and from what decides; or from
 * all that is used, where rows come of values.
 */
function rowsApart({ plan, planned, ref, key, before, outputs, lineage, select }: Made): Output {
  const ofValues =
    !keepsRowCount(plan, planned) && (plan.traits.changesRowCount(select) || /\bdistinct\b/i.test(select));
  const { param = '', also = [] } = planned.definition?.apart ?? {};
  const entries = entriesApart(planned, ownOf(key, [param]));
  const decides = new Set(
    lineage
      .filter(([name]) => !entries.has(name))
      .flatMap(([, { value, influence }]) => [...(ofValues ? value : []), ...influence]),
  );
  const rows = hash([
    ownOf(key, [param, ...also]),
    ref.output,
    before.map((input) => input.rows),
    reached({ value: new Set(), influence: decides }, outputs, 'influence'),
  ]);
  const columns = lineage.map(
    ([name, reach]) => [name, hash([rows, name, entries.get(name), reached(reach, outputs, true)])] as const,
  );
  return { rows, columns: new Map(columns) };
}

/** What makes each of the columns that a step computes apart, by name; a column that comes in under the name is replaced. */
function entriesApart({ definition, params }: PlannedStep, own: unknown): ReadonlyMap<string, unknown> {
  if (!definition?.apart) return new Map();
  const { param, name } = definition.apart;
  const entries = params[param] as readonly unknown[];
  return new Map(entries.map((entry) => [name(entry as never), [own, entry]]));
}

/** The keys of the columns that a column reaches, in the order of their names: two that change places are a change. */
function reached(
  { value, influence }: Reach,
  outputs: ReadonlyMap<string, Output>,
  what: true | 'influence',
): string[] {
  const names = what === true ? [...value, ...influence] : [...influence];
  return [...new Set(names)].sort().map((text) => {
    const [relation, column] = originOf(text);
    return outputs.get(relation)?.columns.get(column) ?? text;
  });
}
