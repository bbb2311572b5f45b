import { resolve } from 'node:path';
import type { Account } from '../../../shared/contract/files.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { withDuck } from '../files/duck/duck.ts';
import { type Examination, withScratch } from '../files/examine.ts';
import { hashOf, openSource, refuseChanged } from '../files/source/source.ts';
import { accountOf } from '../files/table/account.ts';
import type { FileTable } from '../files/table/file-table.ts';
import { tableName } from '../files/types/name-columns.ts';
import {
  isAdding,
  keyOf,
  type Load,
  type LoadRequest,
  refuseUnknownTypes,
  requestOf,
} from './load-request.ts';
import { refuseAmbiguousKeys, refuseBadKey } from './merge-rows.ts';
import { withNullPlaces } from './null-places.ts';
import { formatsBefore, refuseUndecided } from './read-before.ts';
import { readRecipe, refuseUnwritable } from './recipe.ts';
import { recipePath } from './recipe-path.ts';
import { RejectSpool } from './spool-rejects.ts';
import { Stage } from './stage.ts';
import { stageRows } from './stage-rows.ts';
import { openTarget, refuseOtherColumns, refuseUnknownTypeNames } from './target.ts';
import { tellNulls } from './tell-nulls.ts';
import { tellTrouble } from './tell-trouble.ts';

/** A file whose rows stand on the stage, all of them accounted for. */
export interface Staged {
  readonly load: Load;
  readonly found: Examination;
  readonly stage: Stage;
  readonly account: Account;
  /** The files with rejects, where several are one table. */
  readonly rejectedFiles: ReadonlySet<string>;
  /** SHA-256 of the file. */
  readonly hash: string;
}

/** Puts a file's rows on the stage for `work`, and leaves nothing of the stage behind. */
export async function withStagedFile<T>(
  context: Context,
  asked: LoadRequest,
  call: CallContext,
  work: (staged: Staged) => Promise<T>,
  comparing = false,
): Promise<T> {
  const began = performance.now();
  const { workspace, database } = context;
  const source = await openSource(asked.path, workspace.dir);
  const recipe =
    asked.recipe === undefined ? undefined : await readRecipe(resolve(workspace.dir, asked.recipe));
  const table = asked.table ?? recipe?.table ?? tableName(source.name);
  const target = await openTarget(database, table, asked.mode);
  const before = isAdding(asked, target) ? await formatsBefore(database, table) : {};
  const request = requestOf(asked, recipe, target, before, comparing || asked.hash !== undefined);
  const kept = await recipePath(workspace.dir, table);
  await refuseUnwritable(workspace.path(kept));
  await refuseUnknownTypeNames(database, request.choices.types);
  return withScratch(workspace.scratch, (scratch) =>
    withDuck(call.signal, async (duck) => {
      const key = keyOf(asked, recipe);
      const load = { context, key, asked, call, source, target, duck, scratch, request, kept, began };
      const stage = new Stage(database, `Loading ${table}`, workspace.dir);
      try {
        return await work(await stagedOrTold(load, stage, comparing));
      } finally {
        const dropped = stage.drop().catch(() => {});
        // Who cancels need not wait until the database is open again.
        if (!call.signal.aborted) await dropped;
      }
    }),
  );
}

async function stagedOrTold(load: Load, stage: Stage, comparing: boolean): Promise<Staged> {
  try {
    return await stageFile(load, stage, comparing);
  } catch (thrown) {
    throw await tellTrouble(thrown, load.source);
  }
}

async function stageFile(load: Load, stage: Stage, comparing: boolean): Promise<Staged> {
  const { asked, call, source, target, request } = load;
  const hashing = hashOf(source, call.signal);
  hashing.catch(() => {});
  const spool = new RejectSpool(stage);
  await stage.open();
  const loaded = await stageRows(load, stage, spool, (columns) => {
    if (isAdding(asked, target) && !comparing && !asked.newColumns) refuseOtherColumns(target, columns);
    if (asked.mode === 'merge' && !comparing) refuseKey(load, columns);
    refuseUnknownTypes(asked, columns);
    if (isAdding(asked, target)) refuseUndecided(columns, target.table);
  });
  const [columns] = await Promise.all([
    request.choices.allText ? loaded.columns : tellNulls(load.duck, loaded),
    stage.finish(call.signal),
  ]);
  const placed = comparing ? columns : await withNullPlaces(load.duck, { ...loaded, columns }, stage.rows);
  const found = { ...loaded, columns: placed, table: asRecipeSays(loaded.table, load) };
  if (asked.mode === 'merge' && !comparing)
    await stage.turn((session) => refuseAmbiguousKeys(session, stage.table, load.key), call.signal);
  const hash = await hashing;
  await refuseChanged(source);
  const account = balance(found, stage.rows, spool.count);
  return { load, found, stage, account, rejectedFiles: spool.files, hash };
}

/** What a recipe says of how a file is written was not chosen now. */
function asRecipeSays(table: FileTable, { asked, request }: Load): FileTable {
  const { dialect } = table;
  if (!dialect?.guesses) return table;
  const kept = Object.keys(request.dialect ?? {}).filter((part) => !(part in (asked.dialect ?? {})));
  const guesses = Object.entries(dialect.guesses).map(([part, guess]) => [
    part,
    kept.includes(part) && guess.chosen ? { ...guess, evidence: 'as the recipe says' } : guess,
  ]);
  return { ...table, dialect: { ...dialect, guesses: Object.fromEntries(guesses) } };
}

function refuseKey({ key, target }: Load, columns: Parameters<typeof refuseBadKey>[1]): void {
  refuseBadKey(key, columns, 'the file');
  if (target.exists) refuseBadKey(key, target.columns, 'the table');
}

/** Every record of the file must have gone somewhere, or nothing is imported. */
function balance({ table }: Examination, loaded: number, rejected: number): Account {
  const account = { ...accountOf(table.counts, 0), loaded, rejected };
  if (account.physical === account.loaded + account.rejected + account.skipped) return account;
  throw problem('bug', `The account does not balance: ${JSON.stringify(account)}. Nothing was imported.`, {
    hint: 'Please report this with the file.',
  });
}
