import { useMemo } from 'react';
import type { MonitorValue } from '../../../../shared/contract/monitors.ts';
import { measured } from '../../../../shared/finding-words.ts';
import styles from './history.module.css';
import type { Frame } from './history-scale.ts';
import { type MonitorPoint, monitorScale } from './monitor-scale.ts';

const shortNumber = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });
const day = (at: string) => at.slice(0, 10);

/** Remembered values as a line in the band that each was expected in; a click on one chooses it. */
export function MonitorLine(props: {
  readonly values: readonly MonitorValue[];
  readonly unit: string;
  readonly frame: Frame;
  readonly chosen: string | undefined;
  readonly onChoose: (at: string) => void;
}) {
  const { values, unit, frame, chosen, onChoose } = props;
  const scale = useMemo(() => monitorScale(values, frame), [values, frame]);
  const { ticks, left, right, bottom, points } = scale;
  const [first, last] = [points[0], points.at(-1)];
  return (
    <svg
      width={frame.width}
      height={frame.height}
      role="img"
      aria-label={inWords(scale.points)}
      className={styles['chart']}
    >
      {ticks.map(({ value, y }) => (
        <g key={value}>
          <line x1={left} x2={right} y1={y} y2={y} className={styles['grid']} />
          <text x={left - 6} y={y} className={styles['tick']}>
            {shortNumber.format(value)}
          </text>
        </g>
      ))}
      <path d={scale.band} className={styles['band']} />
      <path d={scale.line} className={styles['line']} />
      {points.map((point) => (
        <Mark
          key={point.value.at}
          point={point}
          unit={unit}
          chosen={point.value.at === chosen}
          onChoose={() => onChoose(point.value.at)}
        />
      ))}
      {first && points.length > 1 && (
        <text x={left} y={bottom + 14} className={styles['date']}>
          {day(first.value.at)}
        </text>
      )}
      {last && (
        <text x={right} y={bottom + 14} className={styles['lastDate']}>
          {day(last.value.at)}
        </text>
      )}
    </svg>
  );
}

const verdicts = { usual: 'pass', unusual: 'fail', incident: 'incident', unjudged: 'none' } as const;

/** A dot where it was as usual, a diamond where not, a cross for an incident, a ring where there was too little before it. */
function Mark(props: {
  readonly point: MonitorPoint;
  readonly unit: string;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}) {
  const { point, unit, chosen, onChoose } = props;
  const { x, y, is, value } = point;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a mark in a drawing
    <g
      className={styles['mark']}
      data-verdict={verdicts[is]}
      transform={`translate(${x} ${y})`}
      onClick={onChoose}
    >
      <title>{`${day(value.at)} · ${measured(value.value, unit)} · ${value.incident ?? is}`}</title>
      <circle r={9} className={styles['reach']} />
      {chosen && <circle r={6.5} className={styles['ring']} />}
      {is === 'usual' && <circle r={3} />}
      {is === 'unusual' && <path d="M0 -4.4L4.4 0L0 4.4L-4.4 0Z" />}
      {is === 'incident' && <path d="M-3 -3L3 3M-3 3L3 -3" className={styles['crossed']} />}
      {is === 'unjudged' && <circle r={2.6} className={styles['hollow']} />}
    </g>
  );
}

function inWords(points: readonly MonitorPoint[]): string {
  const count = (is: MonitorPoint['is']) => points.filter((point) => point.is === is).length;
  return `${points.length} loads: ${count('usual')} as usual, ${count('unusual')} not, ${count('incident')} incidents, ${count('unjudged')} with too little before them.`;
}
