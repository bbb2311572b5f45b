import { Play } from 'lucide-react';
import type { StepRun } from '../../../shared/contract/pipelines.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ago, count, duration } from '../../ui/format.ts';
import list from '../../ui/list.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { useEngine } from '../../use-engine.ts';
import styles from './pages.module.css';
import { usePipeline } from './use-pipeline.ts';

const tones: Readonly<Record<StepRun['status'], Tone>> = {
  ran: 'ok',
  fresh: 'ok',
  failed: 'bad',
  skipped: 'plain',
};

/** What the last run did, step by step. */
export default function RunPage() {
  const { name, select } = usePipeline();
  const { data: run } = useEngine('pipelines', 'lastRun', { name });
  if (!run) return <EmptyState icon={Play} says="It has not run yet." />;
  const { status, steps, ms, at, problem } = run;
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <Badge tone={status === 'done' ? 'ok' : status === 'failed' ? 'bad' : 'warn'}>{status}</Badge>
        <span className={styles['aside']}>
          {ago(at)}, in {duration(ms)}
        </span>
      </div>
      {problem && <ProblemView problem={problem} />}
      <div className={styles['scroll']}>
        <table className={list['table']}>
          <thead>
            <tr>
              {['step', 'status', 'rows', 'rejects', 'took', 'why'].map((head) => (
                <th
                  key={head}
                  scope="col"
                  className={['rows', 'rejects', 'took'].includes(head) ? list['right'] : undefined}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <Line key={step.id} step={step} onSelect={() => select({ boxes: [step.id], edges: [] })} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const cell = (value: number | null) => (value === null ? '' : count(value));

function Line({ step, onSelect }: { readonly step: StepRun; readonly onSelect: () => void }) {
  const { id, status, rows, rejects, ms, why } = step;
  return (
    <tr>
      <td>
        <button type="button" className={styles['link']} onClick={onSelect}>
          {id}
        </button>
      </td>
      <td>
        <Badge tone={tones[status]}>{status}</Badge>
      </td>
      <td className={list['right']}>{cell(rows)}</td>
      <td className={rejects ? list['warn'] : list['right']}>{cell(rejects)}</td>
      <td className={list['right']}>{status === 'skipped' ? '' : duration(ms)}</td>
      <td className={styles['why']} title={why}>
        {why}
      </td>
    </tr>
  );
}
