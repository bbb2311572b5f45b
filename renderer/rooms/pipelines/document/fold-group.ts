import { boxHeight, boxWidth, gapX, type Position, placesOf } from '../../../../shared/place-steps.ts';
import { type Edit, moveSteps } from './edits.ts';
import { changeGroup } from './groups.ts';

type Place = readonly [id: string, position: Position];

/** Folds a group into its box, and what stands right of it moves up; unfolds it, and that makes room again. */
export const foldGroup =
  (id: string, folded: boolean): Edit =>
  (pipeline) => {
    const members = pipeline.groups?.find((group) => group.id === id)?.steps ?? [];
    const places = Object.entries(placesOf(pipeline));
    const inner = places.filter(([step]) => members.includes(step));
    const others = places.filter(([step]) => !members.includes(step));
    const moved = inner.length === 0 ? [] : folded ? closedUp(inner, others) : spread(inner, others);
    return changeGroup(id, { folded })(moveSteps(Object.fromEntries(moved))(pipeline));
  };

const rightOf = ([, [x]]: Place): number => x + boxWidth;

const endsOf = (inner: readonly Place[]) => ({
  left: Math.min(...inner.map(([, [x]]) => x)),
  right: Math.max(...inner.map(rightOf)),
});

/** As far as nothing else stands above or below the steps that are hidden. */
function closedUp(inner: readonly Place[], others: readonly Place[]): Place[] {
  const { left, right } = endsOf(inner);
  const between = others.filter((place) => rightOf(place) > left && place[1][0] < right);
  const taken = Math.max(left + boxWidth, ...between.map(rightOf));
  return shifted(others, right, Math.min(0, taken - right));
}

function spread(inner: readonly Place[], others: readonly Place[]): Place[] {
  const hit = others.filter((other) => inner.some((one) => overlap(one, other))).map(([, [x]]) => x);
  if (hit.length === 0) return [];
  const first = Math.min(...hit);
  const { left, right } = endsOf(inner);
  return shifted(others, first, Math.max(0, Math.min(right - left - boxWidth, right + gapX - first)));
}

const overlap = ([, [x, y]]: Place, [, [otherX, otherY]]: Place): boolean =>
  Math.abs(x - otherX) < boxWidth && Math.abs(y - otherY) < boxHeight;

const shifted = (places: readonly Place[], from: number, by: number): Place[] =>
  by === 0 ? [] : places.filter(([, [x]]) => x >= from).map(([id, [x, y]]) => [id, [x + by, y]] as const);
