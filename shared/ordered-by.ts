import type { Column } from './column.ts';
import { ident, type Sql, sql } from './sql.ts';

/** What a column is ordered by, in grids and in steps: `json`, which has no order of its own, by its text. */
export const orderedBy = ({ name, type }: Column): Sql =>
  type === 'json' ? sql`${ident(name)}::text` : ident(name);
