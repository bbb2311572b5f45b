import { useEngine } from '../../../use-engine.ts';
import type { ColouredPoints } from './coloured-points.ts';
import styles from './map.module.css';
import { onScreen, type Size, type Viewport } from './viewport.ts';

const longest = 280;

/** The document under the pointer. */
export function PointTooltip(props: {
  readonly collection: string;
  readonly points: ColouredPoints;
  readonly point: number;
  readonly view: Viewport;
  readonly size: Size;
}) {
  const { collection, points, point, view, size } = props;
  const ids = [points.ids[point] as number];
  const { data } = useEngine('search', 'mapDocuments', { collection, ids }, { keepFor: 30_000 });
  const text = data?.[0]?.content;
  if (text === undefined) return null;
  const [left, top] = onScreen(view, size, points.x[point] as number, points.y[point] as number);
  const below = top < size.height / 2;
  return (
    <div
      role="tooltip"
      className={styles['tooltip']}
      style={{
        left: Math.max(4, Math.min(left - 130, size.width - 330)),
        ...(below ? { top: top + 12 } : { bottom: size.height - top + 12 }),
      }}
    >
      {text.length > longest ? `${text.slice(0, longest)}…` : text}
    </div>
  );
}
