import { isAbsolute, relative, resolve } from 'node:path';
import type { Account, FileColumn } from '../../../shared/contract/files.ts';
import type { ImportedColumn, ImportedTable } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { accountOf } from '../files/account.ts';
import { withDuck } from '../files/duck.ts';
import { type Examination, withScratch } from '../files/examine.ts';
import { tableName } from '../files/name-columns.ts';
import { hashOf, openSource, refuseChanged, type Source } from '../files/source.ts';
import { importedFormat } from './imported-format.ts';
import {
  isAdding,
  keyOf,
  type Load,
  type LoadRequest,
  refuseUnknownTypes,
  requestOf,
} from './load-request.ts';
import { refuseAmbiguousKeys, refuseBadKey } from './merge-rows.ts';
import { readRecipe, recipePath, refuseUnwritable, writeRecipe } from './recipe.ts';
import { RejectSpool } from './spool-rejects.ts';
import { Stage } from './stage.ts';
import { stageRows } from './stage-rows.ts';
import { swapIn } from './swap-in.ts';
import { openTarget, refuseOtherColumns } from './target.ts';

/** Loads one file into one table: all of it, or nothing. */
export async function loadFile(
  context: Context,
  asked: LoadRequest,
  call: CallContext,
): Promise<ImportedTable> {
  const began = performance.now();
  const { workspace, database } = context;
  const source = await openSource(asked.path, workspace.dir);
  const recipe =
    asked.recipe === undefined ? undefined : await readRecipe(resolve(workspace.dir, asked.recipe));
  const table = asked.table ?? recipe?.table ?? tableName(source.name);
  const target = await openTarget(database, table, asked.mode);
  const request = requestOf(asked, recipe, target);
  const kept = await recipePath(workspace.dir, table);
  await refuseUnwritable(workspace.path(kept));
  return withScratch(workspace.statePath(), (scratch) =>
    withDuck(call.signal, async (duck) => {
      const load = { context, asked, call, source, target, duck, scratch, request, kept, began };
      return stageAndSwap(load);
    }),
  );
}

async function stageAndSwap(load: Load): Promise<ImportedTable> {
  const { context, asked, call, source, target } = load;
  const stage = new Stage(context.database, `Loading ${target.table}`);
  const spool = new RejectSpool(stage);
  const hashing = hashOf(source, call.signal);
  hashing.catch(() => {});
  try {
    await stage.open();
    const found = await stageRows(load, stage, spool, (columns) => {
      if (isAdding(asked, target)) refuseOtherColumns(target, columns);
      if (asked.mode === 'merge') refuseBadKey(keyOf(asked), columns, 'the file');
      refuseUnknownTypes(load.request, columns);
    });
    await stage.finish(call.signal);
    if (asked.mode === 'merge')
      await stage.turn((session) => refuseAmbiguousKeys(session, stage.table, keyOf(asked)), call.signal);
    const hash = await hashing;
    await refuseChanged(source);
    const account = balance(found, stage.rows, spool.count);
    return await commit(load, found, stage, account, hash);
  } catch (thrown) {
    await stage.drop().catch(() => {});
    throw thrown;
  }
}

/** Every record of the file must have gone somewhere, or nothing is imported. */
function balance({ table }: Examination, loaded: number, rejected: number): Account {
  const account = { ...accountOf(table.counts, 0), loaded, rejected };
  if (account.physical === account.loaded + account.rejected + account.skipped) return account;
  throw problem('bug', `The account does not balance: ${JSON.stringify(account)}. Nothing was imported.`, {
    hint: 'Please report this with the file.',
  });
}

async function commit(
  load: Load,
  found: Examination,
  stage: Stage,
  account: Account,
  hash: string,
): Promise<ImportedTable> {
  const { context, asked, call, source, target, request, kept: recipe, began } = load;
  const { workspace, database, emit } = context;
  const { table } = target;
  const columns = found.columns.map(importedColumn);
  const { dialect } = found.table;
  const format = importedFormat(found.table.format);
  const from = sourceName(source, workspace.dir);
  const ms = Math.round(performance.now() - began);
  const record = {
    source: from,
    recipe,
    mode: asked.mode,
    key: keyOf(asked),
    dialect,
    format,
    columns,
    account,
    bytes: source.bytes,
    hash,
    ms,
  };
  const turn = {
    title: `Putting ${table} in its place`,
    priority: 'background' as const,
    signal: call.signal,
  };
  const { allText } = request.choices;
  await database.transaction(turn, async (session) => {
    await swapIn(session, stage, target, record);
    // Inside the transaction: where the recipe cannot be written, nothing is imported.
    await writeRecipe(workspace.path(recipe), { table, source: from, allText, dialect, format, columns });
  });
  for (const room of ['import', 'tables', 'pipelines', 'checks', 'search'] as const)
    emit({ event: 'changed', room });
  return { table, source: from, account, format, dialect, columns, recipe, ms };
}

const importedColumn = ({ name, originalName, type, format, reason }: FileColumn): ImportedColumn => ({
  name,
  originalName,
  type,
  ...(format ? { format } : {}),
  reason,
});

/** Relative where it lies in the workspace; a list of files is kept as it was given. */
/** Relative where it lies in the workspace; a list of files is kept as it was given. */
function sourceName({ given }: Source, dir: string): string {
  if (given.startsWith('{')) return given;
  const inside = relative(dir, given);
  return inside.startsWith('..') || isAbsolute(inside) ? given : inside;
}
