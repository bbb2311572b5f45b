import { useCallback, useState } from 'react';
import { create } from 'zustand';
import { type Problem, ProblemError, toProblem } from '../shared/problem.ts';
import type { CallOptions, Progress } from '../shared/wire.ts';
import { onEngineEvent } from './engine.ts';

/** A long call as the status bar and the Tasks panel show it. */
export interface Task {
  readonly id: number;
  readonly title: string;
  readonly status: 'running' | 'cancelling' | 'done' | 'cancelled' | 'failed';
  readonly progress?: Progress;
  /** Per second, over the last few seconds. */
  readonly rate?: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly problem?: Problem;
  /** What cancelling did, in words. */
  readonly outcome?: string;
}

const kept = 50;

/** Every long call of this window, newest last. */
export const useTasks = create<{ readonly tasks: readonly Task[] }>(() => ({ tasks: [] }));

const aborts = new Map<number, AbortController>();
let lastId = 0;
let lastRestart: { at: number; ms: number } | undefined;

onEngineEvent((event) => {
  if (event.event === 'database restarted') lastRestart = { at: Date.now(), ms: event.ms };
});

function update(id: number, change: Partial<Task>) {
  useTasks.setState(({ tasks }) => ({
    tasks: tasks.map((task) => (task.id === id ? { ...task, ...change } : task)),
  }));
}

/** Asks the engine to stop a task; the task says afterwards what that did. */
export function cancelTask(id: number) {
  update(id, { status: 'cancelling' });
  aborts.get(id)?.abort();
}

/** Takes what has ended off the list. */
export function clearEndedTasks() {
  useTasks.setState(({ tasks }) => ({ tasks: tasks.filter((task) => task.endedAt === undefined) }));
}

/** A running mean of progress per second. */
function meter() {
  const samples: { at: number; done: number }[] = [];
  return (done: number) => {
    const at = performance.now();
    samples.push({ at, done });
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > 5000) samples.shift();
    const first = samples[0];
    return first && at > first.at ? ((done - first.done) * 1000) / (at - first.at) : undefined;
  };
}

function endOf(thrown: unknown, cancelAsked: boolean, startedAt: number): Partial<Task> {
  const failed = toProblem(thrown);
  if (failed.code !== 'cancelled') return { status: 'failed', problem: failed };
  const restarted = lastRestart && lastRestart.at >= startedAt ? lastRestart : undefined;
  const seconds = restarted && (restarted.ms / 1000).toFixed(1);
  const outcome = restarted
    ? `Cancelled. The database was stopped and opened again in ${seconds} s; nothing half done is left.`
    : 'Cancelled.';
  return { status: 'cancelled', outcome: cancelAsked ? outcome : failed.message };
}

/** How a call becomes a task. */
export interface TaskOptions {
  /** Told the task's number at once. */
  readonly started?: (id: number) => void;
  /** Shown only where the call takes longer than so many milliseconds: for what is mostly done in a moment. */
  readonly shownAfter?: number;
}

/** Does a long call as a task: with progress, rate and cancel in the status bar. `run` hands its options to the engine. */
export async function runTask<T>(
  title: string,
  run: (options: CallOptions) => Promise<T>,
  { started, shownAfter = 0 }: TaskOptions = {},
): Promise<T> {
  const id = ++lastId;
  const abort = new AbortController();
  const rateOf = meter();
  const startedAt = Date.now();
  let task: Task = { id, title, status: 'running', startedAt };
  const show = () => useTasks.setState(({ tasks }) => ({ tasks: [...tasks.slice(-kept), task] }));
  aborts.set(id, abort);
  const waiting = shownAfter > 0 ? setTimeout(show, shownAfter) : show();
  started?.(id);
  try {
    const result = await run({
      signal: abort.signal,
      onProgress: (progress) => {
        const now = { progress, rate: rateOf(progress.done) };
        task = { ...task, ...now };
        update(id, now);
      },
    });
    const late = abort.signal.aborted ? { outcome: 'It was done before the cancel arrived.' } : {};
    update(id, { status: 'done', endedAt: Date.now(), ...late });
    return result;
  } catch (thrown) {
    update(id, { endedAt: Date.now(), ...endOf(thrown, abort.signal.aborted, startedAt) });
    throw thrown instanceof ProblemError ? thrown : new ProblemError(toProblem(thrown), { cause: thrown });
  } finally {
    clearTimeout(waiting ?? undefined);
    aborts.delete(id);
  }
}

/** The seconds a task still needs, where that can be known. */
export function secondsLeft({ progress, rate }: Task): number | undefined {
  if (!progress?.total || !rate) return undefined;
  return Math.max(0, (progress.total - progress.done) / rate);
}

/** A view's own task: `start(title, run)`, the task as it goes, and `cancel()`. A problem is on `task.problem`. */
export function useTask() {
  const [id, setId] = useState(0);
  const task = useTasks(({ tasks }) => tasks.find((candidate) => candidate.id === id));
  const start = useCallback(
    async <T>(title: string, run: (options: CallOptions) => Promise<T>): Promise<T | undefined> => {
      try {
        return await runTask(title, run, { started: setId });
      } catch {
        return undefined;
      }
    },
    [],
  );
  const cancel = useCallback(() => cancelTask(id), [id]);
  const running = task?.status === 'running' || task?.status === 'cancelling';
  return { start, cancel, task, running };
}
