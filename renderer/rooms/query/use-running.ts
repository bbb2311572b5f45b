import { useCallback, useRef } from 'react';
import { toProblem } from '../../../shared/problem.ts';
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
        after = { status: 'failed', problem: moved(toProblem(thrown), piece.start) };
      }
      setOutcome((before) => (number === runs || before.status === 'running' ? after : before));
    },
    [title, setOutcome],
  );
  const cancel = useCallback(() => cancelTask(task.current), []);
  return { outcome, setOutcome, run, cancel };
}

/** The problem's place in the whole text rather than in the piece that was run. */
function moved(problem: ReturnType<typeof toProblem>, by: number) {
  const position = problem.at?.position;
  if (position === undefined || by === 0) return problem;
  const { line: _line, ...at } = problem.at ?? {};
  return { ...problem, at: { ...at, position: position + by } };
}
