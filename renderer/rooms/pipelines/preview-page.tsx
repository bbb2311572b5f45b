import { Eye } from 'lucide-react';
import type { Pipeline, PipelineStep } from '../../../shared/contract/pipelines.ts';
import { rejectsOf, type StepDefinition } from '../../../shared/define-step.ts';
import { count, counted } from '../../../shared/number-words.ts';
import type { StepRef } from '../../../shared/pipeline-graph.ts';
import { steps } from '../../../shared/registry.ts';
import { titleOf } from '../../../shared/step-words.ts';
import { BytesGrid } from '../../grid/bytes-grid.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useTabMemory, useTabState } from '../../workspace/tab-state.ts';
import styles from './pages.module.css';
import { usePart } from './use-part.ts';
import { usePipeline, useSelectedStep } from './use-pipeline.ts';
import { usePreview } from './use-preview.ts';
import { useLogic, useSchemas } from './use-schemas.ts';

/** So many rows are looked at, and so many where a person wants more. */
const few = 500;
const many = 10_000;

/** The first rows that leave the selected step. */
export default function PreviewPage() {
  const model = usePipeline();
  const step = useSelectedStep(model);
  if (!step || !model.pipeline) return <EmptyState icon={Eye} says="Select one step to see its rows." />;
  return <StepPreview pipeline={model.pipeline} step={step} />;
}

function StepPreview({ pipeline, step }: { readonly pipeline: Pipeline; readonly step: PipelineStep }) {
  const [wanted, setWanted] = useTabState<StepRef['output']>('output', 'rows');
  const definition = steps.get(step.kind);
  const outputs = outputsOf(definition);
  const output = outputs.some(({ value }) => value === wanted) ? wanted : 'rows';
  const part = usePart(useLogic(pipeline), step.id);
  const schema = useSchemas(pipeline).schemas.get(step.id);
  const [fault] = schema?.problems ?? [];
  const enabled =
    schema !== undefined && !fault && !schema.blockedBy && part.steps.some(({ id }) => id === step.id);
  const [limit, setLimit] = useTabMemory<number>(`previewed ${step.id}`, few);
  const { preview, cancel, again } = usePreview(part, { step: step.id, output, limit }, enabled);
  const { page, problem, status } = preview;
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <span className={styles['title']}>{titleOf(step)}</span>
        {outputs.length > 1 && (
          <Choice label="Output" value={output} onChange={setWanted} options={outputs} />
        )}
        {enabled && page && (
          <span className={styles['aside']}>{wordsOf(page.rows, limit, status === 'computing')}</span>
        )}
        {enabled && page?.rows === few && limit === few && (
          <Button small onClick={() => setLimit(many)}>
            Show {count(many)}
          </Button>
        )}
      </div>
      {fault && <ProblemView problem={fault} />}
      {schema?.blockedBy && <p className={styles['waits']}>It waits for {schema.blockedBy} to be mended.</p>}
      {enabled && problem && <ProblemView problem={problem} action={{ label: 'Try again', run: again }} />}
      {enabled && !problem && !page && <Skeleton says="Computing the first rows…" onCancel={cancel} />}
      {enabled && page && (
        <div className={styles['grid']}>
          <BytesGrid key={`${step.id} ${output}`} label={`Rows of ${titleOf(step)}`} bytes={page.bytes} />
        </div>
      )}
    </div>
  );
}

const outputsOf = (definition: StepDefinition | undefined) => [
  { value: 'rows', label: 'Rows' },
  ...[...(definition ? rejectsOf(definition) : [])].map(([value, { title }]) => ({ value, label: title })),
];

const wordsOf = (rows: number, limit: number, computing: boolean) =>
  `${rows === limit ? `first ${count(rows)} rows` : counted(rows, 'row')}${computing ? ', computing anew…' : ''}`;
