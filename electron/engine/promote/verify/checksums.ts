import { createHash } from 'node:crypto';
import { type Column, typeFamily } from '../../../../shared/column.ts';
import { ident, join, lines, nothing, type Sql, sql } from '../../../../shared/sql.ts';

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
 * sum of a 64-bit hash of each value. Sums add up, so that what a table was and what was added to it give what it is.
 * A server shares the work among its processes, and is faster although hashes are computed twice then, for their sum and
 * for the row; the embedded database has one process, and computes them once.
 */
export function checksumQuery(from: Sql, columns: readonly Column[], by: 'embedded' | 'server'): Sql {
  const names = columns.map((_, at) => ident(`h${at}`));
  const hashes = columns.map((column, at) => sql`${hashOf(column)} as ${names[at] as Sql}`);
  const sums = [...names, sql`hashint8extended(${mixed(names)}, 0)`].map(
    (hash) => sql`coalesce(sum(${hash}), 0)::text`,
  );
  const hashed = columns.length === 0 ? sql`select from ${from}` : sql`select ${lines(hashes)} from ${from}`;
  return sql`select count(*)::text as rows, array[${join(sums)}] as sums from (${hashed}${by === 'embedded' ? sql` offset 0` : nothing}) as hashed`;
}

/** A 64-bit hash of a whole row, equal on both sides exactly where every value is. */
export const rowHash = (columns: readonly Column[]): Sql => mixed(columns.map(hashOf));

/** All bits of all of them; in halves, because an expression nests only so deep. */
function mixed(hashes: readonly Sql[]): Sql {
  const [first = sql`0::bigint`] = hashes;
  if (hashes.length <= 1) return sql`coalesce(${first}, 0)`;
  const half = hashes.length >> 1;
  return sql`(${mixed(hashes.slice(0, half))} # ${mixed(hashes.slice(half))})`;
}

/**
 * PostgreSQL's own hash of a value, the same on every version from 14 on and in the embedded one. Where its hash
 * takes different values for equal, or folds them to 32 bits (scales, signs, halves of long numbers, a month and thirty
 * days), the text, the bytes or the seed tells them apart; texts are made under the settings of `plainTexts`. The seed is
 * the column's own, so that values of two columns that change places are seen.
 */
function hashOf({ name, type }: Column): Sql {
  const value = ident(name);
  const seed = sql`${createHash('sha256').update(name).digest().readInt32LE()}::bigint`;
  const special = /\[\]$/.test(type) ? undefined : exactHashes.find(([pattern]) => pattern.test(type));
  return special ? special[1](value, seed) : ofText(textOf(value, type), seed);
}

const ofText = (text: Sql, seed: Sql): Sql => sql`hashtextextended(${text} collate "C", ${seed})`;

type Hash = (value: Sql, seed: Sql) => Sql;

const exactHashes: readonly (readonly [RegExp, Hash])[] = [
  [/^smallint$/, (value, seed) => sql`hashint2extended(${value}, ${seed})`],
  [/^integer$/, (value, seed) => sql`hashint4extended(${value}, ${seed})`],
  [/^bigint$/, (value, seed) => sql`hashint8extended(${value}, (${value} >> 32) + ${seed})`],
  [/^boolean$/, (value, seed) => sql`hashint4extended(${value}::int, ${seed})`],
  [/^uuid$/, (value, seed) => sql`uuid_hash_extended(${value}, ${seed})`],
  [/^real$/, (value, seed) => float(value, seed, sql`hashfloat4extended`)],
  [/^double precision$/, (value, seed) => float(value, seed, sql`hashfloat8extended`)],
  [/^numeric/, numeric],
  [/^key of numeric/, (value, seed) => sql`hash_numeric_extended(${value}, ${seed})`],
  [/^key of real$/, (value, seed) => sql`hashfloat4extended(${value}, ${seed})`],
  [/^key of double precision$/, (value, seed) => sql`hashfloat8extended(${value}, ${seed})`],
  [/^date$/, date],
  [/^time(\(\d\))? without/, (value, seed) => ofBytes(sql`time_send(${value})`, seed)],
  [/^timestamp(\(\d\))? without/, (value, seed) => ofBytes(sql`timestamp_send(${value})`, seed)],
  [/^timestamp(\(\d\))? with /, (value, seed) => ofBytes(sql`timestamptz_send(${value})`, seed)],
];

/** A column by which rows are told apart as PostgreSQL does: there 1.0 and 1.00 are one key, and so are 0 and -0. */
export const asKey = ({ name, type }: Column): Column => ({
  name,
  type: /^(numeric|real|double precision)/.test(type) && !type.endsWith(']') ? `key of ${type}` : type,
});

/** Zero and minus zero are equal to PostgreSQL. */
const float = (value: Sql, seed: Sql, hash: Sql) =>
  sql`case when ${value} = 0 then ${ofText(sql`${value}::text`, seed)} else ${hash}(${value}, ${seed}) end`;

/** Sign and scale go into the seed: 1.5, -1.5 and 1.50 differ. Infinities and NaN have no scale, and no hash then. */
function numeric(value: Sql, seed: Sql): Sql {
  const told = sql`case when ${value} < 0 then -1 - scale(${value}) else scale(${value}) end + ${seed}`;
  return sql`coalesce(hash_numeric_extended(${value}, ${told}), ${ofText(sql`${value}::text`, seed)})`;
}

function date(value: Sql, seed: Sql): Sql {
  const days = sql`hashint4extended(${value} - date '2000-01-01', ${seed})`;
  return sql`case when isfinite(${value}) then ${days} else ${ofText(sql`${value}::text`, seed)} end`;
}

/** Vectors, bytes and money by their bytes: exact, whatever the server's locale. */
function textOf(value: Sql, type: string): Sql {
  if (/\[\]$/.test(type)) return sql`${value}::text`;
  if (/^vector/.test(type)) return hex(sql`vector_send(${value})`);
  if (/^money$/.test(type)) return hex(sql`cash_send(${value})`);
  if (typeFamily(type) === 'bytes') return hex(value);
  return sql`${value}::text`;
}

const hex = (bytes: Sql) => sql`encode(${bytes}, 'hex')`;

const ofBytes: Hash = (bytes, seed) => ofText(hex(bytes), seed);

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
    sums: one.sums.map((sum, at) => String(BigInt(sum) + BigInt(other.sums[at] ?? '0'))),
  };
}
