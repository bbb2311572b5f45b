import type { Problem } from '../../../shared/problem.ts';
import { join, sql } from '../../../shared/sql.ts';
import { naming } from './checked-table.ts';
import { type Counting, failure, oneWithin } from './limited-turn.ts';
import type { Judged } from './plan-rule.ts';

interface Asked {
  readonly judged: Judged;
  readonly seconds: number;
}

/** Whether there is a row to judge for each rule, in one statement; where that fails each is asked alone. */
export async function someJudged(
  counting: Counting,
  asked: readonly Asked[],
): Promise<readonly (boolean | Problem)[]> {
  if (asked.length === 0) return [];
  const statement = sql`select array[${join(asked.map(({ judged }) => judged.some))}]::boolean[] as some`;
  try {
    const seconds = Math.min(...asked.map((one) => one.seconds));
    const found = await oneWithin<{ some: boolean[] }>(counting, seconds, naming(counting.table, statement));
    return found.some;
  } catch (thrown) {
    const failed = failure(thrown, counting.signal);
    if (asked.length === 1) return [failed];
    const each = [];
    for (const one of asked) each.push(...(await someJudged(counting, [one])));
    return each;
  }
}
