import { type Sql, sql } from '../../../../shared/sql.ts';

/** PostgreSQL squares what it takes the deviation of, and also the mean, and refuses what gets too large by that. */
const squared = sql`1e100::float8`;

/** The standard deviation of numbers at the places `p`; nothing where some are too large. */
export const deviationOf = (numbers: Sql): Sql =>
  sql`case when max(abs(p)) <= ${squared} then stddev_samp(case when abs(p) <= ${squared} then ${numbers} end) end`;

/**
 * How far exact numbers `v` are from the first, `f`: doubles keep that where they do not keep the numbers. On both sides of zero nothing
 * is lost by rounding before, and the type may have no room for the difference.
 */
export const fromFirst = sql`case when (v < 0) = (f < 0) then cast(v - f as double precision)
  else cast(v as double precision) - cast(f as double precision) end`;
