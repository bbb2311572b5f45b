import { Eye } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { rejectsOf, type StepDefinition } from '../../../../shared/define-step.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import type { StepRef } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import { titleOf } from '../../../../shared/step-words.ts';
import type { BoxPort } from '../../../graph/graph.ts';
import { BytesGrid } from '../../../grid/bytes-grid.tsx';
import { SourceGrid } from '../../../grid/source-grid.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useTabMemory, useTabState } from '../../../workspace/tab-state.ts';
import { moreOutputs } from '../canvas/graph-of.ts';
import { hindranceOf } from '../document/step-stand.ts';
import { usePart } from '../document/use-part.ts';
import { usePipeline, useSelectedStep } from '../document/use-pipeline.ts';
import { useLogic, useSchemas } from '../document/use-schemas.ts';
import { Hindered } from './hindered.tsx';
import styles from './pages.module.css';
import { type Preview, usePreview } from './use-preview.ts';

/** So many rows are looked at first. */
const few = 500;

type Range = 'first' | 'all';
const ranges = [
  { value: 'first', label: `First ${few}` },
  { value: 'all', label: 'All rows' },
] as const;

/** The rows that leave the selected step: the first ones, or all. */
export default function PreviewPage() {
  const model = usePipeline();
  const step = useSelectedStep(model);
  if (!step || !model.pipeline) return <EmptyState icon={Eye} says="Select one step to see its rows." />;
  return <StepPreview key={step.id} pipeline={model.pipeline} step={step} />;
}

function StepPreview({ pipeline, step }: { readonly pipeline: Pipeline; readonly step: PipelineStep }) {
  const [wanted, setWanted] = useTabState<StepRef['output']>('output', 'rows');
  const [range, setRange] = useTabMemory<Range>(`previewed ${step.id}`, 'first');
  const { schemas } = useSchemas(pipeline);
  const outputs = outputsOf(steps.get(step.kind), moreOutputs(schemas.get(step.id)));
  const output = outputs.some(({ value }) => value === wanted) ? wanted : 'rows';
  const part = usePart(useLogic(pipeline), step.id);
  const hindrance = hindranceOf(schemas, step.id);
  const enabled = schemas.has(step.id) && !hindrance && part.steps.some(({ id }) => id === step.id);
  const first = usePreview(part, { step: step.id, output, limit: few }, enabled && range === 'first');
  const [told, setTold] = useState({ of: '', total: 0 });
  const tell = useCallback((of: string, rows: number) => setTold({ of, total: rows }), []);
  const source = { of: 'step', pipeline: part, step: step.id, output } as const;
  const total = told.of === JSON.stringify(source) ? told.total : undefined;
  const isCut = range === 'all' || first.preview.page?.rows === few;
  const label = `Rows of ${titleOf(step)}`;
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <span className={styles['title']}>{titleOf(step)}</span>
        {outputs.length > 1 && (
          <Choice label="Output" value={output} onChange={setWanted} options={outputs} />
        )}
        {enabled && isCut && (
          <Choice label="Rows looked at" value={range} onChange={setRange} options={ranges} />
        )}
        {enabled && <Told range={range} total={total} preview={first.preview} />}
      </div>
      <Hindered by={hindrance} />
      {enabled && range === 'first' && <FirstRows key={output} label={label} {...first} />}
      {enabled && range === 'all' && (
        <div className={styles['grid']}>
          <SourceGrid label={label} source={source} onTotal={tell} />
        </div>
      )}
    </div>
  );
}

function FirstRows(props: ReturnType<typeof usePreview> & { readonly label: string }) {
  const { label, preview, again, cancel } = props;
  const { page, problem } = preview;
  if (problem) return <ProblemView problem={problem} action={{ label: 'Try again', run: again }} />;
  if (!page) return <Skeleton says="Computing the first rows…" onCancel={cancel} />;
  return (
    <div className={styles['grid']}>
      <BytesGrid label={label} bytes={page.bytes} />
    </div>
  );
}

function Told(props: {
  readonly range: Range;
  readonly total: number | undefined;
  readonly preview: Preview;
}) {
  const { page, status } = props.preview;
  const rows = props.range === 'all' ? props.total : page?.rows;
  if (rows === undefined) return null;
  const words =
    props.range === 'first' && rows === few ? `first ${count(rows)} rows` : `all ${counted(rows, 'row')}`;
  const computing = props.range === 'first' && status === 'computing' ? ', computing anew…' : '';
  return <span className={styles['aside']}>{words + computing}</span>;
}

const outputsOf = (definition: StepDefinition | undefined, results: readonly BoxPort[]) => [
  { value: 'rows', label: 'Rows' },
  ...results.map(({ id, title }) => ({ value: id, label: title })),
  ...[...(definition ? rejectsOf(definition) : [])].map(([value, { title }]) => ({ value, label: title })),
];
