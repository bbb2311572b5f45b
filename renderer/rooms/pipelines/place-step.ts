import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import type { StepRef } from '../../../shared/pipeline-graph.ts';
import { boxHeight, boxWidth, type Position, placesOf } from '../../../shared/place-steps.ts';

const gapX = 76;
const gapY = 40;

/** A free place right of the step that a new one reads, or below everything. */
export function placeFor(pipeline: Pipeline, after: StepRef | undefined): Position {
  const positions = placesOf(pipeline);
  const taken = Object.values(positions);
  const start = after && positions[after.step];
  if (!start) return [0, taken.length === 0 ? 0 : Math.max(...taken.map(([, y]) => y)) + boxHeight + gapY];
  const below = after.output !== 'rows' ? boxHeight + gapY : 0;
  let [x, y] = [start[0] + boxWidth + gapX, start[1] + below];
  while (
    taken.some((other) => Math.abs(other[0] - x) < boxWidth && Math.abs(other[1] - y) < boxHeight + 16)
  ) {
    y += boxHeight + gapY;
  }
  return [x, y];
}
