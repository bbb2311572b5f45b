import type { CollectionMap } from '../../../../shared/contract/search.ts';
import type { Corner } from '../../../../shared/inside-polygon.ts';
import { clearOfPoints } from './clear-rises.ts';
import type { ColouredPoints } from './coloured-points.ts';
import { labelRise } from './label-places.ts';
import styles from './map.module.css';
import { onScreen, type Size, type Viewport } from './viewport.ts';

/** What stands over the points: names of topics, rings around results, what was drawn. */
export function MapOverlay(props: {
  readonly map: CollectionMap;
  readonly points: ColouredPoints;
  readonly view: Viewport;
  readonly size: Size;
  readonly found: readonly number[];
  readonly region: readonly Corner[] | null;
}) {
  const { map, points, view, size, found, region } = props;
  const place = (x: number, y: number) => onScreen(view, size, x, y);
  const labels = map.topics.map(({ topic, label, x, y }) => {
    const [left, top] = place(x, y);
    return { id: topic, text: label, left, top: top - labelRise };
  });
  const rings = found.flatMap((id) => {
    const at = points.indexOf.get(id);
    return at === undefined ? [] : [{ id, at: place(points.x[at] as number, points.y[at] as number) }];
  });
  return (
    <svg className={styles['overlay']} width={size.width} height={size.height} aria-hidden>
      {region && <polygon points={region.map(([x, y]) => place(x, y).join(',')).join(' ')} />}
      {rings.toReversed().map(({ id, at: [left, top] }) => (
        <circle
          key={id}
          cx={left}
          cy={top}
          r={id === found[0] ? 8 : 5}
          data-best={id === found[0] || undefined}
        />
      ))}
      {clearOfPoints(labels, points, view, size).map(({ id, text, left, top }) => (
        <text key={id} x={left} y={top}>
          {text}
        </text>
      ))}
    </svg>
  );
}
