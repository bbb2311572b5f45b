import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Account } from '../../../shared/contract/files.ts';
import type { ImportedColumn, Retried, retriedRow } from '../../../shared/contract/import.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { type Duck, withDuck } from '../files/duck/duck.ts';
import { examine, withScratch } from '../files/examine.ts';
import { openSource } from '../files/source/source.ts';
import { bookRetry, type Outcome } from './book-retry.ts';
import { fillStage } from './fill-stage.ts';
import { emitImported } from './imported.ts';
import type { KeptWriting } from './imported-format.ts';
import { readCorrections } from './read-corrections.ts';
import { rejectsAt } from './rejects.ts';
import type { Correction, SortedCorrections } from './sort-corrections.ts';
import { RejectSpool } from './spool-rejects.ts';
import { Stage } from './stage.ts';
import { openTarget, type Target } from './target.ts';

/** What is needed of an import to read its rejects again. */
export interface RetriedImport {
  readonly id: number;
  readonly source: string;
  readonly mode: string;
  readonly key: readonly string[];
  readonly dialect: KeptWriting;
  readonly columns: readonly ImportedColumn[];
}

const standard = { delimiter: ',', quote: '"', escape: '"' };

/** Loads rejects after all, as they were corrected; their import's account changes with them. */
export async function retryRejects(
  context: Context,
  { table, rows }: { readonly table: string; readonly rows: readonly z.output<typeof retriedRow>[] },
  call: CallContext,
): Promise<Retried> {
  const target = await openTarget(context.database, table, 'append');
  const groups = new Map<number, (typeof rows)[number][]>();
  for (const row of rows) groups.set(importOf(row.id), [...(groups.get(importOf(row.id)) ?? []), row]);
  const done: { loaded: number; rejects: Retried['rejects']; source: string; account: Account }[] = [];
  for (const [importId, group] of groups) {
    const corrections = [...new Map(group.map(({ id, text }) => [ordinalOf(id), text]))].map(
      ([ordinal, text]): Correction => ({ ordinal, text }),
    );
    done.push(await retryImport(context, target, importId, corrections, call));
  }
  emitImported(context);
  return {
    table,
    tried: rows.length,
    loaded: done.reduce((sum, { loaded }) => sum + loaded, 0),
    rejects: done.flatMap(({ rejects }) => rejects),
    accounts: done.map(({ source, account }) => ({ source, account })),
  };
}

const importOf = (id: string) => Number(id.split(':')[0]);
const ordinalOf = (id: string) => Number(id.split(':')[1]);

async function retryImport(
  context: Context,
  target: Target,
  importId: number,
  corrections: readonly Correction[],
  call: CallContext,
) {
  const { database, workspace } = context;
  const found = await findImport(context, target.table, importId, corrections);
  const sorted = readCorrections(found, found.corrections);
  const stage = new Stage(database, `Loading rejects of ${target.table}`, workspace.dir);
  try {
    await stage.open();
    const outcome = await withScratch(workspace.scratch, (scratch) =>
      withDuck(call.signal, (duck) => stageSound(found, target, sorted, { duck, scratch, stage, call })),
    );
    const account = await bookRetry(context, target, found, stage, outcome, call.signal);
    const still = outcome.faulty.map(({ ordinal }) => ordinal);
    const rejects = await rejectsAt(database, importId, still);
    return { loaded: outcome.loaded.length, rejects, source: found.source, account };
  } finally {
    await stage.drop().catch(() => {});
  }
}

/** The import, if all of these are its rejects. */
async function findImport(
  { database }: Context,
  table: string,
  importId: number,
  corrections: readonly Correction[],
): Promise<RetriedImport & { readonly corrections: readonly Correction[] }> {
  const found = await database.maybeOne<RetriedImport>(
    sql`select id, source, mode, key, dialect, columns from assay.imports
      where id = ${Number.isInteger(importId) ? importId : -1} and table_name = ${table} and undone_at is null`,
  );
  const ordinals = corrections.map(({ ordinal }) => ordinal);
  const there =
    found && ordinals.every(Number.isInteger) ? await rejectsAt(database, importId, ordinals) : [];
  if (found && there.length === corrections.length) {
    const files = new Map(there.map(({ id, file }) => [ordinalOf(id), file]));
    return { ...found, corrections: corrections.map((one) => ({ ...one, file: files.get(one.ordinal) })) };
  }
  throw problem('not_found', `"${table}" has not all of these rejects.`, {
    hint: 'They may have been loaded already; look at its rejects again.',
    at: { table },
  });
}

interface Around {
  readonly duck: Duck;
  readonly scratch: string;
  readonly stage: Stage;
  readonly call: CallContext;
}

/** Puts the sound corrections on the stage; tells apart those that fit their types and those that do not. */
async function stageSound(
  found: RetriedImport,
  target: Target,
  { sound, faulty }: SortedCorrections,
  { duck, scratch, stage, call }: Around,
): Promise<Outcome> {
  await stage.begin(typedColumns(found, target));
  if (sound.length === 0) return { loaded: [], faulty: faulty.map((row) => ({ ...row, column: null })) };
  const path = join(scratch, 'corrected.csv');
  const header = `${found.columns.map((_, at) => `c${at}`).join(',')}\n`;
  await writeFile(path, header + sound.map(({ record }) => record).join(''));
  const source = await openSource(path, scratch);
  const request = {
    dialect: {
      ...standard,
      encoding: 'utf-8',
      header: true,
      headerLines: 1,
      skipLines: 0,
      comment: '',
      footerLines: 0,
    },
    choices: choicesOf(found, target),
  };
  const spool = new RejectSpool(stage);
  const examined = await examine(source, request, { duck, scratch, signal: call.signal, onBad: () => {} });
  await fillStage(examined, { duck, stage, spool, allText: false, signal: call.signal, onRows: () => {} });
  await spool.flush();
  await stage.finish(call.signal);
  const refused = await stage.turn((session) =>
    session.query<{ line: number; column: string | null; cause: string }>(
      sql`select line, column_name as "column", cause from ${stage.rejects}`,
    ),
  );
  let line = 2;
  const placed = sound.map((row) => {
    const at = line;
    line += row.record.split('\n').length - 1;
    return { ...row, at, refusal: refused.find((one) => Number(one.line) === at) };
  });
  return {
    loaded: placed.filter(({ refusal }) => !refusal),
    faulty: [
      ...faulty.map((row) => ({ ...row, column: null })),
      ...placed.flatMap(({ ordinal, text, refusal }) => (refusal ? [{ ordinal, text, ...refusal }] : [])),
    ],
  };
}

function typedColumns({ columns }: RetriedImport, target: Target) {
  return columns.map(({ name }) => {
    const column = target.columns.find((other) => other.name === name);
    if (column) return column;
    throw problem(
      'bad_input',
      `"${target.table}" has no column "${name}" any more, which the rejects have.`,
      {
        hint: 'Import the file again instead.',
        at: { table: target.table, column: name },
      },
    );
  });
}

function choicesOf(found: RetriedImport, target: Target) {
  const { columns } = found;
  const entries = <T>(of: (column: ImportedColumn) => T | undefined) =>
    Object.fromEntries(
      columns.flatMap((column) => (of(column) === undefined ? [] : [[column.name, of(column) as T]])),
    );
  return {
    types: Object.fromEntries(typedColumns(found, target).map(({ name, type }) => [name, type])),
    formats: entries(({ format }) => format),
    onMisfit: entries(({ onMisfit }) => (onMisfit === 'null' ? onMisfit : undefined)),
    nulls: entries(({ nulls }) => nulls),
    names: () => columns.map(({ name }) => name),
    allText: false,
  };
}
