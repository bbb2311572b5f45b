import type { Finding } from '../../../../shared/contract/checks.ts';
import { counted } from '../../../../shared/number-words.ts';
import { checks } from '../../../../shared/registry.ts';
import { ProblemView } from '../../../ui/problem-view.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useEngine } from '../../../use-engine.ts';
import type { RuleState } from '../verdicts/board.ts';
import styles from './history.module.css';
import { HistoryLine } from './history-line.tsx';
import { useFrame } from './use-frame.ts';

const runs = 60;

/** How a rule fared in its last runs, with the shares at which it warns and fails. */
export function HistoryPane({ state: { table, rule } }: { readonly state: RuleState }) {
  const { data, problem } = useEngine(
    'checks',
    'history',
    { table, check: rule.id, limit: runs },
    { keepPrevious: true },
  );
  const { box, frame } = useFrame();
  return (
    <section className={styles['pane']} aria-label="History">
      <header className={styles['head']}>
        <h3>{checks.get(rule.kind)?.metric ? 'Measured' : 'Rows that pass'}</h3>
        <span>{data ? saysRuns(data) : ''}</span>
      </header>
      {problem && <ProblemView problem={problem} />}
      <div ref={box} className={styles['box']}>
        {!data && !problem && <Skeleton lines={3} />}
        {data && data.length > 0 && frame.width > 120 && frame.height > 60 && (
          <HistoryLine findings={data} rule={rule} frame={frame} />
        )}
        {data?.length === 0 && <p className={styles['none']}>No runs yet.</p>}
      </div>
    </section>
  );
}

const saysRuns = (findings: readonly Finding[]) =>
  findings.length === runs ? `the last ${runs} runs` : counted(findings.length, 'run');
