import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { inOrder, parseRef } from '../../../../shared/pipeline-graph.ts';
import { steps as definitions } from '../../../../shared/registry.ts';
import { lastByKey } from './across-rows.ts';

/** Ids of the steps whose rows have to be in order, because a step after them goes by it. Needs the parser. */
export function orderedSteps(pipeline: Pipeline): ReadonlySet<string> {
  const ordered = new Set<string>();
  const last = lastByKey(pipeline);
  for (const step of [...inOrder(pipeline.steps).ordered].reverse()) {
    const all = ordered.has(step.id) && !definitions.get(step.kind)?.settled;
    const goesBy =
      all || last.has(step.id) ? step.inputs : step.inputs.filter((_input, at) => takes(step).includes(at));
    for (const input of goesBy) ordered.add(parseRef(input).step);
  }
  return ordered;
}

function takes({ kind, params }: PipelineStep): readonly number[] {
  const definition = definitions.get(kind);
  const parsed = definition?.arrival && schemaOf(definition.params).safeParse(params);
  return parsed?.success ? (definition?.arrival?.(parsed.data as never) ?? []) : [];
}
