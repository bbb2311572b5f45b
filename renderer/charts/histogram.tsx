import { type PointerEvent, useState } from 'react';
import { count } from '../../shared/number-words.ts';
import styles from './histogram.module.css';

/** Counts between equal steps as bars. `small` is for the head of a column. */
export function Histogram(props: {
  /** What is counted, read aloud: "amount". */
  readonly label: string;
  readonly counts: readonly number[];
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly small?: boolean;
  /** Steps were chosen by dragging over them, the ends included. */
  readonly onBrush?: ((first: number, last: number) => void) | undefined;
}) {
  const { label, counts, from, to, small, onBrush } = props;
  const brush = useBrush(counts.length, onBrush);
  const most = Math.max(1, ...counts);
  const bars = counts.map((value, at) => ({
    x: at + 0.06,
    height: value === 0 ? 0 : Math.max(0.03, value / most),
    says: `step ${at + 1} of ${counts.length}: ${count(value)}`,
  }));
  const says = `How ${label} is spread${from && to ? ` from ${from} to ${to}` : ''}`;
  return (
    <figure className={small ? styles['small'] : styles['large']}>
      <svg
        role="img"
        aria-label={says}
        viewBox={`0 0 ${counts.length} 1`}
        preserveAspectRatio="none"
        {...brush.events}
      >
        {brush.range && (
          <rect
            x={brush.range[0]}
            y={0}
            width={brush.range[1] - brush.range[0] + 1}
            height={1}
            className={styles['brush']}
          />
        )}
        {bars.map((bar) => (
          <rect
            key={bar.x}
            x={bar.x}
            y={1 - bar.height}
            width={0.88}
            height={bar.height}
            className={styles['bar']}
          >
            {!small && <title>{bar.says}</title>}
          </rect>
        ))}
      </svg>
      {!small && (
        <figcaption className={styles['ends']}>
          <span>{from}</span>
          <span>{to}</span>
        </figcaption>
      )}
    </figure>
  );
}

/** The steps between where the pointer went down and where it is. */
function useBrush(steps: number, onBrush: ((first: number, last: number) => void) | undefined) {
  const [ends, setEnds] = useState<readonly [number, number] | undefined>(undefined);
  if (!onBrush) return { range: undefined, events: {} };
  const range = ends && ([Math.min(...ends), Math.max(...ends)] as const);
  const stepAt = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.max(0, Math.min(steps - 1, Math.floor(((event.clientX - left) / width) * steps)));
  };
  const events = {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setEnds([stepAt(event), stepAt(event)]);
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      const step = stepAt(event);
      setEnds((now) => now && [now[0], step]);
    },
    onPointerUp: () => {
      if (range) onBrush(range[0], range[1]);
      setEnds(undefined);
    },
    onPointerCancel: () => setEnds(undefined),
  };
  return { range, events };
}
