import { resolve } from 'node:path';
import { contract, type EngineEvent, type EngineHandlers } from '../../shared/contract/index.ts';
import type { EngineStatus } from '../../shared/contract/workspace.ts';
import { toProblem } from '../../shared/problem.ts';
import { connections } from './connections.ts';
import type { Restarted } from './database/database.ts';
import { type Log, workspaceLog } from './log.ts';
import { withoutQuotes } from './log-error.ts';
import type { StartedRooms } from './start-rooms.ts';
import { type OpenOptions, openWorkspace, type Workspace } from './workspace/workspace.ts';

/** A workspace with everything that can be done in it. */
export interface OpenEngine {
  /** Every call of the contract. They wait until the workspace is open, and fail with the reason where it cannot be. */
  readonly handlers: EngineHandlers;
  /** What runs by itself after imports and runs is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a workspace's engine; `emit` gets its events. */
export function openEngine(
  options: Omit<OpenOptions, 'onRestart'> & {
    /** Remember every load and run checks by themselves. */
    readonly watch?: boolean;
  },
  emit: (event: EngineEvent) => void,
): OpenEngine {
  const log = workspaceLog(resolve(options.dir), 'engine');
  const began = performance.now();
  const onRestart = ({ reason, ms, cancelled }: Restarted) => {
    log.say('database restarted', { reason: withoutQuotes(reason), ms, cancelled });
    emit({ event: 'database restarted', reason, ms, cancelled });
  };
  let workspace: Workspace | undefined;
  let failed = false;
  let watch: StartedRooms['watch'];
  // Their modules are read while the database opens in its own thread.
  const modules = import('./start-rooms.ts');
  const rooms = openWorkspace({ ...options, onRestart }).then(async (open) => {
    workspace = open;
    const { startRooms } = await modules;
    const started = await startRooms(open, emit, log, options.watch ?? false);
    log.say('engine opened', { ms: performance.now() - began, node: process.version });
    watch = started.watch;
    return started.rooms;
  });
  rooms.catch((thrown: unknown) => {
    failed = true;
    sayRefused(log, thrown);
  });
  const status = async () => statusOf(workspace, failed);
  return {
    handlers: whenOpen(rooms, status, log),
    settled: async () => {
      await rooms.catch(() => {});
      await watch?.settled();
    },
    close: async () => {
      await rooms.catch(() => {});
      await watch?.stop();
      await workspace?.close();
      if (!failed) log.say('engine closed');
    },
  };
}

function sayRefused(log: Log, thrown: unknown): void {
  const { code, message } = toProblem(thrown);
  log.say('engine refused', { code, message: withoutQuotes(message) });
  if (code === 'bug') log.bug('opening', thrown);
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** `status` answers at once; all other calls wait for the workspace. Faults of our own go to the log. */
function whenOpen(
  rooms: Promise<StartedRooms['rooms']>,
  status: EngineHandlers['workspace']['status'],
  log: Log,
): EngineHandlers {
  const late =
    (room: string, method: string): Call =>
    async (...args) => {
      const opened = (await rooms) as unknown as Record<string, Record<string, Call>>;
      try {
        return await opened[room]?.[method]?.(...args);
      } catch (thrown) {
        if (toProblem(thrown).code === 'bug') log.bug(`${room}.${method}`, thrown);
        throw thrown;
      }
    };
  const handlers = Object.entries(contract).map(([room, methods]) => [
    room,
    Object.fromEntries(Object.keys(methods).map((method) => [method, late(room, method)])),
  ]);
  const all = Object.fromEntries(handlers) as EngineHandlers;
  return { ...all, workspace: { ...all.workspace, status } };
}

function statusOf(workspace: Workspace | undefined, failed: boolean): EngineStatus {
  const memoryBytes = process.memoryUsage.rss();
  const own = { memoryBytes, connections: connections() };
  if (workspace && !failed) return { ...workspace.database.status(), ...own };
  return { state: failed ? 'failed' : 'opening', queued: 0, ...own };
}
