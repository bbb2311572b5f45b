import { resolve } from 'node:path';
import { contract, type EngineEvent, type EngineHandlers } from '../../shared/contract/index.ts';
import type { EngineStatus } from '../../shared/contract/workspace.ts';
import { toProblem } from '../../shared/problem.ts';
import { LoadWatch } from './checks/monitors/watch-loads.ts';
import { checksRoom } from './checks/room.ts';
import { runAfter } from './checks/run-by-itself.ts';
import { connections } from './connections.ts';
import type { Context } from './context.ts';
import { documentationRoom } from './documentation/room.ts';
import { filesRoom } from './files/room.ts';
import { recoverFormer } from './import/former.ts';
import { importRoom } from './import/room.ts';
import { recoverImports } from './import/stage.ts';
import { type Log, workspaceLog } from './log.ts';
import { withoutQuotes } from './log-error.ts';
import { pipelinesRoom } from './pipelines/room.ts';
import { recoverPipelines } from './pipelines/run-records.ts';
import { promoteRoom } from './promote/room.ts';
import { embeddingTexts } from './query/embed-parameters.ts';
import { queryRoom } from './query/room.ts';
import { embedText } from './search/embed-text.ts';
import { searchRoom } from './search/room.ts';
import { tablesRoom } from './tables/room.ts';
import { workspaceRoom } from './workspace/room.ts';
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
  const onRestart = (reason: string, ms: number) => {
    log.say('database restarted', { reason: withoutQuotes(reason), ms });
    emit({ event: 'database restarted', reason, ms });
  };
  let workspace: Workspace | undefined;
  let failed = false;
  let watch: LoadWatch | undefined;
  const rooms = openWorkspace({ ...options, onRestart }).then(async (open) => {
    workspace = open;
    await recoverImports(open.database);
    await recoverFormer(open.database);
    await recoverPipelines(open.database);
    log.say('engine opened', { ms: performance.now() - began, node: process.version });
    const hearers: Hear[] = [];
    const tell: Hear = (event) => {
      emit(event);
      for (const hear of hearers) hear(event);
    };
    const context = { workspace: open, database: open.database, emit: tell };
    const aside = (thrown: unknown) => sayAside(log, thrown);
    if (options.watch) {
      watch = watchLoads(context, aside);
      hearers.push((event) => {
        if (event.event === 'changed' && event.room === 'tables') watch?.look();
      });
    }
    return composeRooms(context, (hear) => void hearers.push(hear), aside);
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

function sayAside(log: Log, thrown: unknown): void {
  const { code, message } = toProblem(thrown);
  if (code === 'bug') log.bug('what runs by itself', thrown);
  else log.say('what runs by itself failed', { code, message: withoutQuotes(message) });
}

type Rooms = ReturnType<typeof composeRooms>;

/** A room that the contract has and this has not is a type error. */
type EveryRoom = Omit<EngineHandlers, 'workspace'> & {
  readonly workspace: Omit<EngineHandlers['workspace'], 'status'>;
};

type Hear = (event: EngineEvent) => void;

/** After a load of a table, its checks run. */
const watchLoads = (context: Context, failed: (thrown: unknown) => void) =>
  new LoadWatch(
    context.database,
    async ({ table, cause }, signal) => {
      if (cause !== 'query') await runAfter(context, table, cause, signal, failed);
      else context.emit({ event: 'changed', room: 'checks' });
    },
    failed,
  );

function composeRooms(
  context: Context,
  listen: (hear: Hear) => void,
  failed: (thrown: unknown) => void,
): EveryRoom {
  return {
    workspace: workspaceRoom(context),
    files: filesRoom(context),
    import: importRoom(context),
    tables: tablesRoom(context),
    query: embeddingTexts(queryRoom(context, listen), context.database, embedText),
    pipelines: pipelinesRoom(context),
    checks: checksRoom(context, failed),
    search: searchRoom(context),
    promote: promoteRoom(context),
    documentation: documentationRoom(context),
  };
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** `status` answers at once; all other calls wait for the workspace. Faults of our own go to the log. */
function whenOpen(
  rooms: Promise<Rooms>,
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
