import { ChevronDown, Code, Save } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Chart, ChartData } from '../../../shared/contract/charts.ts';
import { counted } from '../../../shared/number-words.ts';
import { ChartShelf } from '../../charts/chart-shelf.tsx';
import { markValues, unplacedNote } from '../../charts/mark-values.ts';
import type { Drawing } from '../../charts/vega-drawing.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Menu } from '../../ui/menu.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { OutsideChangeNotice } from '../../workspace/outside-change.tsx';
import { useTab } from '../../workspace/tab-state.ts';
import { dropTab } from '../../workspace/tabs.ts';
import styles from './chart-view.module.css';
import { exportDrawing } from './export-chart.ts';
import { openNewQuery } from './new-query.ts';
import { useChartFile } from './use-chart-file.ts';

const Canvas = lazy(() => import('../../charts/chart-canvas.tsx'));

/** A chart: what it is made of at the left, what it shows at the right. */
export default function ChartView() {
  const { id, key } = useTab();
  const file = useChartFile();
  if (file.missing) {
    const action = { label: 'Close the tab', run: () => dropTab(id) };
    return <EmptyState says={`The file charts/${key}.yaml is not there any more.`} action={action} />;
  }
  if (file.problem) return <ProblemView problem={file.problem} />;
  return file.chart ? <Editing file={file} chart={file.chart} /> : <Skeleton />;
}

function Editing({ file, chart }: { readonly file: ReturnType<typeof useChartFile>; readonly chart: Chart }) {
  const { key } = useTab();
  const [drawing, setDrawing] = useState<Drawing | undefined>();
  const drawn = useCallback((next: Drawing | undefined) => setDrawing(next), []);
  const columns = useEngine('query', 'chartColumns', { source: chart.source }, { also: ['tables'] });
  const shown = useEngine(
    'query',
    'chartData',
    { chart },
    { keepPrevious: true, keepFor: 30_000, also: ['tables'] },
  );
  const { data, problem } = shown;
  return (
    <div className={styles['view']}>
      <ChartBar chart={chart} data={data} drawing={drawing} onSave={file.save} />
      <OutsideChangeNotice file={`charts/${key}.yaml`} change={file.outside} />
      <div className={styles['parts']}>
        <ChartShelf chart={chart} columns={columns.data ?? []} onChange={file.setChart} />
        <div className={styles['canvas']}>
          {problem && <ProblemView problem={problem} />}
          {!problem && !data && <Skeleton says="Counting…" />}
          {!problem && data && (
            <Suspense fallback={<Skeleton says="Drawing…" />}>
              <Canvas chart={chart} data={data} onDrawn={drawn} />
            </Suspense>
          )}
        </div>
      </div>
    </div>
  );
}

function ChartBar(props: {
  readonly chart: Chart;
  readonly data: ChartData | undefined;
  readonly drawing: Drawing | undefined;
  readonly onSave: () => Promise<void>;
}) {
  const { chart, data, drawing, onSave } = props;
  const { title } = useTab();
  const unplaced = useMemo(() => (data ? unplacedNote(data, markValues(data)) : []), [data]);
  const failed = (thrown: unknown) => toastProblem(thrown);
  const entry = (format: 'svg' | 'png' | 'html', label: string) => ({
    label,
    run: () => {
      if (drawing && data) void exportDrawing({ ...chart, name: title }, data, drawing, format).catch(failed);
    },
  });
  const source = 'table' in chart.source ? String(chart.source.table) : 'a query';
  return (
    <Toolbar
      label="Chart"
      end={
        <>
          <Button small icon={Code} disabled={!data} onClick={() => data && openNewQuery(`${data.sql};\n`)}>
            SQL
          </Button>
          <Menu
            trigger={
              <Button small icon={ChevronDown} disabled={!drawing || !data}>
                Export
              </Button>
            }
            items={[entry('svg', 'SVG…'), entry('png', 'PNG…'), entry('html', 'One HTML page…')]}
          />
          <Button small icon={Save} shortcut="Mod+S" onClick={() => void onSave().catch(failed)}>
            Save
          </Button>
        </>
      }
    >
      <span className={styles['says']}>
        of {source}
        {data && ` · ${[counted(data.marks, 'mark'), ...data.notes, ...unplaced].join(' · ')}`}
      </span>
    </Toolbar>
  );
}
