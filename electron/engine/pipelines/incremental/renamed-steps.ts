import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { inOrder, parseRef, refText } from '../../../../shared/pipeline-graph.ts';
import { steps as definitions } from '../../../../shared/registry.ts';
import { keyOfMade, type StepKey } from './step-keys.ts';
import type { StepState } from './step-states.ts';

type States = ReadonlyMap<string, StepState>;

/**
 * What was noted of steps, under the ids that they have now: a step of another name, made of the same, gives the same
 * rows. Only where a query calls its inputs by their names does another name count.
 */
export function underNewIds(pipeline: Pipeline, keys: ReadonlyMap<string, StepKey>, states: States): States {
  const ids = new Set(pipeline.steps.map(({ id }) => id));
  const lost = [...states.values()].filter(({ step }) => !ids.has(step));
  if (lost.length === 0) return states;
  const found = new Map<string, StepState>();
  const renamed = new Map<string, string>();
  for (const { id } of inOrder(pipeline.steps).ordered) {
    const own = states.get(id);
    const known = (own ? [own] : lost).map((state) => underNewRefs(state, states, found, renamed));
    const match = known.find(({ key }) => key === keys.get(id)?.key) ?? (own && known[0]);
    if (!match) continue;
    if (match.step !== id) renamed.set(match.step, id);
    found.set(id, match.step === id ? match : { ...match, step: id, moved: true });
  }
  return found;
}

function underNewRefs(
  state: StepState,
  states: States,
  found: States,
  renamed: ReadonlyMap<string, string>,
): StepState {
  const { from, key } = state;
  if (keyOfMade(from) !== key) return state;
  const inputs = from.inputs.map(([text, before]) => {
    const ref = parseRef(text);
    const step = renamed.get(ref.step) ?? ref.step;
    const now = states.get(ref.step)?.key === before ? found.get(step)?.key : undefined;
    return [refText({ ...ref, step }), now ?? before] as const;
  });
  const definition = definitions.get(from.kind);
  const named = definition?.inputs === 'any' && !definition.nests;
  if (named && inputs.some(([ref], at) => ref !== from.inputs[at]?.[0])) return state;
  const next = keyOfMade({ ...from, inputs });
  return next === key ? state : { ...state, from: { ...from, inputs }, key: next, reach: null, moved: true };
}
