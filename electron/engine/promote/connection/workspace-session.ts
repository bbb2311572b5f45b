import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Target } from '../../../../shared/contract/workspace.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, names, type Sql, sql, toText } from '../../../../shared/sql.ts';
import { reconcileTables } from '../../tables/reconcile.ts';
import { openWorkspace, refuseFile, type Workspace } from '../../workspace/workspace.ts';
import { plainTexts } from './plain-texts.ts';
import type { TargetSession } from './target-session.ts';

/** Opens another workspace's folder to rehearse on; it becomes a workspace if it is none, and not only looked at. */
export async function connectWorkspace(
  target: Target,
  from: string,
  signal: AbortSignal,
  looking = false,
): Promise<TargetSession> {
  const dir = resolve(from, target.folder ?? '');
  if (dir === resolve(from) || dir.startsWith(resolve(from, '.assay'))) {
    throw problem('bad_input', `The target "${target.name}" is this workspace itself, or what it keeps.`, {
      hint: 'Give it a folder of its own.',
    });
  }
  const { database, close } = await (looking ? openToLook(dir) : openWorkspace({ dir, create: true }));
  const options = { title: 'Promoting', signal };
  const run = (statement: Sql) => database.use(options, (session) => session.script(toText(statement)));
  const prepare = async () => {
    for (const setting of plainTexts) await run(setting);
    return database.one<{ version: string }>(sql`select current_setting('server_version') as version`);
  };
  // A cancel while connecting must give the folder back.
  const { version } = await prepare().catch(async (thrown: unknown) => {
    await close();
    throw thrown;
  });
  return {
    server: `PostgreSQL ${version.split(' ')[0]} in ${dir}`,
    query: <Row>(statement: Sql) => database.use(options, (session) => session.query<Row>(statement)),
    run,
    transaction: (statements) =>
      database.transaction(options, async (session) => {
        for (const statement of statements) await session.script(toText(statement));
      }),
    append: ({ schema, name, columns }, piece, mark) =>
      database.transaction(options, async (session) => {
        const list = names(columns.map((column) => column.name));
        const into = sql`copy ${ident(schema, name)} (${list}) from '/dev/blob' (format binary)`;
        await session.copyIn(into, piece);
        await session.script(toText(mark));
      }),
    close: async () => {
      // What came here is a table of that workspace too, with row addresses and a place in its catalog.
      try {
        if (looking) return;
        await database.transaction({ title: 'Noting the tables' }, (session) =>
          reconcileTables(session, { names: [] }),
        );
      } finally {
        await close();
      }
    },
  };
}

/** A folder that is no workspace yet stays as it is when it is only looked at: it is as an empty one elsewhere would be. */
async function openToLook(dir: string): Promise<Pick<Workspace, 'database' | 'close'>> {
  if (existsSync(join(dir, 'assay.yaml'))) return openWorkspace({ dir });
  refuseFile(dir);
  const empty = await mkdtemp(join(tmpdir(), 'assay-plan-'));
  const remove = () => rm(empty, { recursive: true, force: true });
  try {
    const { database, close } = await openWorkspace({ dir: empty, create: true });
    return { database, close: () => close().finally(remove) };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
}
