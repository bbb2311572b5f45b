import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { problem } from '../../../../shared/problem.ts';
import { ident, names, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import type { RowWriter } from '../../tables/export/row-writers.ts';
import { makeFolder } from '../../tables/export-csv.ts';
import { fileMark, formatOf } from '../plan/file-place.ts';
import { sweepBeside } from './place-files.ts';
import { refuseOutside } from './refuse-files.ts';
import type { StagedFile } from './staged.ts';

const cellsAPage = 400_000;

/** A finished file under another name beside its place. */
export interface WaitingFile {
  readonly step: string;
  /** As the step names it. */
  readonly file: string;
  readonly half: string;
  readonly place: string;
  readonly mark: string;
}

/** Writes staged rows as files that wait beside their places; none is left where one fails. */
export async function writeFiles(
  database: Database,
  folder: string,
  staged: readonly StagedFile[],
  call: CallContext,
): Promise<readonly WaitingFile[]> {
  const waiting: WaitingFile[] = [];
  try {
    for (const one of staged) waiting.push(await writeFile(database, folder, one, call));
    return waiting;
  } catch (thrown) {
    await dropFiles(waiting);
    throw thrown;
  }
}

/** Removes files that are not wanted any more. */
export async function dropFiles(waiting: readonly WaitingFile[]): Promise<void> {
  for (const { half } of waiting) await rm(half, { force: true });
}

async function writeFile(
  database: Database,
  folder: string,
  staged: StagedFile,
  call: CallContext,
): Promise<WaitingFile> {
  const { step, to, columns } = staged;
  const place = resolve(folder, to.file);
  const format = formatOf(to.file);
  if (!format) throw problem('bad_input', `The ending of "${to.file}" names no format.`, { at: { step } });
  await makeFolder(dirname(place));
  await refuseOutside(folder, step, to);
  await sweepBeside(place);
  const half = `${place}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  const { rowWriters } = await import('../../tables/export/row-writers.ts');
  try {
    const writer = await rowWriters[format](half, columns, call.signal);
    await writeRows(database, staged, writer, call).catch(async (thrown: unknown) => {
      await writer.drop();
      throw thrown;
    });
    const [lost] = await writer.end();
    if (lost)
      throw problem('bad_input', lost, {
        hint: 'Write CSV or JSON lines, or take them out before.',
        at: { step },
      });
    return { step, file: to.file, half, place, mark: (await fileMark(folder, half)) ?? '' };
  } catch (thrown) {
    await rm(half, { force: true });
    throw thrown;
  }
}

async function writeRows(
  database: Database,
  { stage, to, columns, rows }: StagedFile,
  writer: RowWriter,
  { signal, progress }: CallContext,
): Promise<void> {
  const limit = Math.max(1, Math.floor(cellsAPage / Math.max(1, columns.length)));
  const cells = names(columns.map(({ name }) => name));
  for (let after = 0; after === 0 || after < rows; after += limit) {
    signal.throwIfAborted();
    progress({ title: `Writing ${to.file}`, done: after, total: rows, unit: 'rows' });
    const page = sql`select ${cells} from ${ident('assay', stage)} where _row > ${after} and _row <= ${after + limit} order by _row`;
    const { bytes } = await database.use(
      { title: `Writing ${to.file}`, priority: 'background', signal },
      (session) => session.rows(page),
    );
    await writer.add(bytes);
  }
}
