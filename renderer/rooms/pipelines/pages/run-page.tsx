import { Play } from 'lucide-react';
import type { RunResult, StepRun } from '../../../../shared/contract/pipelines.ts';
import { count, duration } from '../../../../shared/number-words.ts';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ago } from '../../../ui/format.ts';
import list from '../../../ui/list.module.css';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Select } from '../../../ui/select.tsx';
import { useEngine } from '../../../use-engine.ts';
import { useTabMemory } from '../../../workspace/tab-state.ts';
import { usePipeline } from '../document/use-pipeline.ts';
import styles from './pages.module.css';
import { RunFailure } from './run-failure.tsx';

const tones: Readonly<Record<StepRun['status'], Tone>> = {
  ran: 'ok',
  fresh: 'ok',
  failed: 'bad',
  skipped: 'plain',
};

/** What the last run did, step by step. */
export default function RunPage() {
  const { name, select } = usePipeline();
  const { data: history = [] } = useEngine('pipelines', 'history', { name, limit: 12 });
  const [at, setAt] = useTabMemory('run', '0');
  const run = history[Number(at)] ?? history[0];
  const past = history.slice(history.indexOf(run as RunResult) + 1);
  if (!run) return <EmptyState icon={Play} says="It has not run yet." />;
  const { status, steps, ms, problem } = run;
  return (
    <div className={styles['page']}>
      <div className={styles['bar']}>
        <Badge tone={status === 'done' ? 'ok' : status === 'failed' ? 'bad' : 'warn'}>{status}</Badge>
        <span className={styles['aside']}>
          {run.failure ? `at ${run.failure.step}, ` : ''}
          {[ago(run.at), took(ms)].filter(Boolean).join(', ')}
          {run.tries ? `, at the ${run.tries}. try` : ''}
        </span>
        <Select
          label="Run"
          hideLabel
          value={String(history.indexOf(run))}
          onChange={setAt}
          options={history.map((one, place) => ({
            value: String(place),
            label: `${place === 0 ? 'Last run' : ago(one.at)}: ${[one.status, took(one.ms)].filter(Boolean).join(' ')}`,
          }))}
        />
      </div>
      <div className={styles['scroll']}>
        {problem && <ProblemView problem={problem} />}
        {run.failure && <RunFailure failure={run.failure} />}
        <table className={list['table']}>
          <thead>
            <tr>
              {['step', 'status', 'rows', 'before', 'rejects', 'took', 'usually', 'why'].map((head) => (
                <th
                  key={head}
                  scope="col"
                  className={
                    ['rows', 'before', 'rejects', 'took', 'usually'].includes(head)
                      ? list['right']
                      : undefined
                  }
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <Line
                key={step.id}
                step={step}
                past={past}
                onSelect={() => select({ boxes: [step.id], edges: [] })}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const cell = (value: number | null) => (value === null ? '' : count(value));

/** How long a run took; of one that the app did not survive nobody knows. */
const took = (ms: number): string => (ms > 0 ? `in ${duration(ms)}` : '');

/** The same step in earlier runs that made it: its rows then, and what it usually took. */
function before(id: string, past: readonly RunResult[]): { rows: number | null; ms: number | null } {
  const made = past.flatMap(({ steps }) => steps.filter((step) => step.id === id && step.status === 'ran'));
  const times = made.map(({ ms }) => ms).sort((a, b) => a - b);
  return { rows: made[0]?.rows ?? null, ms: times[Math.floor(times.length / 2)] ?? null };
}

function Line(props: {
  readonly step: StepRun;
  readonly past: readonly RunResult[];
  readonly onSelect: () => void;
}) {
  const { step, past, onSelect } = props;
  const { id, status, rows, rejects, ms, why } = step;
  const then = before(id, past);
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
      <td className={list['right']}>{cell(then.rows)}</td>
      <td className={rejects ? list['warn'] : list['right']}>{cell(rejects)}</td>
      <td className={list['right']}>{status === 'ran' || status === 'failed' ? duration(ms) : ''}</td>
      <td className={list['right']}>{then.ms === null ? '' : duration(then.ms)}</td>
      <td className={styles['why']} title={why}>
        {why}
      </td>
    </tr>
  );
}
