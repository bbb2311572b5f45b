import { type Sql, sql } from '../../../shared/sql.ts';

/** A moment as ISO 8601 in UTC, to the millisecond: as texts, moments come in their order. */
export const isoMoment = (at: Sql): Sql =>
  sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
