import { useState } from 'react';
import type { Advice, Comparison, Evaluation, Recall } from '../../../shared/contract/search.ts';
import type { CallOptions } from '../../../shared/wire.ts';
import { engine } from '../../engine.ts';
import { runTask } from '../../tasks.ts';
import { toastProblem } from '../../ui/toast.tsx';
import { isFiltered, type Question } from './question.ts';

/** What was measured so far. */
export interface Measured {
  readonly overall?: Recall;
  readonly filtered?: Recall;
  readonly advice?: Advice;
  readonly evaluation?: Evaluation;
  readonly comparison?: Comparison;
}

/** Measures a collection as tasks of the status bar. */
export function useMeasuring(collection: string, question: Question) {
  const [measured, setMeasured] = useState<Measured>({});
  const [running, setRunning] = useState(false);
  const run = (title: string, work: (options: CallOptions) => Promise<Measured>) => {
    setRunning(true);
    runTask(title, work)
      .then((more) => setMeasured((before) => ({ ...before, ...more })))
      .catch((thrown) => toastProblem(thrown, 'Not measured'))
      .finally(() => setRunning(false));
  };
  return {
    measured,
    running,
    recall: () => run(`Measuring ${collection}`, (options) => recallOf(collection, question, options)),
    advise: () =>
      run(`Measuring indexes for ${collection}`, async (options) => ({
        advice: await engine.search.advise({ collection }, options),
      })),
    evaluate: () =>
      run(`Evaluating ${collection}`, async (options) => ({
        evaluation: await engine.search.evaluate({ collection }, options),
      })),
    compare: (against: string) =>
      run(`Comparing ${collection} and ${against}`, async (options) => ({
        comparison: await engine.search.compareCollections({ collection, against }, options),
      })),
  };
}

/** Overall, and under the filters of the question where it has some. */
async function recallOf(collection: string, question: Question, options: CallOptions): Promise<Measured> {
  const overall = await engine.search.recall({ collection }, options);
  if (!isFiltered(question)) return { overall };
  const { filter, where } = question;
  const narrowed = { collection, filter, ...(where === null ? {} : { where }) };
  return { overall, filtered: await engine.search.recall(narrowed, options) };
}
