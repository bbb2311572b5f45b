import type { Finding } from '../../shared/contract/checks.ts';
import type { PipelineSummary } from '../../shared/contract/pipelines.ts';
import { count } from '../../shared/number-words.ts';
import type { Problem } from '../../shared/problem.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ago } from '../ui/format.ts';
import { MarkedWords } from '../ui/marked-words.tsx';
import { Verdict } from '../ui/verdict.tsx';
import { useEngine } from '../use-engine.ts';
import { openTab, type TabRef } from '../workspace/tabs.ts';
import styles from './lists.module.css';

interface OpenProblem extends TabRef {
  readonly id: string;
  readonly verdict: Finding['verdict'];
  readonly what: string;
  readonly where: string;
}

const open = ({ verdict }: Finding) => verdict === 'fail' || verdict === 'warn' || verdict === 'error';

const couldNotRunFirst = (one: Finding, other: Finding) =>
  Number(other.verdict === 'error') - Number(one.verdict === 'error');

const fromFile = (kind: string, key: string, problem: Problem): OpenProblem => ({
  id: `${kind} ${key}`,
  kind,
  key,
  verdict: 'error',
  what: problem.message,
  where: key,
});

const fromPipeline = ({ name, problem, lastRun }: PipelineSummary): readonly OpenProblem[] => {
  if (problem) return [fromFile('pipeline', name, problem)];
  if (lastRun?.status !== 'failed') return [];
  const why = lastRun.problem?.message ?? 'it did not end';
  const what = `The run of ${ago(lastRun.at)} failed: ${why}`;
  return [{ id: `run ${name}`, kind: 'pipeline', key: name, verdict: 'error', what, where: name }];
};

const fromFinding = (finding: Finding): OpenProblem => ({
  id: `finding ${finding.id}`,
  kind: 'checks',
  key: finding.table,
  verdict: finding.verdict,
  what: finding.badRows > 0 ? `${finding.says} · ${count(finding.badRows)} bad rows` : finding.says,
  where: finding.table,
});

/** What in the workspace needs a look: files that cannot be read, runs that failed, checks that did not pass. */
export function useOpenProblems(): readonly OpenProblem[] {
  const pipelines = useEngine('pipelines', 'list', {});
  const checks = useEngine('checks', 'list', {});
  const findings = useEngine('checks', 'latest', {});
  return [
    ...(pipelines.data ?? []).flatMap(fromPipeline),
    ...(checks.data ?? []).flatMap(({ table, problem }) =>
      problem ? [fromFile('checks', table, problem)] : [],
    ),
    ...(findings.data ?? []).filter(open).toSorted(couldNotRunFirst).map(fromFinding),
  ];
}

/** Everything that needs a look, each a way to it. */
export function ProblemsPage() {
  const problems = useOpenProblems();
  if (problems.length === 0)
    return <EmptyState says="Nothing needs a look: every file reads, and no run and no check failed." />;
  return (
    <ul className={styles['list']}>
      {problems.map(({ id, kind, key, verdict, what, where }) => (
        <li key={id}>
          <button
            type="button"
            className={styles['entry']}
            onClick={() => openTab({ kind, key, title: key })}
          >
            <Verdict verdict={verdict} compact />
            <span className={styles['what']} title={what.replaceAll('`', '')}>
              <MarkedWords says={what} />
            </span>
            <span className={styles['aside']}>{where}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
