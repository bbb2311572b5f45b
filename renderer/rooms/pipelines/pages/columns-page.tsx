import { Columns3 } from 'lucide-react';
import type { PipelineStep, StepProfile } from '../../../../shared/contract/pipelines.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { titleOf } from '../../../../shared/step-words.ts';
import { Choice } from '../../../ui/choice.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import list from '../../../ui/list.module.css';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TypeGlyph } from '../../../ui/type-glyph.tsx';
import { useEngine } from '../../../use-engine.ts';
import { useTabMemory } from '../../../workspace/tab-state.ts';
import { hindranceOf } from '../document/step-stand.ts';
import { usePart } from '../document/use-part.ts';
import { type PipelineModel, usePipeline, useSelectedStep } from '../document/use-pipeline.ts';
import { useLogic, useSchemas } from '../document/use-schemas.ts';
import { Hindered } from './hindered.tsx';
import styles from './pages.module.css';

const sampled = 500;
const ranges = [
  { value: 'first', label: `First ${sampled} rows` },
  { value: 'all', label: 'All rows' },
] as const;

/** What the columns of the selected step hold: of a sample, which it says it is, or of everything. */
export default function ColumnsPage() {
  const model = usePipeline();
  const step = useSelectedStep(model);
  if (!step || !model.pipeline)
    return <EmptyState icon={Columns3} says="Select one step to see what its columns hold." />;
  return <StepColumns key={step.id} pipeline={model.pipeline} step={step} />;
}

function StepColumns(props: {
  readonly pipeline: NonNullable<PipelineModel['pipeline']>;
  readonly step: PipelineStep;
}) {
  const { pipeline, step } = props;
  const [range, setRange] = useTabMemory<'first' | 'all'>(`profiled ${step.id}`, 'first');
  const part = usePart(useLogic(pipeline), step.id);
  const { schemas } = useSchemas(pipeline);
  const hindrance = hindranceOf(schemas, step.id);
  const limit = range === 'first' ? { limit: sampled } : {};
  const { data, problem, isFetching, refetch } = useEngine(
    'pipelines',
    'profile',
    { pipeline: part, step: step.id, ...limit },
    { enabled: schemas.has(step.id) && !hindrance, cancellable: true, also: ['tables'] },
  );
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <span className={styles['title']}>{titleOf(step)}</span>
        <Choice label="Rows looked at" value={range} onChange={setRange} options={ranges} />
        {data && <span className={styles['aside']}>{wordsOf(data.rows, range)}</span>}
      </div>
      <Hindered by={hindrance} />
      {problem && <ProblemView problem={problem} action={{ label: 'Try again', run: refetch }} />}
      {!data && isFetching && <Skeleton />}
      {data && <Profile {...data} />}
    </div>
  );
}

const wordsOf = (rows: number, range: 'first' | 'all') =>
  range === 'first' && rows === sampled
    ? `of a sample: the first ${sampled} rows`
    : `of all ${counted(rows, 'row')}`;

const heads = ['column', 'filled', 'different', 'least', 'greatest', 'most frequent'];

function Profile({ rows, columns }: StepProfile) {
  return (
    <div className={styles['scroll']}>
      <table className={list['table']}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className={/filled|different/.test(head) ? list['right'] : undefined}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, type, filled, distinct, least, greatest, commonest }) => (
            <tr key={name}>
              <td>
                <span className={styles['named']}>
                  <TypeGlyph type={type} />
                  {name}
                </span>
              </td>
              <td className={list['right']}>{shareOf(filled, rows)}</td>
              <td className={list['right']}>{count(distinct)}</td>
              {[least, greatest, commonest].map((value, at) => (
                <td
                  key={heads[at + 3]}
                  className={value === null ? list['none'] : list['aside']}
                  title={value ?? ''}
                >
                  {value ?? (rows > 0 && filled === 0 ? 'null' : '')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const shareOf = (filled: number, rows: number) =>
  rows === 0 ? '' : `${((filled / rows) * 100).toFixed(filled === rows ? 0 : 1)} %`;
