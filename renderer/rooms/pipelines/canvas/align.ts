import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import type { Position } from '../../../../shared/place-steps.ts';
import { placesOf } from '../../../../shared/place-steps.ts';
import { type Edit, moveSteps } from '../document/edits.ts';

/** Which way boxes are put in line. */
export type Alignment = 'left' | 'top' | 'across' | 'down';

/** Puts boxes in line: at one edge, or with even gaps across or down. */
export const alignSteps =
  (ids: readonly string[], how: Alignment): Edit =>
  (pipeline) =>
    moveSteps(aligned(pipeline, ids, how))(pipeline);

function aligned(pipeline: Pipeline, ids: readonly string[], how: Alignment): Record<string, Position> {
  const positions = placesOf(pipeline);
  const axis = how === 'left' || how === 'across' ? 0 : 1;
  const boxes = ids.flatMap((id) => (positions[id] ? [[id, positions[id]] as const] : []));
  const places = boxes.map(([, position]) => position[axis]);
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const put = (position: Position, place: number): Position =>
    axis === 0 ? [place, position[1]] : [position[0], place];
  if (how === 'left' || how === 'top')
    return Object.fromEntries(boxes.map(([id, at]) => [id, put(at, first)]));
  const sorted = [...boxes].sort(([, a], [, b]) => a[axis] - b[axis]);
  const gap = (last - first) / Math.max(1, boxes.length - 1);
  return Object.fromEntries(sorted.map(([id, at], place) => [id, put(at, first + gap * place)]));
}
