import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { checksRoom } from '../../electron/engine/checks/room.ts';
import type { Context } from '../../electron/engine/context.ts';
import type { Database } from '../../electron/engine/database/database.ts';
import { whyStale } from '../../electron/engine/search/collections/why-stale.ts';
import { modelsOf } from '../../electron/engine/search/room.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import type { CheckRule } from '../../shared/contract/checks.ts';
import type { EngineEvent, Room } from '../../shared/contract/index.ts';
import { ident, sql } from '../../shared/sql.ts';
import type { CallContext, Progress } from '../../shared/wire.ts';
import { sharedWorkspace, workspaceFolder } from '../open-test-engine.ts';

export { makeTable } from './make-table.ts';

type Handlers = Room<'checks'>;
type Called = {
  readonly [Name in keyof Handlers]: (
    arg: Parameters<Handlers[Name]>[0],
    context?: CallContext,
  ) => ReturnType<Handlers[Name]>;
};

export interface OpenChecks {
  readonly dir: string;
  readonly room: Called;
  readonly database: Database;
  /** For other rooms on the same workspace. */
  readonly context: Context;
  readonly events: EngineEvent[];
}

/** The checks room on a workspace of its own. */
export async function openChecks(): Promise<OpenChecks> {
  const workspace = await openWorkspace({ dir: await workspaceFolder(), create: true });
  onTestFinished(() => workspace.close());
  return roomOn(workspace);
}

/** The same on one workspace for all tests of a file: each finds it empty. */
export function sharedChecks(): () => Promise<OpenChecks> {
  const shared = sharedWorkspace();
  return async () => {
    const workspace = shared();
    await empty(workspace);
    return roomOn(workspace);
  };
}

async function empty({ dir, database }: Workspace): Promise<void> {
  const there = await database.query<{ name: string; kind: string }>(sql`
    select relname as name, relkind as kind from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') order by relkind desc`);
  for (const { name, kind } of there) {
    await database.run(sql`drop ${kind === 'v' ? sql`view` : sql`table`} if exists ${ident(name)} cascade`);
  }
  await database.run(
    sql`truncate assay.tables, assay.data_quality_checks, assay.loads, assay.figures cascade`,
  );
  await rm(join(dir, 'checks'), { recursive: true, force: true });
}

function roomOn(workspace: Workspace): OpenChecks {
  const events: EngineEvent[] = [];
  const { database, dir } = workspace;
  const context: Context = {
    workspace,
    database,
    emit: (event) => events.push(event),
    whyStale: whyStale(database, modelsOf({ workspace, database })),
  };
  const handlers = checksRoom(context);
  const room = Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (arg: never, context = calling()) =>
        (handler as (arg: never, context: CallContext) => unknown)(arg, context),
    ]),
  ) as unknown as Called;
  return { dir, database, context, events, room };
}

/** A rule, as short as a test wants to write it. */
export const rule = (
  id: string,
  kind: string,
  params: Record<string, unknown>,
  more: Partial<CheckRule> = {},
): CheckRule => ({
  id,
  kind,
  params,
  failAbove: 0,
  ...more,
});

/** The context of a call that nobody cancels, and what it reported. */
export function calling(
  signal = new AbortController().signal,
): CallContext & { readonly reported: Progress[] } {
  const reported: Progress[] = [];
  return { signal, progress: (progress) => reported.push(progress), reported };
}
