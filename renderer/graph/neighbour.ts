import type { Position } from '../../shared/place-steps.ts';

/** Where an arrow key leads. */
export type Direction = 'left' | 'right' | 'up' | 'down';

const along: Readonly<Record<Direction, (dx: number, dy: number) => number>> = {
  left: (dx) => -dx,
  right: (dx) => dx,
  up: (_dx, dy) => -dy,
  down: (_dx, dy) => dy,
};

/** The box that lies nearest in a direction; what lies aside counts as farther. */
export function neighbour(
  boxes: readonly { readonly id: string; readonly position: Position }[],
  from: string,
  direction: Direction,
): string | undefined {
  const start = boxes.find(({ id }) => id === from)?.position;
  if (!start) return boxes[0]?.id;
  const ahead = boxes.flatMap(({ id, position }) => {
    const dx = position[0] - start[0];
    const dy = position[1] - start[1];
    const forward = along[direction](dx, dy);
    const aside = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    return id === from || forward <= 0 ? [] : [{ id, cost: forward + aside * 2 }];
  });
  return ahead.sort((a, b) => a.cost - b.cost)[0]?.id;
}
