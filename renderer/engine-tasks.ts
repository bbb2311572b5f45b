import type { EngineEvent } from '../shared/contract/index.ts';
import { problem } from '../shared/problem.ts';
import type { CallOptions } from '../shared/wire.ts';
import { engine, onEngineEvent, useConnection } from './engine.ts';
import { runTask } from './tasks.ts';

type Told = Extract<EngineEvent, { event: 'task' }>;

/** What a call that would do the same is waiting for. */
interface Followed {
  readonly options: CallOptions;
  readonly end: (thrown?: unknown) => void;
}

const followed = new Map<number, Followed>();

/** Shows what the engine does by itself among the tasks of this window; cancelling one there stops it in the engine. */
export function followEngineTasks() {
  onEngineEvent((event) => {
    if (event.event === 'task') hear(event);
  });
  useConnection.subscribe(({ phase, ports }, before) => {
    if (phase === before.phase && ports === before.ports) return;
    for (const { end } of followed.values()) end(problem('engine_lost', 'The engine stopped while it ran.'));
    followed.clear();
  });
}

function hear(event: Told) {
  const { task, status, progress } = event;
  if (status === 'running' && !followed.has(task)) follow(event);
  const known = followed.get(task);
  if (progress) known?.options.onProgress?.(progress);
  if (status === 'running') return;
  followed.delete(task);
  known?.end(endOf(event));
}

function endOf({ status, problem: failed }: Told): unknown {
  if (status === 'cancelled') return problem('cancelled', 'Cancelled.');
  return status === 'failed' ? problem(failed?.code ?? 'bug', failed?.message ?? '', failed) : undefined;
}

function follow({ task, title }: Told) {
  const run = (options: CallOptions) =>
    new Promise<void>((resolve, reject) => {
      const end = (thrown?: unknown) => (thrown === undefined ? resolve() : reject(thrown));
      followed.set(task, { options, end });
      options.signal?.addEventListener('abort', () => void engine.checks.stop({ task }));
    });
  void runTask(title, run).catch(() => {});
}
