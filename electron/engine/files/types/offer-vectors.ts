import { typeFamily } from '../../../../shared/column.ts';
import type { FileColumn } from '../../../../shared/contract/files.ts';
import { count } from '../../../../shared/number-words.ts';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Duck } from '../duck/duck.ts';
import type { Relation } from '../duck/relation.ts';
import { cellName } from '../duck/relation.ts';

/** pgvector holds no more. */
const mostDimensions = 16_000;

/** True for a list of numbers, of so many where that is said. */
export const isNumberList = (cell: Sql, length?: number): Sql =>
  sql`(regexp_full_match(${cell}, '\[[-+0-9.eE, ]*[0-9][-+0-9.eE, ]*\]')${
    length === undefined ? sql`` : sql` and ${lengthOf(cell)} = ${length}`
  })`;

const lengthOf = (cell: Sql) => sql`(length(${cell}) - length(replace(${cell}, ',', '')) + 1)`;

const mayBeList = ({ type }: FileColumn) => typeFamily(type) === 'json' || /\[\]$/.test(type);

/** Columns of lists of numbers, all of one length, may be vectors: the type is offered, and taken only when chosen. */
export async function offerVectors<C extends FileColumn>(
  duck: Duck,
  { rows }: Relation,
  columns: readonly C[],
): Promise<readonly C[]> {
  const asked = columns.flatMap((column, at) => (mayBeList(column) ? [at] : []));
  if (asked.length === 0) return columns;
  const asks = asked.flatMap((at) => {
    const cell = ident(cellName(at));
    return [
      sql`count_if(not ${isNumberList(cell)})::integer`,
      sql`min(${lengthOf(cell)})::integer`,
      sql`max(${lengthOf(cell)})::integer`,
    ];
  });
  const [found = []] = await duck.rows(sql`select ${join(asks)} from ${rows}`);
  return columns.map((column, at) => {
    const place = asked.indexOf(at) * 3;
    const [others, least, most] = place < 0 ? [] : found.slice(place, place + 3).map(Number);
    const fits = others === 0 && least === most && most !== undefined && most > 1 && most <= mostDimensions;
    if (!fits) return column;
    const evidence = `every value is a list of ${count(most)} numbers`;
    return { ...column, offers: [{ type: `vector(${most})`, evidence }] };
  });
}
