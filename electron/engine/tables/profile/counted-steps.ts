import { nothing, type Sql, sql } from '../../../../shared/sql.ts';
import type { Asked } from './profile-column.ts';
import type { Reading } from './readings.ts';

/** Equal steps along a line, both ends included. */
export interface Steps {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

const stepOf = ({ low, high, count }: Steps): Sql => {
  const width = low === high ? 1 : high - low;
  return sql`cast(least(floor((p - ${low}::float8) / ${width}::float8 * ${count}::float8), ${count - 1}::float8) as integer)`;
};

/** How many numbers are in each step. */
export async function countedSteps(asked: Asked, place: Sql, steps: Steps): Promise<number[]> {
  const found = await asked.rows(sql`
    select cast(step as varchar), cast(count(*) as varchar) from (select ${stepOf(steps)} as step
      from (select ${place} as p from ${asked.from}${asked.where}) as c where p is not null) as s group by step`);
  const counts = Array<number>(steps.count).fill(0);
  for (const [at, n] of found) counts[Number(at)] = Number(n);
  return counts;
}

/** Steps with the values themselves that they begin with: a place on the line is rounded, a value is not. */
export interface ValuedSteps {
  readonly counts: readonly number[];
  /** The least value of each step; null of an empty one. */
  readonly starts: readonly (string | null)[];
  /** The greatest value of the last step. */
  readonly end: string | null;
}

/** How many values are in each step, and where it begins. */
export async function valuedSteps(asked: Asked, reading: Reading, steps: Steps): Promise<ValuedSteps> {
  const { value, place, written, shown } = reading;
  const [least, greatest] = [written(sql`min(v)`), written(sql`max(v)`)];
  const found = await asked.rows(sql`
    select cast(step as varchar), cast(count(*) as varchar), cast(${least} as varchar), cast(${greatest} as varchar)
    from (select v, ${stepOf(steps)} as step
      from (select ${value} as v, ${place ?? nothing} as p from ${asked.from}${asked.where}) as c where p is not null) as s
    group by step`);
  const counts = Array<number>(steps.count).fill(0);
  const starts = Array<string | null>(steps.count).fill(null);
  let end: string | null = null;
  for (const [at, n, first, last] of found) {
    counts[Number(at)] = Number(n);
    starts[Number(at)] = shown(first ?? '');
    if (Number(at) === steps.count - 1) end = shown(last ?? '');
  }
  return { counts, starts, end };
}
