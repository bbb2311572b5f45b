import type { z } from 'zod';
import { type Column, userColumns } from '../../../../shared/column.ts';
import type { comparedTable } from '../../../../shared/contract/comparison.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import { wholeTable } from '../../../../shared/view/view.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Copies } from '../../columns/copies.ts';
import type { Copy } from '../../columns/copy.ts';
import type { Database } from '../../database/database.ts';
import { placeOf } from '../../database/known-table.ts';
import { versionBefore } from '../../import/version-before.ts';
import { askedOf } from '../profile/asked.ts';
import type { Asked } from '../profile/profile-column.ts';
import { copiedFirst, type Profiles } from '../profile/profile-table.ts';
import { postgresReading, type Reading } from '../profile/readings.ts';

/** One side of a comparison, as it is asked. */
export interface Side {
  readonly title: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Its rows in PostgreSQL, to stand after FROM before a name. */
  readonly from: Sql;
  /** Its columnar copy, where it has one. */
  readonly copy: Copy | undefined;
  ask<T>(column: Column, work: (asked: Asked, reading: Reading) => Promise<T>): Promise<T>;
}

/** What sides are read with. */
export interface Sources {
  readonly database: Database;
  readonly copies: Copies;
  readonly profiles: Profiles;
}

/** A side: a table as it is now, asked where that is quickest, or as it was, asked of PostgreSQL. */
export const sideOf = (
  sources: Sources,
  { table, version }: z.output<typeof comparedTable>,
  context: CallContext,
): Promise<Side> =>
  version === 'now' ? sideNow(sources, table, context) : sideBefore(sources, table, context);

async function sideNow(
  { copies, profiles }: Sources,
  name: string,
  { signal, progress }: CallContext,
): Promise<Side> {
  const looked = await copies.lookOrCopy(name, copiedFirst, signal, (done, total) =>
    progress({ title: `Copying ${name} to compare it`, done, total, unit: 'rows' }),
  );
  const { table } = looked;
  const title = `Comparing ${name}`;
  return {
    title: name,
    rows: table.rows,
    columns: userColumns(table.columns),
    from: placeOf(table),
    copy: looked.copy,
    ask: (column, work) => profiles.asker.ask({ looked, view: wholeTable, column, title, signal }, work),
  };
}

async function sideBefore({ database }: Sources, name: string, { signal }: CallContext): Promise<Side> {
  const before = await database.use({ title: `Reading ${name}`, reads: true }, (session) =>
    versionBefore(session, name),
  );
  const options = {
    title: `Comparing ${name} before its last import`,
    priority: 'background',
    reads: true,
    signal,
  } as const;
  return {
    title: `${name} before its last import`,
    ...before,
    copy: undefined,
    ask: (column, work) =>
      database.transaction(options, async (session) => {
        await session.run(sql`set local work_mem = '64MB'`);
        return work(askedOf(session, sql`${before.from} as before`, before.rows), postgresReading(column));
      }),
  };
}
