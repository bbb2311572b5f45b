import { type Sql, sql } from '../../../../shared/sql.ts';

const places = 2 ** 32;

/**
 * True for about so large a share of the rows, spread evenly by their addresses without a period that data could
 * have too: the same rows in both engines.
 */
export const pickedRows = (share: number): Sql =>
  sql`(_row % 2147483648) * 2654435761 % ${places}::bigint < ${Math.ceil(share * places)}::bigint`;
