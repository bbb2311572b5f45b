import type { Column } from '../../../../shared/column.ts';
import type { FileExport, WriteMode } from '../../../../shared/define-step.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';

/** A finished table that waits in schema assay to take its place. */
export interface Staged {
  readonly step: string;
  readonly stage: string;
  readonly table: string;
  readonly rows: number;
  readonly into: WriteMode;
}

/** Finished rows that wait in schema assay to be written as a file. */
export interface StagedFile {
  readonly step: string;
  readonly stage: string;
  readonly to: FileExport;
  readonly columns: readonly Column[];
  readonly rows: number;
}

/** Gives a finished table its key; the number of its rows. */
export async function finishStage(session: Session, stage: string): Promise<number> {
  const name = ident('assay', stage);
  await session.run(sql`alter table ${name} add primary key (_row)`);
  const { last } = await session.one<{ last: number }>(
    sql`select coalesce(max(_row), 0) as last from ${name}`,
  );
  return Number(last);
}
