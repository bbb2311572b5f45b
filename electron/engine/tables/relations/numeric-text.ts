import { ident, sql } from '../../../../shared/sql.ts';
import type { CopiedColumn } from '../../columns/copy.ts';
import { copyReading, type Reading } from '../profile/readings.ts';

/** Numerics of any size as a copy shows them: equal by their text without zeros at its end, on a line as doubles. */
export function numericText(column: CopiedColumn): Reading {
  const cell = ident(column.cells);
  const number = sql`try_cast(${cell} as double)`;
  return {
    ...copyReading(column),
    value: sql`case when contains(${cell}, '.') then rtrim(rtrim(${cell}, '0'), '.') else ${cell} end`,
    place: sql`case when ${number} between -1e300 and 1e300 then ${number} end`,
  };
}
