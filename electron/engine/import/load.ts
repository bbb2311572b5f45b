import { isAbsolute, relative, resolve } from 'node:path';
import type { z } from 'zod';
import type { Account, FileColumn } from '../../../shared/contract/files.ts';
import type { FormatChoice } from '../../../shared/contract/formats.ts';
import type { ImportedColumn, ImportedTable, importing } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { accountOf } from '../files/account.ts';
import { type Duck, withDuck } from '../files/duck.ts';
import { type Examination, examine, type Request, withScratch } from '../files/examine.ts';
import { tableName } from '../files/name-columns.ts';
import { causeIn } from '../files/preview.ts';
import { hashOf, openSource, refuseChanged, type Source } from '../files/source.ts';
import type { BadRecord } from '../files/tidy.ts';
import { fillStage } from './fill-stage.ts';
import { importedFormat } from './imported-format.ts';
import { refuseAmbiguousKeys, refuseBadKey } from './merge-rows.ts';
import {
  namesByRecipe,
  type Recipe,
  readRecipe,
  recipePath,
  refuseUnwritable,
  writeRecipe,
} from './recipe.ts';
import { RejectSpool, type SpooledReject } from './spool-rejects.ts';
import { Stage } from './stage.ts';
import { swapIn } from './swap-in.ts';
import { openTarget, refuseOtherColumns, type Target } from './target.ts';

/** What `import.load` is asked for. */
export type LoadRequest = z.output<typeof importing.load.arg>;

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
      const early: SpooledReject[] = [];
      const onBad = (bad: readonly BadRecord[]) =>
        void early.push(
          ...bad.map(({ file, line, raw, cause }) => ({
            line,
            raw,
            cause: causeIn(file, cause),
            column: null,
          })),
        );
      const around = { duck, scratch, signal: call.signal, progress: call.progress, onBad };
      const found = await examine(source, request, around);
      if (isAdding(asked, target)) refuseOtherColumns(target, found.columns);
      if (asked.mode === 'merge') refuseBadKey(keyOf(asked), found.columns, 'the file');
      refuseUnknownTypes(request, found.columns);
      const load = { context, asked, call, source, target, found, duck, request, kept, began };
      return stageAndSwap(load, early);
    }),
  );
}

interface Load {
  readonly context: Context;
  readonly asked: LoadRequest;
  readonly call: CallContext;
  readonly source: Source;
  readonly target: Target;
  readonly found: Examination;
  readonly duck: Duck;
  readonly request: Request;
  /** Where the recipe is written to. */
  readonly kept: string;
  readonly began: number;
}

const isAdding = ({ mode }: LoadRequest, { exists }: Target) =>
  exists && (mode === 'append' || mode === 'merge');

function keyOf({ mode, key = [] }: LoadRequest): readonly string[] {
  if (mode !== 'merge' || key.length > 0) return key;
  throw problem('bad_input', 'To merge, a key is needed: the columns that tell rows apart.');
}

/** What the call asks for goes before what the recipe says; a table that is added to keeps its types. */
function requestOf(asked: LoadRequest, recipe: Recipe | undefined, target: Target): Request {
  const adding = isAdding(asked, target);
  const typed = recipe?.columns.map(({ name, type }) => [name, type]) ?? [];
  const formats = recipe?.columns.flatMap(({ name, format }) => (format ? [[name, format]] : [])) ?? [];
  const existing = adding ? target.columns.map(({ name, type }) => [name, type]) : [];
  return {
    dialect: { ...recipe?.dialect, ...asked.dialect },
    format: formatOf(asked, recipe),
    choices: {
      types: { ...Object.fromEntries(typed), ...asked.types, ...Object.fromEntries(existing) },
      formats: Object.fromEntries(formats),
      allText: asked.allText ?? recipe?.allText ?? false,
      ...(recipe ? { names: (originals: readonly string[]) => namesByRecipe(recipe, originals) } : {}),
    },
  };
}

/** Settings belong to a format: those of a recipe hold only where no other format is asked for. */
function formatOf({ format }: LoadRequest, recipe: Recipe | undefined): FormatChoice | undefined {
  const kept = recipe?.format;
  if (!kept || (format?.kind !== undefined && format.kind !== kept.kind)) return format;
  return { kind: kept.kind, settings: { ...kept.settings, ...format?.settings } };
}

function refuseUnknownTypes({ choices }: Request, columns: readonly FileColumn[]): void {
  const unknown = Object.keys(choices.types).find((name) => !columns.some((column) => column.name === name));
  if (unknown === undefined) return;
  throw problem('not_found', `A type was chosen for the column "${unknown}", which the file lacks.`, {
    hint: `Its columns: ${columns.map(({ name }) => name).join(', ')}.`,
    at: { column: unknown },
  });
}

async function stageAndSwap(load: Load, early: readonly SpooledReject[]): Promise<ImportedTable> {
  const { context, call, source, target, found, duck, request } = load;
  const title = `Loading ${target.table}`;
  const stage = new Stage(context.database, found.columns, title);
  const spool = new RejectSpool(stage);
  const onRows = (done: number) =>
    call.progress({ title, done, total: found.table.counts.good, unit: 'rows' });
  try {
    await stage.create();
    await spool.add(early);
    const { allText } = request.choices;
    await fillStage(found, { duck, stage, spool, allText, signal: call.signal, onRows });
    await spool.flush();
    await stage.finish(call.signal);
    const key = keyOf(load.asked);
    if (load.asked.mode === 'merge')
      await stage.turn((session) => refuseAmbiguousKeys(session, stage.table, key), call.signal);
    const hash = await hashOf(source, call.signal);
    await refuseChanged(source);
    const account = balance(found, stage.rows, spool.count);
    return await commit(load, stage, account, hash);
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

async function commit(load: Load, stage: Stage, account: Account, hash: string): Promise<ImportedTable> {
  const { context, asked, call, source, target, found, request, kept: recipe, began } = load;
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
function sourceName({ given }: Source, dir: string): string {
  if (given.startsWith('{')) return given;
  const inside = relative(dir, given);
  return inside.startsWith('..') || isAbsolute(inside) ? given : inside;
}
