import { type Edit, notedPorts } from './edits.ts';

/** Lets a connection of a step lead to another of its ports; what that had goes where this one was. */
export const movePort =
  (id: string, from: number, to: number, names: readonly string[]): Edit =>
  (pipeline) => ({
    ...pipeline,
    steps: pipeline.steps.map((step) =>
      step.id === id ? { ...step, inputs: exchanged(step.inputs, from, to), ...notedPorts(names) } : step,
    ),
  });

function exchanged(inputs: readonly string[], from: number, to: number): string[] {
  const all = Array.from(
    { length: Math.max(inputs.length, from + 1, to + 1) },
    (_none, at) => inputs[at] ?? '',
  );
  const moved = all.with(to, all[from] ?? '').with(from, all[to] ?? '');
  while (moved.at(-1) === '') moved.pop();
  return moved;
}
