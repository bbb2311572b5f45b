import { createHash } from 'node:crypto';
import type { PartitionSpan } from '../../../../shared/contract/workspace.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';

/** One partition: from its first day to the first of the next; without bounds it holds the rest. */
export interface PartName {
  readonly name: string;
  readonly bounds?: { readonly from: string; readonly to: string };
}

interface Divided {
  readonly by: string;
  readonly type: string;
  readonly every: PartitionSpan;
}

/** The first days of the times in which there are rows; what lies outside of the years 1 to 9999, or nowhere, is the rest. */
export function beginnings(from: Sql, { by, type, every }: Divided): Sql {
  const moment = /with time zone/.test(type)
    ? sql`(${ident(by)} at time zone 'UTC')`
    : sql`${ident(by)}::timestamp`;
  return sql`select distinct to_char(date_trunc(${every}, at), 'YYYY-MM-DD') as begins from (select ${moment} as at from ${from}) as days
    where isfinite(at) and at >= '0001-01-08' and at < '9999-01-01'`;
}

/** The partitions that begin on these days, and one for the rest. */
export const partsOf = (
  table: string,
  every: PartitionSpan,
  begins: readonly string[],
): readonly PartName[] => [
  ...begins.map((from) => ({
    name: nameOf(table, wordOf(every, from)),
    bounds: { from, to: after(from, every) },
  })),
  { name: nameOf(table, 'rest') },
];

const lengths: Readonly<Record<PartitionSpan, number>> = { year: 4, month: 7, week: 10, day: 10 };

const wordOf = (every: PartitionSpan, from: string) => from.slice(0, lengths[every]).replaceAll('-', '_');

/** PostgreSQL takes names of 63 bytes. */
function nameOf(table: string, word: string): string {
  const whole = `${table}_${word}`;
  if (Buffer.byteLength(whole) <= 63) return whole;
  const short = createHash('sha256').update(table).digest('hex').slice(0, 8);
  let begin = table;
  while (Buffer.byteLength(`${begin}_${short}_${word}`) > 63) begin = [...begin].slice(0, -1).join('');
  return `${begin}_${short}_${word}`;
}

/** The first day after what begins on this one. */
function after(from: string, every: PartitionSpan): string {
  const [year = 1, month = 1, day = 1] = from.split('-').map(Number);
  const next = new Date(0);
  if (every === 'year') next.setUTCFullYear(year + 1, month - 1, day);
  else if (every === 'month') next.setUTCFullYear(year, month, day);
  else next.setUTCFullYear(year, month - 1, day + (every === 'week' ? 7 : 1));
  return next.toISOString().slice(0, 10);
}
