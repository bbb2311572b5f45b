import { resolve } from 'node:path';
import { contract, type EngineEvent, type EngineHandlers } from '../../shared/contract/index.ts';
import type { EngineStatus } from '../../shared/contract/workspace.ts';
import { toProblem } from '../../shared/problem.ts';
import { checksRoom } from './checks/room.ts';
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
import { queryRoom } from './query/room.ts';
import { searchRoom } from './search/room.ts';
import { tablesRoom } from './tables/room.ts';
import { workspaceRoom } from './workspace/room.ts';
import { type OpenOptions, openWorkspace, type Workspace } from './workspace/workspace.ts';

/** A workspace with everything that can be done in it. */
export interface OpenEngine {
  /** Every call of the contract. They wait until the workspace is open, and fail with the reason where it cannot be. */
  readonly handlers: EngineHandlers;
  close(): Promise<void>;
}

/** Opens a workspace's engine; `emit` gets its events. */
export function openEngine(
  options: Omit<OpenOptions, 'onRestart'>,
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
    return composeRooms(context, (hear) => void hearers.push(hear));
  });
  rooms.catch((thrown: unknown) => {
    failed = true;
    sayRefused(log, thrown);
  });
  const status = async () => statusOf(workspace, failed);
  return {
    handlers: whenOpen(rooms, status, log),
    close: async () => {
      await rooms.catch(() => {});
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

type Rooms = ReturnType<typeof composeRooms>;

/** A room that the contract has and this has not is a type error. */
type EveryRoom = Omit<EngineHandlers, 'workspace'> & {
  readonly workspace: Omit<EngineHandlers['workspace'], 'status'>;
};

type Hear = (event: EngineEvent) => void;

function composeRooms(context: Context, listen: (hear: Hear) => void): EveryRoom {
  return {
    workspace: workspaceRoom(context),
    files: filesRoom(context),
    import: importRoom(context),
    tables: tablesRoom(context),
    query: queryRoom(context, listen),
    pipelines: pipelinesRoom(context),
    checks: checksRoom(context),
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
