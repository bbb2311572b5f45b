import type { PipelineStep } from '../../../shared/contract/pipelines.ts';
import { schemaOf } from '../../../shared/params.ts';
import { parseRef } from '../../../shared/pipeline-graph.ts';
import { steps as definitions } from '../../../shared/registry.ts';

/** Ids of the steps whose rows have to be in order, because a step after them goes by it; given each after those it reads. */
export function orderedSteps(steps: readonly PipelineStep[]): ReadonlySet<string> {
  const ordered = new Set<string>();
  for (const step of [...steps].reverse()) {
    const all = ordered.has(step.id) && !definitions.get(step.kind)?.settled;
    const goesBy = all ? step.inputs : step.inputs.filter((_input, at) => takes(step).includes(at));
    for (const input of goesBy) ordered.add(parseRef(input).step);
  }
  return ordered;
}

function takes({ kind, params }: PipelineStep): readonly number[] {
  const definition = definitions.get(kind);
  const parsed = definition?.arrival && schemaOf(definition.params).safeParse(params);
  return parsed?.success ? (definition?.arrival?.(parsed.data as never) ?? []) : [];
}
