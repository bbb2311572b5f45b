import { useCallback, useRef } from 'react';
import { type Problem, toProblem } from '../../../shared/problem.ts';
import { splitStatements } from '../../../shared/sql-lexer.ts';
import { engine } from '../../engine.ts';
import { cancelTask, runTask } from '../../tasks.ts';
import { beforePlan } from './before-plan.ts';
import {
  type Outcome,
  type ParameterValues,
  type Result,
  useOutcome,
  usePlans,
  useResultPage,
  useWriting,
} from './outcome.ts';
import type { Piece } from './query-text.ts';
import { useValues } from './use-values.ts';

let runs = 0;
const mostPlans = 8;

type Options = Parameters<Parameters<typeof runTask>[1]>[0];

/** Does one thing at a time and keeps how it ended; only the latest is shown. */
function useAttempts() {
  const [outcome, setOutcome] = useOutcome();
  const [, setPage] = useResultPage();
  const task = useRef(0);
  const attempt = useCallback(
    async (
      doing: string,
      piece: Piece,
      work: (options: Options, number: number) => Promise<Outcome>,
      again: (freely: boolean) => void,
    ) => {
      const number = ++runs;
      let before = { status: 'none' } as Outcome;
      setOutcome((now) => {
        before = now;
        return { status: 'running' };
      });
      let after: Outcome;
      try {
        after = await runTask(doing, (options) => work(options, number), {
          started: (id) => {
            task.current = id;
          },
        });
      } catch (thrown) {
        after = { status: 'failed', problem: placed(toProblem(thrown), piece), again };
      }
      // A plan leaves the rows that were there, and takes the place of a failure.
      const seen = after.status === 'none' ? beforePlan(before) : after;
      setOutcome((now) => (number === runs || now.status === 'running' ? seen : now));
      if (after.status === 'done') setPage(firstPage(after.results));
      if (after.status === 'failed') setPage('problem');
    },
    [setOutcome, setPage],
  );
  const cancel = useCallback(() => cancelTask(task.current), []);
  return { outcome, attempt, cancel };
}

/** Runs pieces of a query's text, and shows how they are done. */
export function useRunning(title: string) {
  const { outcome, attempt, cancel } = useAttempts();
  const [writing] = useWriting();
  const values = useValues();
  const run = useCallback(
    async (piece: Piece, freely = false, writes = writing): Promise<void> => {
      const { text } = piece;
      const given = await values.of(text);
      if (!given) return;
      const how = freely ? 'free' : writes ? 'undoable' : 'no';
      await attempt(
        `Running ${title}`,
        piece,
        async (options, number) => {
          const results = await engine.query.run({ text, values: given, writing: how }, options);
          return { status: 'done', run: number, results: resultsOf(text, given, results, number) };
        },
        (nowFreely) => void run(piece, nowFreely, true),
      );
    },
    [title, writing, values, attempt],
  );
  return { outcome, run, explain: useExplaining(title, values, attempt), cancel };
}

function useExplaining(
  title: string,
  values: ReturnType<typeof useValues>,
  attempt: ReturnType<typeof useAttempts>['attempt'],
) {
  const [, setPage] = useResultPage();
  const [, setPlans] = usePlans();
  return useCallback(
    async (piece: Piece, analyze: boolean): Promise<void> => {
      const { text } = piece;
      const given = await values.of(text);
      if (!given) return;
      const work = async (options: Options): Promise<Outcome> => {
        const plan = await engine.query.explain({ text, values: given, analyze }, options);
        setPlans((before) => [plan, ...before].slice(0, mostPlans));
        return { status: 'none' };
      };
      setPage('plan');
      await attempt(`Explaining ${title}`, piece, work, () => {});
    },
    [title, values, attempt, setPage, setPlans],
  );
}

const firstPage = (results: readonly Result[]) =>
  results.findLast(({ result }) => result.bytes)?.id ?? 'messages';

function resultsOf(
  text: string,
  values: ParameterValues,
  results: Awaited<ReturnType<typeof engine.query.run>>,
  run: number,
): readonly Result[] {
  const statements = splitStatements(text);
  const many = results.filter(({ bytes }) => bytes).length > 1;
  return results.map((result, at) => ({
    id: `${run}.${at}`,
    title: many ? `Result ${at + 1}` : 'Result',
    text: statements[at]?.text ?? '',
    values,
    result,
  }));
}

/** The problem's place in the whole text rather than in the piece that was run. */
function placed(problem: Problem, { start, whole }: Piece): Problem {
  const position = problem.at?.position;
  if (position === undefined) return problem;
  const before = whole.slice(0, start + position - 1);
  const place = { position: start + position, line: before.split('\n').length };
  return { ...problem, at: { ...problem.at, ...place, character: before.length - before.lastIndexOf('\n') } };
}
