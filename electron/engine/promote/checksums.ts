import { type Column, typeFamily } from '../../../shared/column.ts';
import { ident, join, lines, type Sql, sql } from '../../../shared/sql.ts';

/** A column's name for the checksum of whole rows, which tells when values changed places between rows. */
export const wholeRow = '(whole rows)';

/** What is compared: rows, and one checksum per column and one for whole rows. */
export interface Checksums {
  readonly rows: number;
  readonly byColumn: Readonly<Record<string, string>>;
}

/** The answer to `checksumQuery`. */
export interface ChecksumAnswer {
  readonly rows: string;
  readonly sums: readonly string[];
}

/**
 * One SELECT that gives the number of rows and per column a checksum that does not depend on the order of rows: the
 * sum of a 64-bit hash of each value, with the count of values that are not null. Sums add up, so that what a table
 * was and what was added to it give what it is.
 */
export function checksumQuery(from: Sql, columns: readonly Column[]): Sql {
  const names = columns.map((_, at) => ident(`h${at}`));
  const hashes = columns.map((column, at) => sql`${hashOf(column)} as ${names[at] as Sql}`);
  const sums = names.map((name) => sql`coalesce(sum(${name}), 0)::text || ' of ' || count(${name})::text`);
  const whole = sql`coalesce(sum(${combined(names)}), 0)::text`;
  // OFFSET keeps the hashes from being computed once for their sum and once more for the row.
  const hashed = columns.length === 0 ? sql`select from ${from}` : sql`select ${lines(hashes)} from ${from}`;
  return sql`select count(*)::text as rows, array[${join([...sums, whole])}] as sums from (${hashed} offset 0) as hashed`;
}

/** A 64-bit hash of a whole row, equal on both sides exactly where every value is. */
export const rowHash = (columns: readonly Column[]): Sql => combined(columns.map(hashOf));

/** An array's hash is linear in those of its elements: hashed once more, values that change places are seen. */
const combined = (hashes: readonly Sql[]) =>
  sql`hashint8extended(hash_array_extended(array[${join(hashes)}]::bigint[], 0), 0)`;

/**
 * PostgreSQL's own hash of a value, the same on every version from 14 on and in the embedded one. Where its hash
 * takes different values for equal (scales, signs of zero, a month and thirty days), the text or the seed tells them
 * apart; texts are made under the settings of `plainTexts`.
 */
function hashOf({ name, type }: Column): Sql {
  const value = ident(name);
  const special = /\[\]$/.test(type) ? undefined : exactHashes.find(([pattern]) => pattern.test(type));
  if (special) return special[1](value);
  return ofText(textOf(value, type));
}

const ofText = (text: Sql): Sql => sql`hashtextextended(${text} collate "C", 0)`;

const exactHashes: readonly [RegExp, (value: Sql) => Sql][] = [
  [/^smallint$/, (value) => sql`hashint2extended(${value}, 0)`],
  [/^integer$/, (value) => sql`hashint4extended(${value}, 0)`],
  [/^bigint$/, (value) => sql`hashint8extended(${value}, 0)`],
  [/^boolean$/, (value) => sql`hashint4extended(${value}::int, 0)`],
  [/^uuid$/, (value) => sql`uuid_hash_extended(${value}, 0)`],
  [/^real$/, (value) => float(value, sql`hashfloat4extended`)],
  [/^double precision$/, (value) => float(value, sql`hashfloat8extended`)],
  [/^numeric/, numeric],
  [/^date$/, date],
  [/^time(\(\d\))? without/, (value) => sql`time_hash_extended(${value}, 0)`],
  [/^timestamp(\(\d\))? without/, (value) => sql`timestamp_hash_extended(${value}, 0)`],
  [/^timestamp(\(\d\))? with /, (value) => sql`timestamp_hash_extended(${value} at time zone 'UTC', 0)`],
];

/** Zero and minus zero are equal to PostgreSQL. */
const float = (value: Sql, hash: Sql) =>
  sql`case when ${value} = 0 then ${ofText(sql`${value}::text`)} else ${hash}(${value}, 0) end`;

/** The scale is the seed: 1.5 and 1.50 differ. Infinities and NaN have none, and a hash that says nothing. */
function numeric(value: Sql): Sql {
  const finite = sql`hash_numeric_extended(${value}, scale(${value}))`;
  return sql`case when scale(${value}) is null then ${ofText(sql`${value}::text`)} else ${finite} end`;
}

function date(value: Sql): Sql {
  const days = sql`hashint4extended(${value} - date '2000-01-01', 0)`;
  return sql`case when isfinite(${value}) then ${days} else ${ofText(sql`${value}::text`)} end`;
}

/** Vectors, bytes and money by their bytes: exact, whatever the server's locale. */
function textOf(value: Sql, type: string): Sql {
  if (/\[\]$/.test(type)) return sql`${value}::text`;
  if (/^vector/.test(type)) return sql`encode(vector_send(${value}), 'hex')`;
  if (/^money$/.test(type)) return sql`encode(cash_send(${value}), 'hex')`;
  if (typeFamily(type) === 'bytes') return sql`encode(${value}, 'hex')`;
  return sql`${value}::text`;
}

/** Reads the answer of `checksumQuery`. */
export function readChecksums(columns: readonly Column[], row: ChecksumAnswer): Checksums {
  const keys = [...columns.map(({ name }) => name), wholeRow];
  return {
    rows: Number(row.rows),
    byColumn: Object.fromEntries(keys.map((key, at) => [key, row.sums[at] ?? ''])),
  };
}

/** The answer about some rows and about some others as that about all of them. */
export function addedUp(one: ChecksumAnswer | undefined, other: ChecksumAnswer): ChecksumAnswer {
  if (!one) return other;
  return {
    rows: String(BigInt(one.rows) + BigInt(other.rows)),
    sums: one.sums.map((sum, at) => addedSum(sum, other.sums[at] ?? '0')),
  };
}

/** `12 of 3` and `5 of 1` are `17 of 4`. */
const addedSum = (one: string, other: string) => {
  const more = other.split(' of ');
  return one
    .split(' of ')
    .map((part, at) => BigInt(part) + BigInt(more[at] ?? '0'))
    .join(' of ');
};
