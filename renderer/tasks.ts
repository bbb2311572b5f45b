import { useCallback, useState } from 'react';
import { create } from 'zustand';
import { type Problem, ProblemError, toProblem } from '../shared/problem.ts';
import { progressRate } from '../shared/progress-rate.ts';
import type { CallOptions, Progress } from '../shared/wire.ts';
import { onEngineEvent } from './engine.ts';

/** A long call as the status bar and the Tasks panel show it. */
export interface Task {
  readonly id: number;
  readonly title: string;
  readonly status: 'running' | 'pausing' | 'cancelling' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly progress?: Progress;
  /** Per second, over the last few seconds. */
  readonly rate?: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly problem?: Problem;
  /** What cancelling did, in words. */
  readonly outcome?: string;
  /** How it is paused, and how it goes on then; absent where it cannot be paused. */
  readonly pausing?: Pausing;
}

/** A call that can be asked to end where it is, and that goes on there when it is made again. */
export interface Pausing {
  /** Asks the engine; the call ends by itself soon after. */
  readonly pause: () => Promise<unknown>;
  readonly resume: () => void;
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

/** Asks a task to pause; it is paused once what it is at is kept. */
export async function pauseTask({ id, pausing }: Task): Promise<void> {
  update(id, { status: 'pausing' });
  await pausing?.pause().catch(() => update(id, { status: 'running' }));
}

/** Lets a paused task go on, as a task of its own. */
export function resumeTask({ id, pausing }: Task) {
  useTasks.setState(({ tasks }) => ({ tasks: tasks.filter((task) => task.id !== id) }));
  pausing?.resume();
}

/** Lists what was paused before this window was there, unless it is listed, or runs again. */
export function listPaused(
  title: string,
  { at, ...task }: Pick<Task, 'outcome' | 'pausing'> & { readonly at: number },
) {
  useTasks.setState(({ tasks }) => {
    const there = tasks.some(
      (one) => one.title === title && (one.status === 'paused' || one.endedAt === undefined),
    );
    return there
      ? {}
      : { tasks: [{ ...task, id: ++lastId, title, status: 'paused', startedAt: at, endedAt: at }, ...tasks] };
  });
}

/** Takes what has ended off the list. */
export function clearEndedTasks() {
  useTasks.setState(({ tasks }) => ({ tasks: tasks.filter((task) => task.endedAt === undefined) }));
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
export interface TaskOptions<Result> {
  /** Told the task's number at once. */
  readonly started?: (id: number) => void;
  /** Shown only where the call takes longer than so many milliseconds: for what is mostly done in a moment. */
  readonly shownAfter?: number;
  /** Where it can be paused: whether its result says that it was, and how. */
  readonly pausing?: Pausing & { readonly paused: (result: Result) => boolean };
}

/** Does a long call as a task: with progress, rate and cancel in the status bar. `run` hands its options to the engine. */
export async function runTask<T>(
  title: string,
  run: (options: CallOptions) => Promise<T>,
  { started, shownAfter = 0, pausing }: TaskOptions<T> = {},
): Promise<T> {
  const id = ++lastId;
  const abort = new AbortController();
  const rateOf = progressRate();
  const startedAt = Date.now();
  let task: Task = { id, title, status: 'running', startedAt, ...(pausing ? { pausing } : {}) };
  const goesOn = (one: Task) => one.title === title && one.status === 'paused';
  const show = () =>
    useTasks.setState(({ tasks }) => ({
      tasks: [...tasks.filter((one) => !goesOn(one)).slice(-kept), task],
    }));
  aborts.set(id, abort);
  const waiting = shownAfter > 0 ? setTimeout(show, shownAfter) : show();
  started?.(id);
  try {
    const result = await run({
      signal: abort.signal,
      onProgress: (progress) => {
        const now = { progress, rate: rateOf(progress) };
        task = { ...task, ...now };
        update(id, now);
      },
    });
    const late = abort.signal.aborted ? { outcome: 'It was done before the cancel arrived.' } : {};
    update(id, { status: pausing?.paused(result) ? 'paused' : 'done', endedAt: Date.now(), ...late });
    return result;
  } catch (thrown) {
    update(id, { endedAt: Date.now(), ...endOf(thrown, abort.signal.aborted, startedAt) });
    throw thrown instanceof ProblemError ? thrown : new ProblemError(toProblem(thrown), { cause: thrown });
  } finally {
    clearTimeout(waiting ?? undefined);
    aborts.delete(id);
  }
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
  const running = task !== undefined && task.endedAt === undefined;
  return { start, cancel, task, running };
}
