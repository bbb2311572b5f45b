import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { isThere } from '../../workspace/is-there.ts';
import { listFolder } from '../../workspace/list-folder.ts';
import { writeWhole } from '../../workspace/write-whole.ts';

/** What a run is about to put in place, noted so that it can be taken back after the process was killed. */
interface Placing {
  readonly run: number;
  /** Under its place: the finished file, what stood there under another name, and whether anything did. */
  readonly files: readonly {
    readonly place: string;
    readonly half: string;
    readonly before: string;
    readonly stood: boolean;
  }[];
}

const folderOf = (workspace: string): string => join(workspace, '.assay', 'placing');
const pathOf = (workspace: string, run: number): string => join(folderOf(workspace), `${run}.json`);

/** Notes what is about to be put in place. */
export const notePlacing = (workspace: string, placing: Placing): Promise<void> =>
  writeWhole(pathOf(workspace, placing.run), JSON.stringify(placing));

/** The run has ended one way or the other. */
export const forgetPlacing = (workspace: string, run: number): Promise<void> =>
  rm(pathOf(workspace, run), { force: true });

/** After a crash: files of runs that were not done are put back as they were; what cannot be is tried at the next opening. */
export async function recoverPlacings(session: Session, workspace: string): Promise<void> {
  for (const name of await listFolder(folderOf(workspace))) {
    const run = Number(/^(\d+)\.json$/.exec(name)?.[1]);
    if (!Number.isNaN(run)) await recover(session, workspace, run).catch(() => {});
  }
}

async function recover(session: Session, workspace: string, run: number): Promise<void> {
  const { files } = JSON.parse(await readFile(pathOf(workspace, run), 'utf8')) as Placing;
  const done = await session.maybeOne(sql`select from assay.runs where id = ${run} and status = 'done'`);
  for (const { place, half, before, stood } of files) {
    if (!done && (await isThere(before))) await rename(before, place);
    else if (!done && !stood && !(await isThere(half))) await rm(place, { force: true });
    // Two names of one file are not made one by renaming.
    for (const left of [before, half]) await rm(left, { force: true });
  }
  await forgetPlacing(workspace, run);
}
