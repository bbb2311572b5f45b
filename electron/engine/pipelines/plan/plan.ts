import type { Column } from '../../../../shared/column.ts';
import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { rejectsOf, type StepDefinition } from '../../../../shared/define-step.ts';
import { parseRef, type StepRef } from '../../../../shared/pipeline-graph.ts';
import type { Problem } from '../../../../shared/problem.ts';
import type { FunctionTraits } from '../sql/function-traits.ts';
import type { KnownView, ReadableTable } from './known-tables.ts';

/** A step with everything known about it before it runs. */
export interface PlannedStep {
  readonly step: PipelineStep;
  /** What messages call it. */
  readonly title: string;
  readonly definition?: StepDefinition;
  /** Complete and valid, where the step has no problems. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: readonly StepRef[];
  readonly columns: readonly Column[];
  readonly problems: readonly Problem[];
  readonly blockedBy?: string;
}

/** A pipeline as it would run now. */
export interface Plan {
  readonly pipeline: Pipeline;
  readonly tables: ReadonlyMap<string, ReadableTable>;
  readonly views: ReadonlyMap<string, KnownView>;
  readonly traits: FunctionTraits;
  readonly renamed?: ReadonlyMap<string, string>;
  readonly circular: ReadonlySet<string>;
  /** Set for a run of a pipeline that reads only what is new: whether it does, or reads all and writes anew. */
  readonly read?: 'new' | 'all';
  /** Steps whose rows something after them takes in their order. */
  readonly ordered?: ReadonlySet<string>;
  /** By id, each after those it reads. */
  readonly steps: ReadonlyMap<string, PlannedStep>;
}

/** True where a step cannot run, by its own fault or another's. */
export const isStuck = ({ problems, blockedBy }: PlannedStep): boolean =>
  problems.length > 0 || blockedBy !== undefined;

/** The columns of one output of a planned step. */
export function columnsAt(plan: Plan, { step, output }: StepRef): readonly Column[] {
  const planned = plan.steps.get(step);
  if (output === 'rows' || !planned?.definition) return planned?.columns ?? [];
  const rejects = rejectsOf(planned.definition).get(output);
  const origin = rejects && planned.inputs[rejects.input ?? 0];
  return origin ? columnsAt(plan, origin) : [];
}

/** What a step may name: columns that come to it, tables and views. */
export const namesBefore = (plan: Plan, { inputs }: PipelineStep): string[] => [
  ...inputs.flatMap((input) => columnsAt(plan, parseRef(input)).map(({ name }) => name)),
  ...plan.tables.keys(),
  ...plan.views.keys(),
];

/** Every output of a step, that of its rows first. */
export const outputsOf = ({ step, definition }: PlannedStep): StepRef[] =>
  ['rows', ...(definition ? rejectsOf(definition).keys() : [])].map((output) => ({ step: step.id, output }));

/** A plan whose SQL only says what comes from what: the places of rows are no column of anything. */
export const withoutOrder = ({ ordered: _ordered, ...plan }: Plan): Plan => plan;
