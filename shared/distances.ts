import { type Sql, sql } from './sql.ts';

/** Values to compare: where they come from, and the expression that gives each. */
export interface Valued {
  readonly from: Sql;
  readonly value: Sql;
}

/** Two sets of values, ours and the reference. */
export interface Shares {
  readonly here: Valued;
  readonly there: Valued;
}

/** A share that one side lacks counts as this, so that a logarithm can be taken. */
const least = sql`0.0001`;

const counted = ({ from, value }: Valued) =>
  sql`select coalesce('=' || bin, '') as bin, count(*)::float8 as n from (select ${value} as bin from ${from}) as _values group by 1`;

/**
 * Shares of each bin on both sides as `p` and `q`, and counts as `n`; nothing where one side has no rows. One more row of
 * the reference might be in a bin that it lacks: that share is `expected` there.
 */
const shared = ({ here, there }: Shares) => sql`_here as (${counted(here)}), _there as (${counted(there)}),
_both as (select coalesce(h.n, 0) as n, coalesce(h.n, 0) / t.mine as p, coalesce(r.n, 0) / t.theirs as q, t.mine,
  greatest(coalesce(r.n, 0) / t.theirs, ${least}, 1 / (t.theirs + 1)) as expected
  from _here as h full join _there as r on h.bin = r.bin
  cross join (select (select sum(n) from _here) as mine, (select sum(n) from _there) as theirs) as t
  where t.mine > 0 and t.theirs > 0)`;

/** How far two distributions are apart, as one SELECT of `value`. */
export const distances: Readonly<Record<string, (shares: Shares) => Sql>> = {
  psi: (shares) => sql`with ${shared(shares)}
select sum((greatest(p, ${least}) - greatest(q, ${least})) * ln(greatest(p, ${least}) / greatest(q, ${least})))::float8 as value from _both`,
  js: (shares) => sql`with ${shared(shares)}
select sqrt(case when count(*) > 0 then greatest(0, sum(case when p > 0 then p * ln(2 * p / (p + q)) else 0 end
  + case when q > 0 then q * ln(2 * q / (p + q)) else 0 end) / (2 * ln(2.0))) end)::float8 as value from _both`,
  chi2: (shares) => sql`with ${shared(shares)}
select (sum(mine * (p - expected) ^ 2 / expected) / greatest(count(*) - 1, 1))::float8 as value from _both`,
};

/** The Kolmogorov–Smirnov distance: the widest gap between the two cumulative shares, or between those of nulls. */
export const steepest = (here: Valued, there: Valued): Sql => sql`with _all as (
  select ${here.value} as v, 1 as h, 0 as r from ${here.from} union all select ${there.value}, 0, 1 from ${there.from}),
_steps as (select v, sum(h) as h, sum(r) as r from _all where v is not null group by v),
_shares as (select sum(h) over (order by v) / nullif(sum(h) over (), 0) as p, sum(r) over (order by v) / nullif(sum(r) over (), 0) as q from _steps),
_nulls as (select abs(avg((v is null)::int) filter (where h = 1) - avg((v is null)::int) filter (where r = 1)) as gap from _all)
select greatest((select max(abs(p - q)) from _shares), gap)::float8 as value from _nulls`;
