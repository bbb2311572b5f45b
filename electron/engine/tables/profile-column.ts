import { type Column, typeFamily } from '../../../shared/column.ts';
import type { ColumnProfile } from '../../../shared/contract/tables.ts';
import { ident, nothing, type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

const steps = 20;
const mostTop = 10;
const longest = 500;

/** How the values of a type are compared, ordered and placed on a line. */
interface Reading {
  /** The value, in a type that has equality. */
  readonly value: Sql;
  /** What min and max are taken of; nothing where a type has no useful order. */
  readonly ordered?: Sql;
  /** Finite values as numbers, to average and count in steps. */
  readonly place?: Sql;
  readonly averaged?: boolean;
}

function readingOf({ name, type }: Column): Reading {
  const value = ident(name);
  const text = sql`${value}::text`;
  switch (typeFamily(type)) {
    case 'integer':
      return { value, ordered: value, place: sql`${value}::double precision`, averaged: true };
    case 'decimal':
    case 'float':
      return { value, ordered: value, place: finiteNumber(value), averaged: true };
    case 'date':
    case 'timestamp':
    case 'timestamptz':
      return { value, ordered: value, place: finiteTime(value) };
    case 'text':
    case 'time':
      return { value, ordered: value };
    case 'boolean':
    case 'uuid':
      return { value: text, ordered: text };
    default:
      return { value: text };
  }
}

const finiteNumber = (value: Sql) =>
  sql`case when ${value} between -1e300 and 1e300 then ${value}::double precision end`;

const finiteTime = (value: Sql) =>
  sql`case when isfinite(${value}) then extract(epoch from ${value})::double precision end`;

interface Summary {
  readonly rows: number;
  readonly valued: number;
  readonly distinct: number;
  readonly min: string | null;
  readonly max: string | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Everything about one column, in two or three scans inside one turn. */
export async function profileColumn(session: Session, table: string, column: Column): Promise<ColumnProfile> {
  const from = ident('public', table);
  const reading = readingOf(column);
  await session.run(sql`set local work_mem = '64MB'`);
  const summary = await summarise(session, from, reading);
  return {
    name: column.name,
    type: column.type,
    nulls: summary.rows - summary.valued,
    distinct: summary.distinct,
    min: summary.min,
    max: summary.max,
    mean: summary.mean,
    median: summary.median,
    top: await topValues(session, from, reading, summary),
    histogram: await histogramOf(session, from, column, reading, summary),
  };
}

const shortened = (value: Sql) =>
  sql`case when length(${value}::text) > ${longest}::int then left(${value}::text, ${longest}::int) || '…' else ${value}::text end`;

function summarise(session: Session, from: Sql, { value, ordered, place, averaged }: Reading) {
  const ends = ordered
    ? sql`${shortened(sql`min(o)`)} as min, ${shortened(sql`max(o)`)} as max`
    : sql`null as min, null as max`;
  const middle = averaged
    ? sql`avg(p) as mean, percentile_cont(0.5) within group (order by p) as median`
    : sql`null as mean, null as median`;
  return session.one<Summary>(sql`
    select count(*) as rows, count(v) as valued, count(distinct v) as distinct, ${ends}, ${middle},
      min(p) as low, max(p) as high
    from (select ${value} as v${ordered ? sql`, ${ordered} as o` : nothing},
      ${place ?? sql`null::double precision`} as p from ${from}) as c`);
}

function topValues(session: Session, from: Sql, { value }: Reading, { valued, distinct }: Summary) {
  if (valued === distinct) {
    return session.query<{ value: string; count: number }>(sql`
      select ${shortened(sql`v`)} as value, 1 as count from (select ${value} as v from ${from}) as c
      where v is not null order by v limit ${mostTop}`);
  }
  return session.query<{ value: string; count: number }>(sql`
    select ${shortened(sql`v`)} as value, n as count
    from (select v, count(*) as n from (select ${value} as v from ${from}) as c where v is not null
      group by v order by n desc, v limit ${mostTop}) as most
    order by n desc, v`);
}

async function histogramOf(
  session: Session,
  from: Sql,
  column: Column,
  { place }: Reading,
  { low, high }: Summary,
): Promise<number[]> {
  if (!place || low === null || high === null) return [];
  const whole = ['integer', 'date'].includes(typeFamily(column.type));
  const unit = typeFamily(column.type) === 'date' ? 86_400 : 1;
  const count = low === high ? 1 : whole ? Math.min(steps, (high - low) / unit + 1) : steps;
  const step =
    low === high
      ? sql`1`
      : sql`least(width_bucket(p, ${low}::float8, ${high}::float8, ${count}::int), ${count}::int)`;
  const found = await session.query<{ step: number; count: number }>(sql`
    select ${step} as step, count(*) as count from (select ${place} as p from ${from}) as c
    where p is not null group by 1`);
  const counts = Array<number>(count).fill(0);
  for (const bucket of found) counts[bucket.step - 1] = bucket.count;
  return counts;
}
