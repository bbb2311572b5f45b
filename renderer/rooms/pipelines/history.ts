import type { Pipeline } from '../../../shared/contract/pipelines.ts';

/** What can be undone and done again; plain data. */
export interface History {
  readonly past: readonly Pipeline[];
  readonly future: readonly Pipeline[];
  /** The latest change, so that typing in one place is undone at once. */
  readonly group: string | null;
  readonly at: number;
}

/** Nothing done yet. */
export const noHistory: History = { past: [], future: [], group: null, at: 0 };

const together = 1500;

/** Notes how things were before a change. Changes of one group in quick succession count as one. */
export function noted(history: History, before: Pipeline, group: string | null, at: number): History {
  const goesOn = group !== null && group === history.group && at - history.at < together;
  const past = goesOn ? history.past : [...history.past, before];
  return { past, future: [], group, at };
}

/** Goes back one change: the pipeline then, and the history then. */
export function undone(
  history: History,
  now: Pipeline,
): { history: History; pipeline: Pipeline } | undefined {
  const pipeline = history.past.at(-1);
  if (!pipeline) return undefined;
  const { past, future } = history;
  return { pipeline, history: { past: past.slice(0, -1), future: [now, ...future], group: null, at: 0 } };
}

/** Goes forward again. */
export function redone(
  history: History,
  now: Pipeline,
): { history: History; pipeline: Pipeline } | undefined {
  const [pipeline, ...future] = history.future;
  if (!pipeline) return undefined;
  return { pipeline, history: { past: [...history.past, now], future, group: null, at: 0 } };
}

const keptLetters = 200_000;

/** The nearest part of a history, small enough to be kept over a restart with the layout of the window. */
export function nearestPart({ past, future }: History): History {
  let left = keptLetters;
  const fits = (pipeline: Pipeline) => {
    left -= JSON.stringify(pipeline).length;
    return left > 0;
  };
  const kept = (all: readonly Pipeline[]) => {
    const end = all.findIndex((pipeline) => !fits(pipeline));
    return end < 0 ? all : all.slice(0, end);
  };
  const before = kept(past.toReversed()).toReversed();
  return { past: before, future: kept(future), group: null, at: 0 };
}
