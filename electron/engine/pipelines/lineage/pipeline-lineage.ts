import { refText } from '../../../../shared/pipeline-graph.ts';
import { ident, toText } from '../../../../shared/sql.ts';
import { inputsOf, selectOf } from '../compile.ts';
import { columnsAt, isStuck, outputsOf, type Plan, type PlannedStep, withoutOrder } from '../plan.ts';
import type { Surroundings } from '../plan-pipeline.ts';
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
  for (const planned of plan.steps.values()) {
    if (isStuck(planned)) continue;
    for (const ref of outputsOf(planned)) noteOutput(plan, around, planned, refText(ref), found);
    const table = planned.definition?.writes?.(planned.params as never);
    if (table !== undefined) noteWritten(plan, planned, tableNode(table), found);
    const to = planned.definition?.exports?.(planned.params as never);
    if (to) noteWritten(plan, planned, fileNode(to.file), found);
  }
  return found;
}

function noteOutput(
  plan: Plan,
  around: Surroundings,
  planned: PlannedStep,
  ref: string,
  found: Map<string, Reach>,
): void {
  const { name } = plan.pipeline;
  const output = ref.split('.')[1] ?? 'rows';
  const inputs = inputsOf(plan, planned, (input) => ident(stepSchema, refText(input)));
  const select = selectOf(planned, { step: planned.step.id, output }, inputs);
  const columns =
    queryLineage(toText(select), (schema, relation) => knownColumns(plan, around, schema, relation)) ?? [];
  for (const [column, reach] of columns) found.set(origin(stepNode(name, ref), column), reach);
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
