import { useEffect, useMemo, useRef, useState } from 'react';
import { chartSpec } from '../../shared/chart-spec.ts';
import type { Chart, ChartData } from '../../shared/contract/charts.ts';
import { counted } from '../../shared/number-words.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import { useLook } from '../styles/theme.ts';
import { ProblemView } from '../ui/problem-view.tsx';
import styles from './chart-canvas.module.css';
import { chartLook } from './chart-look.ts';
import { markValues } from './mark-values.ts';
import type { Drawing } from './vega-drawing.ts';

/** A chart as it is drawn; the library is loaded with the first one. */
export default function ChartCanvas(props: {
  readonly chart: Chart;
  readonly data: ChartData;
  readonly onDrawn: (drawing: Drawing | undefined) => void;
}) {
  const { chart, data, onDrawn } = props;
  const place = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<Problem | undefined>();
  const scheme = useLook((look) => look.scheme);
  const accent = useLook((look) => look.accent);
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the computed tokens
  const spec = useMemo(
    () => chartSpec(chart, data.channels, markValues(data), chartLook()),
    [chart, data, scheme, accent],
  );
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    let drawing: Drawing | undefined;
    let gone = false;
    const draw = async () => {
      const { drawChart } = await import('./vega-drawing.ts');
      if (gone) return;
      drawing = await drawChart(element, spec);
      if (gone) return drawing.end();
      setProblem(undefined);
      onDrawn(drawing);
    };
    draw().catch((thrown: unknown) => setProblem(toProblem(thrown)));
    return () => {
      gone = true;
      onDrawn(undefined);
      drawing?.end();
    };
  }, [spec, onDrawn]);
  const says = data.channels.map(({ channel, title }) => `${channel} ${title}`).join(', ');
  return (
    <>
      {problem && <ProblemView problem={problem} />}
      <div
        role="img"
        aria-label={`${chart.mark} chart of ${counted(data.marks, 'mark')}: ${says}`}
        className={styles['picture']}
        data-many={chart.channels.facet ? '' : undefined}
        hidden={problem !== undefined}
      >
        <div ref={place} className={styles['place']} />
      </div>
    </>
  );
}
