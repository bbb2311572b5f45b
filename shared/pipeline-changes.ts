import type { PipelineChange, PipelinePatch } from './contract/pipeline-edits.ts';
import type { Pipeline, PipelineStep } from './contract/pipeline-file.ts';

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What a change did, to be taken back and done again: only the parts that differ. */
export const changeBetween = (before: Pipeline, after: Pipeline): PipelineChange => ({
  back: patchBetween(after, before),
  forth: patchBetween(before, after),
});

/** True where nothing differs. */
export const isNothing = ({ forth: { steps, layout, rest } }: PipelineChange): boolean =>
  steps.length === 0 && Object.keys(layout).length === 0 && Object.keys(rest).length === 0;

function patchBetween(from: Pipeline, to: Pipeline): PipelinePatch {
  const before = new Map(from.steps.map((step) => [step.id, step]));
  const after = new Set(to.steps.map(({ id }) => id));
  const { steps: _steps, layout, ...rest } = to;
  const { steps: _before, layout: oldLayout, ...oldRest } = from;
  return {
    steps: [
      ...from.steps.flatMap(({ id }) => (after.has(id) ? [] : [{ id, step: null, at: 0 }])),
      ...to.steps.flatMap((step, at) => (same(before.get(step.id), step) ? [] : [{ id: step.id, step, at }])),
    ],
    layout: partsBetween(oldLayout, layout),
    rest: partsBetween(oldRest, rest),
  };
}

/** What is another value, and null for what is gone. */
const partsBetween = <T>(
  from: Readonly<Record<string, T>>,
  to: Readonly<Record<string, T>>,
): Record<string, T | null> =>
  Object.fromEntries([
    ...Object.keys(from).flatMap((key) => (to[key] === undefined ? [[key, null] as const] : [])),
    ...Object.entries(to).filter(([key, value]) => value !== undefined && !same(from[key], value)),
  ]);

/** A pipeline with the parts of a patch in their places; a new step stands where it stood. */
export function patched(pipeline: Pipeline, { steps: changed, layout, rest }: PipelinePatch): Pipeline {
  const parts = new Map(changed.map((part) => [part.id, part]));
  const steps = pipeline.steps.flatMap((step): PipelineStep[] => {
    const part = parts.get(step.id);
    return part ? (part.step ? [part.step] : []) : [step];
  });
  const there = new Set(pipeline.steps.map(({ id }) => id));
  for (const { id, step, at } of changed) if (step && !there.has(id)) steps.splice(at, 0, step);
  const { steps: _steps, layout: _layout, ...others } = pipeline;
  return {
    ...withParts<unknown>(others, rest),
    steps,
    layout: withParts(pipeline.layout, layout),
  } as Pipeline;
}

function withParts<T>(
  before: Readonly<Record<string, T>>,
  changed: Readonly<Record<string, T | null>>,
): Record<string, T> {
  const all = Object.entries({ ...before, ...changed });
  return Object.fromEntries(all.filter((entry): entry is [string, T] => entry[1] !== null));
}
