import { refText } from '../../../../shared/pipeline-graph.ts';
import { ident, toText } from '../../../../shared/sql.ts';
import { inputsOf, selectOf } from '../plan/compile.ts';
import { columnsAt, isStuck, outputsOf, type Plan, type PlannedStep, withoutOrder } from '../plan/plan.ts';
import type { Surroundings } from '../plan/plan-pipeline.ts';
import { queryLineage } from './query-lineage.ts';
import { origin, type Reach, together } from './reach.ts';
import type { Columns } from './scope.ts';

/** How every column came about, by its name in a reach. */
export type Lineage = ReadonlyMap<string, Reach>;

/** A table's name among relations. */
export const tableNode = (table: string): string => `table ${table}`;

/** A file's name among relations, as it is written where it is read or made. */
export const fileNode = (file: string): string => `file ${file}`;

/** The name of a step's output among relations. */
export const stepNode = (pipeline: string, ref: string): string => `step ${pipeline}/${ref}`;

const stepSchema = 'step';

/** How the columns of every step of a pipeline came about, and those of the tables and files it writes. */
export function pipelineLineage(asRun: Plan, around: Surroundings): Lineage {
  const plan = withoutOrder(asRun);
  const found = new Map<string, Reach>();
  const rows: RowsOf = new Map();
  for (const planned of plan.steps.values()) {
    if (isStuck(planned)) continue;
    for (const ref of outputsOf(planned)) noteOutput(plan, around, planned, refText(ref), { found, rows });
    const table = planned.definition?.writes?.(planned.params as never);
    if (table !== undefined) noteWritten(plan, planned, tableNode(table), found);
    const to = planned.definition?.exports?.(planned.params as never);
    if (to) noteWritten(plan, planned, fileNode(to.file), found);
  }
  return found;
}

/** What decided over which rows an output has, whatever column is asked for. */
type RowsOf = Map<string, ReadonlySet<string>>;

function noteOutput(
  plan: Plan,
  around: Surroundings,
  planned: PlannedStep,
  ref: string,
  { found, rows }: { readonly found: Map<string, Reach>; readonly rows: RowsOf },
): void {
  const { name } = plan.pipeline;
  const output = ref.split('.')[1] ?? 'rows';
  const inputs = inputsOf(plan, planned, (input) => ident(stepSchema, refText(input)));
  const select = selectOf(planned, { step: planned.step.id, output }, inputs);
  const read = new Map<string, Columns>();
  const columns =
    queryLineage(toText(select), (schema, relation) => {
      const known = knownColumns(plan, around, schema, relation);
      if (schema === stepSchema && known) read.set(relation, known);
      return known;
    }) ?? [];
  const told = columns.map(([column, reach]) => [column, withRows(reach, read, rows)] as const);
  for (const [column, reach] of told) found.set(origin(stepNode(name, ref), column), reach);
  const own = told.map(([, { influence }]) => influence);
  const [first = new Set<string>(), ...others] = own;
  const common = [...first].filter((node) => others.every((influence) => influence.has(node)));
  rows.set(ref, new Set([...common, ...[...read.keys()].flatMap((input) => [...(rows.get(input) ?? [])])]));
}

/** A column that names none of an input, as a count of rows does, follows from what decided over those rows all the same. */
function withRows(reach: Reach, read: ReadonlyMap<string, Columns>, rows: RowsOf): Reach {
  const names = (columns: Columns) =>
    columns.some(([, { value }]) =>
      [...value].some((node) => reach.value.has(node) || reach.influence.has(node)),
    );
  const more = [...read].flatMap(([input, columns]) => (names(columns) ? [] : [...(rows.get(input) ?? [])]));
  return more.length === 0 ? reach : { ...reach, influence: new Set([...reach.influence, ...more]) };
}

function knownColumns(
  plan: Plan,
  around: Surroundings,
  schema: string | undefined,
  relation: string,
): Columns | undefined {
  if (schema === stepSchema) {
    const [step = '', output = 'rows'] = relation.split('.');
    return own(stepNode(plan.pipeline.name, relation), columnsAt(plan, { step, output }));
  }
  return knownAround(around)(schema, relation);
}

/** The columns of a table, or of a view as what its own SELECT makes of tables. */
export const knownAround =
  (around: Surroundings) =>
  (schema: string | undefined, relation: string): Columns | undefined => {
    if (schema !== undefined && schema !== 'public') return undefined;
    const view = around.views.get(relation);
    if (view) return queryLineage(view.definition, knownAround(around));
    const table = around.tables.get(relation);
    return table && own(tableNode(relation), table.columns);
  };

const own = (node: string, columns: readonly { readonly name: string }[]): Columns =>
  columns.map(({ name }) => [name, { value: new Set([origin(node, name)]), influence: new Set() }] as const);

/** Several steps may write to one place over time; what each put there counts. */
function noteWritten(
  plan: Plan,
  { step, columns }: PlannedStep,
  node: string,
  found: Map<string, Reach>,
): void {
  for (const { name } of columns) {
    const to = origin(node, name);
    const reach: Reach = {
      value: new Set([origin(stepNode(plan.pipeline.name, step.id), name)]),
      influence: new Set(),
    };
    const before = found.get(to);
    found.set(to, before ? together([before, reach]) : reach);
  }
}
