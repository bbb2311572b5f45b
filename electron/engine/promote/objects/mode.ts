import type { Column } from '../../../../shared/column.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { PromotedObject } from './objects.ts';

/** What tells the versions of a row apart, in a table that keeps them all. */
export const historyColumns: readonly Column[] = [
  { name: 'valid_from', type: 'timestamp with time zone' },
  { name: 'valid_to', type: 'timestamp with time zone' },
  { name: 'is_current', type: 'boolean' },
];

type Moded = Pick<PromotedObject, 'mode' | 'columns'>;

/** The columns that a table has on the target. */
export const columnsOnTarget = ({ mode, columns }: Moded): readonly Column[] =>
  mode === 'scd2' ? [...columns, ...historyColumns] : columns;

/** The rows of a table on the target that stand for those here. */
export const standingRows = ({ mode, name, to }: PromotedObject): Sql =>
  mode === 'scd2'
    ? sql`(select * from ${ident(to, name)} where is_current) as ${ident(name)}`
    : ident(to, name);
