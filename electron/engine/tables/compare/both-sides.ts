import type { Column } from '../../../../shared/column.ts';
import { toProblem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import { type Copy, rowsOf } from '../../columns/copy.ts';
import { askedOf, textsOf } from '../profile/asked.ts';
import { copyReading, postgresReading, type Reading } from '../profile/readings.ts';
import type { BothValues } from './distances.ts';
import type { Side, Sources } from './sides.ts';

/** Asks about a column of two sides at once: their copies, where both have one that may be asked; else PostgreSQL. */
export type AskBoth = <T>(old: Column, fresh: Column, work: (both: BothValues) => Promise<T>) => Promise<T>;

export const askingBoth =
  ({ database, copies }: Sources, before: Side, now: Side, signal: AbortSignal): AskBoth =>
  async (old, fresh, work) => {
    const there = before.copy && copiedValues(before.copy, old, fresh);
    const here = now.copy && copiedValues(now.copy, fresh, old);
    if (there && here) {
      try {
        return await copies.files.use(signal, ({ rows }) =>
          work({ rows: async (asked) => textsOf(await rows(asked)), before: there, now: here }),
        );
      } catch (thrown) {
        if (toProblem(thrown).code === 'cancelled') throw thrown;
      }
    }
    const title = `Comparing ${before.title} and ${now.title}: ${fresh.name}`;
    const options = { title, priority: 'background', reads: true, signal } as const;
    return database.transaction(options, async (session) => {
      await session.run(sql`set local work_mem = '64MB'`);
      return work({
        rows: askedOf(session, now.from, now.rows).rows,
        before: valuesOf(before.from, postgresReading(old), fresh),
        now: valuesOf(now.from, postgresReading(fresh), old),
      });
    });
  };

function copiedValues(copy: Copy, column: Column, other: Column): Sql | undefined {
  const copied = copy.columns.get(column.name);
  const told = copied && (copied.key !== null || !postgresReading(column).ordered);
  return told ? valuesOf(rowsOf(copy), copyReading(copied), other) : undefined;
}

/** A float of one length is as written where the other side keeps numbers in another way: 0.1 is 0.1 on both. */
function valuesOf(from: Sql, { column, value }: Reading, other: Column): Sql {
  const isShort = column.type === 'real' && other.type !== 'real';
  const same = isShort ? sql`cast(cast(${value} as varchar) as double precision)` : value;
  return sql`select ${same} as v from ${from} as ${ident('side')}`;
}
