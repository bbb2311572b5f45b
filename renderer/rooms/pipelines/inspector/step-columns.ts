import type { Column } from '../../../../shared/column.ts';
import type { Pipeline, PipelineStep, StepSchema } from '../../../../shared/contract/pipelines.ts';
import type { Table } from '../../../../shared/contract/tables.ts';
import { rejectsOf } from '../../../../shared/define-step.ts';
import { nameInSql, parseRef, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';

/** The columns of each input of a step, as far as they are known; for a step that reads a table, those of the table. */
export function inputColumns(
  pipeline: Pipeline,
  schemas: ReadonlyMap<string, StepSchema>,
  id: string,
  tables: readonly Table[],
): readonly (readonly Column[])[] {
  const step = pipeline.steps.find((other) => other.id === id);
  const reads = steps.get(step?.kind ?? '')?.reads?.((step?.params ?? {}) as never);
  if (reads !== undefined) return [tables.find(({ name }) => name === reads)?.columns ?? []];
  return (step?.inputs ?? []).map((input) => columnsAt(pipeline, schemas, parseRef(input)));
}

/** What a step's query calls its inputs, where it takes any number of them. */
export const inputNames = ({ kind, inputs }: PipelineStep): readonly string[] =>
  steps.get(kind)?.inputs === 'any' ? inputs.map((input) => nameInSql(parseRef(input))) : [];

function columnsAt(
  pipeline: Pipeline,
  schemas: ReadonlyMap<string, StepSchema>,
  { step, output }: StepRef,
): readonly Column[] {
  if (output === 'rows') return schemas.get(step)?.columns ?? [];
  const result = schemas.get(step)?.nest?.outputs.find(({ name }) => name === output);
  if (result) return result.columns;
  const source = pipeline.steps.find((other) => other.id === step);
  const definition = steps.get(source?.kind ?? '');
  const place = definition && rejectsOf(definition).get(output)?.input;
  const origin = source?.inputs[place ?? 0];
  return origin === undefined ? [] : columnsAt(pipeline, schemas, parseRef(origin));
}
