import type { Column } from '../../../shared/column.ts';
import { typeFamily } from '../../../shared/column.ts';
import { ident, join, type Sql, sql } from '../../../shared/sql.ts';

/** A column's name for the checksum of whole rows, which tells when values changed places between rows. */
export const wholeRow = '(whole rows)';

/** What is compared: rows, and one checksum per column and one for whole rows. */
export interface Checksums {
  readonly rows: number;
  readonly byColumn: Readonly<Record<string, string>>;
}

/**
 * One SELECT that gives the number of rows and per column a checksum that does not depend on the order of rows:
 * the sum of PostgreSQL's own 64-bit hash (hashtextextended) of each value's text, with the count of values that are
 * not null. Equal on every version from 11 on and on both sides, given the session settings of `plainTexts`.
 */
export function checksumQuery(from: Sql, columns: readonly Column[]): Sql {
  const row = sql`row(${join(columns.map(textOf))})::text`;
  const sums = [...columns.map(checksumOf), sql`coalesce(sum(hashtextextended(${row}, 0)), 0)::text`];
  return sql`select count(*)::text as rows, array[${join(sums)}] as sums from ${from}`;
}

const checksumOf = (column: Column) =>
  sql`coalesce(sum(hashtextextended(${textOf(column)}, 0)), 0)::text || ' of ' || count(${ident(column.name)})::text`;

/** Vectors by their bytes: exact, and faster than their text. */
function textOf({ name, type }: Column): Sql {
  if (/^vector/.test(type)) return sql`encode(vector_send(${ident(name)}), 'hex')`;
  if (typeFamily(type) === 'bytes') return sql`encode(${ident(name)}, 'hex')`;
  return sql`${ident(name)}::text`;
}

/** Reads the answer of `checksumQuery`. */
export function readChecksums(
  columns: readonly Column[],
  row: { rows: string; sums: readonly string[] },
): Checksums {
  const keys = [...columns.map(({ name }) => name), wholeRow];
  return {
    rows: Number(row.rows),
    byColumn: Object.fromEntries(keys.map((key, at) => [key, row.sums[at] ?? ''])),
  };
}
