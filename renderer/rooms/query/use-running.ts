import { useCallback, useRef } from 'react';
import { type Problem, toProblem } from '../../../shared/problem.ts';
import { engine } from '../../engine.ts';
import { cancelTask, runTask } from '../../tasks.ts';
import { type Outcome, useOutcome } from './outcome.ts';
import type { Piece } from './query-text.ts';

let runs = 0;

/** Runs pieces of a query's text; only the latest run is shown. */
export function useRunning(title: string) {
  const [outcome, setOutcome] = useOutcome();
  const task = useRef(0);
  const run = useCallback(
    async (piece: Piece) => {
      const number = ++runs;
      setOutcome({ status: 'running' });
      let after: Outcome;
      try {
        const results = await runTask(
          `Running ${title}`,
          (options) => engine.query.run({ text: piece.text }, options),
          (id) => {
            task.current = id;
          },
        );
        after = { status: 'done', results, run: number };
      } catch (thrown) {
        after = { status: 'failed', problem: placed(toProblem(thrown), piece) };
      }
      setOutcome((before) => (number === runs || before.status === 'running' ? after : before));
    },
    [title, setOutcome],
  );
  const cancel = useCallback(() => cancelTask(task.current), []);
  return { outcome, setOutcome, run, cancel };
}

/** The problem's place in the whole text rather than in the piece that was run. */
function placed(problem: Problem, { start, whole }: Piece): Problem {
  const position = problem.at?.position;
  if (position === undefined) return problem;
  const before = whole.slice(0, start + position - 1);
  const place = { position: start + position, line: before.split('\n').length };
  return { ...problem, at: { ...problem.at, ...place, character: before.length - before.lastIndexOf('\n') } };
}
