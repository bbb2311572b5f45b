import { Waypoints } from 'lucide-react';
import type { LineageEnd } from '../../../../shared/contract/pipelines.ts';
import { counted } from '../../../../shared/number-words.ts';
import { Badge } from '../../../ui/badge.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Select } from '../../../ui/select.tsx';
import { useEngine } from '../../../use-engine.ts';
import { useTabState } from '../../../workspace/tab-state.ts';
import { usePipeline, useSelectedStep } from '../document/use-pipeline.ts';
import { useSchemas } from '../document/use-schemas.ts';
import styles from './pages.module.css';

/** Where a column of the selected step comes from, and what would break without it. */
export default function LineagePage() {
  const model = usePipeline();
  const step = useSelectedStep(model);
  const columns = useSchemas(model.pipeline).schemas.get(step?.id ?? '')?.columns ?? [];
  const [wanted, setWanted] = useTabState('lineageColumn', '');
  const column = columns.some(({ name }) => name === wanted) ? wanted : (columns[0]?.name ?? '');
  const saved = model.saved?.steps.some(({ id }) => id === step?.id) ?? false;
  const { data, problem } = useEngine(
    'pipelines',
    'lineage',
    { relation: `${model.name}/${step?.id}`, column },
    { enabled: saved && column !== '', keepPrevious: true, also: ['tables', 'checks', 'search'] },
  );
  if (!step) return <EmptyState icon={Waypoints} says="Select one step to follow its columns." />;
  if (!saved || column === '')
    return <EmptyState icon={Waypoints} says="Save the pipeline to follow its columns." />;
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <Select
          label="Column to follow"
          hideLabel
          value={column}
          onChange={setWanted}
          options={columns.map(({ name }) => ({ value: name, label: name }))}
        />
        {model.unsaved && <span className={styles['aside']}>as it was saved last</span>}
      </div>
      {problem && <ProblemView problem={problem} />}
      <div className={styles['halves']}>
        <Ends title="Comes from" none="Nothing: it is made here." ends={data?.sources ?? []} />
        <Ends title="Goes into" none="Nothing: it could go." ends={data?.uses ?? []} />
      </div>
    </div>
  );
}

function Ends(props: {
  readonly title: string;
  readonly none: string;
  readonly ends: readonly LineageEnd[];
}) {
  const { title, none, ends } = props;
  return (
    <section aria-label={title} className={styles['half']}>
      <h3>
        {title}{' '}
        <span className={styles['aside']}>{ends.length > 0 ? counted(ends.length, 'place') : ''}</span>
      </h3>
      {ends.length === 0 && <p className={styles['aside']}>{none}</p>}
      <ul>
        {ends.map(({ kind, name, column, edge, through }) => (
          <li
            key={`${kind} ${name} ${column}`}
            title={through.length > 0 ? `through ${through.join(', ')}` : ''}
          >
            <Badge tone={edge === 'value' ? 'ok' : 'plain'}>{edge}</Badge>
            <span className={styles['aside']}>{kind}</span>
            <span>
              {name}.<b>{column}</b>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
