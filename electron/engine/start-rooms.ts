import type { EngineEvent, EngineHandlers } from '../../shared/contract/index.ts';
import { toProblem } from '../../shared/problem.ts';
import { BackgroundRuns } from './checks/background-runs.ts';
import { rememberMade } from './checks/made-of-private.ts';
import { LoadWatch } from './checks/monitors/watch-loads.ts';
import { checksRoom } from './checks/room.ts';
import { rulesAndPrivacy } from './checks/rules-and-privacy.ts';
import { type ByItself, runAfter } from './checks/run-by-itself.ts';
import type { Context } from './context.ts';
import { documentationRoom } from './documentation/room.ts';
import { filesRoom } from './files/room.ts';
import { recoverFormer } from './import/former.ts';
import { importRoom } from './import/room.ts';
import { recoverImports } from './import/stage.ts';
import type { Log } from './log.ts';
import { withoutQuotes } from './log-error.ts';
import { pipelinesRoom } from './pipelines/room.ts';
import { recoverPipelines } from './pipelines/run/run-records.ts';
import { promoteRoom } from './promote/room.ts';
import { embeddingTexts } from './query/embed-parameters.ts';
import { queryRoom } from './query/room.ts';
import { whyStale } from './search/collections/why-stale.ts';
import { embedsForSteps } from './search/model/embed-step.ts';
import { embedsForQueries } from './search/model/embed-text.ts';
import type { Models } from './search/model/models.ts';
import { modelsOf, searchRoom } from './search/room.ts';
import { tablesRoom } from './tables/room.ts';
import { workspaceRoom } from './workspace/room.ts';
import type { Workspace } from './workspace/workspace.ts';

/** The rooms of an open workspace, and what runs checks after loads, where that was asked for. */
export interface StartedRooms {
  readonly rooms: EveryRoom;
  readonly watch: LoadWatch | undefined;
}

/** Mends what a killed process left, and starts every room. */
export async function startRooms(
  workspace: Workspace,
  emit: (event: EngineEvent) => void,
  log: Log,
  watched: boolean,
): Promise<StartedRooms> {
  const { database } = workspace;
  await recoverImports(database);
  await recoverFormer(database);
  await recoverPipelines(database, workspace.path());
  const hearers: Hear[] = [];
  const tell: Hear = (event) => {
    emit(event);
    for (const hear of hearers) hear(event);
  };
  const models = modelsOf({ workspace, database });
  const context = { workspace, database, emit: tell, whyStale: whyStale(database, models) };
  const failed = (thrown: unknown) => sayAside(log, thrown);
  const aside = { runs: new BackgroundRuns(tell), failed, afterSave: watched };
  const watch = watched ? watchLoads(context, aside) : undefined;
  if (watch) {
    hearers.push((event) => {
      if (event.event === 'changed' && event.room === 'tables') watch.look();
    });
  }
  const listen = (hear: Hear) => void hearers.push(hear);
  const tables = tablesRoom(context, watched ? listen : undefined, () => rulesAndPrivacy(context));
  return { rooms: { ...composeRooms(context, models, listen, aside), tables }, watch };
}

function sayAside(log: Log, thrown: unknown): void {
  const { code, message } = toProblem(thrown);
  if (code === 'bug') log.bug('what runs by itself', thrown);
  else log.say('what runs by itself failed', { code, message: withoutQuotes(message) });
}

/** A room that the contract has and this has not is a type error. */
type EveryRoom = Omit<EngineHandlers, 'workspace'> & {
  readonly workspace: Omit<EngineHandlers['workspace'], 'status'>;
};

type Hear = (event: EngineEvent) => void;

/** After a load of a table, its checks run. */
const watchLoads = (context: Context, aside: ByItself) =>
  new LoadWatch(
    context.database,
    async ({ table, cause }, signal) => {
      if (cause === 'pipeline') await rememberMade(context, table);
      if (cause !== 'query') await runAfter(context, { table, moment: cause }, signal, aside);
      else context.emit({ event: 'changed', room: 'checks' });
    },
    aside.failed,
  );

function composeRooms(
  context: Context,
  models: Models,
  listen: (hear: Hear) => void,
  aside: ByItself,
): Omit<EveryRoom, 'tables'> {
  return {
    workspace: workspaceRoom(context),
    files: filesRoom(context),
    import: importRoom(context),
    query: embeddingTexts(
      queryRoom(context, listen, () => rulesAndPrivacy(context)),
      context.database,
      embedsForQueries(context.database, models),
    ),
    pipelines: pipelinesRoom(context, embedsForSteps(models)),
    checks: checksRoom(context, aside),
    search: searchRoom(context, models),
    promote: promoteRoom(context),
    documentation: documentationRoom(context),
  };
}
