import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Asked } from '../profile/profile-column.ts';

/** The values of both sides, in one engine: each a SELECT of `v`. */
export interface BothValues {
  readonly rows: Asked['rows'];
  readonly before: Sql;
  readonly now: Sql;
}

/**
 * The total variation distance of two distributions: half of all differences in share, over every value that there is, null
 * being one of them. 0 where all shares are equal, 1 where no value is on both sides; the share of the rows that would have
 * to have another value. (Levin, Peres and Wilmer, Markov Chains and Mixing Times, 4.1.)
 */
export async function totalVariation({ rows, before, now }: BothValues): Promise<number | null> {
  const [row] = await rows(sql`${differencesOf(before, now)}
    select cast(sum(abs(d)) as varchar), cast(max(whole) as varchar) from differences`);
  return shareOf(row) === null ? null : (shareOf(row) as number) / 2;
}

/**
 * The two-sample Kolmogorov–Smirnov distance: the largest difference between the shares of rows up to a value, over every
 * value that there is. 0 where both are spread alike, 1 where all of one side come before all of the other. Nulls are taken
 * to come before all values, and after them: the larger distance counts.
 */
export async function kolmogorovSmirnov({ rows, before, now }: BothValues): Promise<number | null> {
  const [row] = await rows(sql`${differencesOf(before, now)},
      nulls as (select coalesce(sum(d), 0) as d from differences where v is null),
      steps as (select whole, sum(d) over (order by v) as d from differences where v is not null)
    select cast(max(greatest(abs(steps.d), abs(steps.d + nulls.d))) as varchar), cast(max(whole) as varchar)
    from steps cross join nulls`);
  return shareOf(row);
}

/** How much more often each value is before than now, as a share of `whole`: in whole numbers, so that nothing is rounded. */
const differencesOf = (before: Sql, now: Sql) => sql`
    with counts as materialized (select v, sum(b) as b, sum(n) as n from (
        select v, count(*) as b, 0 as n from (${before}) as before group by v
        union all select v, 0 as b, count(*) as n from (${now}) as now group by v) as sides group by v),
      sizes as (select sum(b) as b, sum(n) as n from counts),
      differences as (select v, counts.b * sizes.n - counts.n * sizes.b as d, sizes.b * sizes.n as whole
        from counts cross join sizes)`;

/** Nothing where a side has no rows. */
function shareOf(row: readonly (string | null)[] | undefined): number | null {
  const [part, whole] = (row ?? []).map(Number);
  return part === undefined || !whole ? null : part / whole;
}
