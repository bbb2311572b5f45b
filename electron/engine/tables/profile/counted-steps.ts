import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Asked } from './profile-column.ts';

/** Equal steps along a line, both ends included. */
export interface Steps {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** How many numbers are in each step. */
export async function countedSteps(asked: Asked, place: Sql, { low, high, count }: Steps): Promise<number[]> {
  const width = low === high ? 1 : high - low;
  const step = sql`cast(least(floor((p - ${low}::float8) / ${width}::float8 * ${count}::float8), ${count - 1}::float8) as integer)`;
  const found = await asked.rows(sql`
    select cast(step as varchar), cast(count(*) as varchar) from (select ${step} as step
      from (select ${place} as p from ${asked.from}${asked.where}) as c where p is not null) as s group by step`);
  const counts = Array<number>(count).fill(0);
  for (const [at, n] of found) counts[Number(at)] = Number(n);
  return counts;
}
