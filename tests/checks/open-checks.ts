import { onTestFinished } from 'vitest';
import { checksRoom } from '../../electron/engine/checks/room.ts';
import type { Context } from '../../electron/engine/context.ts';
import type { Database, Session } from '../../electron/engine/database/database.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import type { CheckRule } from '../../shared/contract/checks.ts';
import type { EngineEvent, Room } from '../../shared/contract/index.ts';
import type { ExampleTable } from '../../shared/define-step.ts';
import { ident, join, literals, sql, typeName } from '../../shared/sql.ts';
import type { CallContext, Progress } from '../../shared/wire.ts';
import { workspaceFolder } from '../open-test-engine.ts';
import { columnsOf } from '../steps/example-rows.ts';

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
  const dir = await workspaceFolder();
  const workspace = await openWorkspace({ dir, create: true });
  onTestFinished(() => workspace.close());
  const events: EngineEvent[] = [];
  const { database } = workspace;
  const context: Context = { workspace, database, emit: (event) => events.push(event) };
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

/** Makes a user's table, with `_row` counting from 1, as an import would. */
export async function makeTable(session: Session, name: string, table: ExampleTable): Promise<void> {
  const columns = columnsOf(table);
  const typed = columns.map((column) => sql`${ident(column.name)} ${typeName(column.type)}`);
  await session.run(sql`drop table if exists ${ident(name)}`);
  await session.run(sql`create table ${ident(name)} (${join([sql`_row bigint`, ...typed])})`);
  const rows = table.rows.map((row, at) => {
    const cells = columns.map((column) => row[column.name] ?? null);
    return sql`(${join([at + 1, ...cells.map((cell) => (cell === null ? null : String(cell)))])})`;
  });
  if (rows.length > 0) await session.run(literals(sql`insert into ${ident(name)} values ${join(rows)}`));
  await session.run(sql`insert into assay.tables (name, origin, row_count) values (${name}, 'query', ${table.rows.length})
    on conflict (name) do update set version = assay.tables.version + 1, row_count = excluded.row_count`);
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
