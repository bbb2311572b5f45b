import { contract, type EngineEvent, type EngineHandlers } from '../../shared/contract/index.ts';
import type { EngineStatus } from '../../shared/contract/workspace.ts';
import { checksRoom } from './checks/room.ts';
import type { Context } from './context.ts';
import { filesRoom } from './files/room.ts';
import { importRoom } from './import/room.ts';
import { recoverImports } from './import/stage.ts';
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
  const onRestart = (reason: string, ms: number) => emit({ event: 'database restarted', reason, ms });
  let workspace: Workspace | undefined;
  let failed = false;
  const rooms = openWorkspace({ ...options, onRestart }).then(async (open) => {
    workspace = open;
    await recoverImports(open.database);
    await recoverPipelines(open.database);
    return composeRooms({ workspace: open, database: open.database, emit });
  });
  rooms.catch(() => {
    failed = true;
  });
  const status = async () => statusOf(workspace, failed);
  return {
    handlers: whenOpen(rooms, status),
    close: async () => {
      await rooms.catch(() => {});
      await workspace?.close();
    },
  };
}

type Rooms = ReturnType<typeof composeRooms>;

/** A room that the contract has and this has not is a type error. */
type EveryRoom = Omit<EngineHandlers, 'workspace'> & {
  readonly workspace: Omit<EngineHandlers['workspace'], 'status'>;
};

function composeRooms(context: Context): EveryRoom {
  return {
    workspace: workspaceRoom(context),
    files: filesRoom(context),
    import: importRoom(context),
    tables: tablesRoom(context),
    query: queryRoom(context),
    pipelines: pipelinesRoom(context),
    checks: checksRoom(context),
    search: searchRoom(context),
    promote: promoteRoom(context),
  };
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** `status` answers at once; all other calls wait for the workspace. */
function whenOpen(rooms: Promise<Rooms>, status: EngineHandlers['workspace']['status']): EngineHandlers {
  const late =
    (room: string, method: string): Call =>
    async (...args) => {
      const opened = (await rooms) as unknown as Record<string, Record<string, Call>>;
      return opened[room]?.[method]?.(...args);
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
  if (workspace && !failed) return { ...workspace.database.status(), memoryBytes };
  return { state: failed ? 'failed' : 'opening', queued: 0, memoryBytes };
}
