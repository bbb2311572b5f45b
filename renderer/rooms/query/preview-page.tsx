import { count, counted } from '../../../shared/number-words.ts';
import { BytesGrid } from '../../grid/bytes-grid.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';
import { useRememberedValues } from './outcome.ts';
import styles from './query-view.module.css';

/** The text and the place that the preview is of. */
export interface Previewed {
  readonly text: string;
  readonly at: number;
}

const nowhere: Previewed = { text: '', at: 0 };

/** Where the cursor rests, for the preview. */
export const usePreviewed = () => useTabMemory<Previewed>('previewed', nowhere);

/** What the name of WITH or the subselect under the cursor gives, while one writes. */
export default function PreviewPage() {
  const [asked] = usePreviewed();
  const [values] = useRememberedValues();
  const { data, problem } = useEngine(
    'query',
    'preview',
    { ...asked, values },
    { keepPrevious: true, keepFor: 10_000 },
  );
  if (problem) return <ProblemView problem={problem} />;
  if (data === undefined) return <Skeleton lines={3} />;
  if (data === null)
    return <EmptyState says="Put the cursor into a name of WITH or a subselect to see its rows here." />;
  const { title, result, sampled } = data;
  const first = result.more ? `first ${count(result.rows)} rows` : counted(result.rows, 'row');
  const samples = sampled.map(
    ({ table, rows, of }) => `about ${count(rows)} of ${count(of)} rows of ${table}`,
  );
  return (
    <div className={styles['part']}>
      <Notice tone={samples.length > 0 ? 'warn' : 'info'}>
        <strong>{title}</strong> · {first}
        {samples.length > 0 && ` · on a sample: ${samples.join(', ')}`}
      </Notice>
      <div className={styles['fill']}>
        {result.bytes && <BytesGrid label={`Preview of ${title}`} bytes={result.bytes} />}
      </div>
    </div>
  );
}
