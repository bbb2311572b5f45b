import { type Column, typeFamily } from '../../../shared/column.ts';
import { type Sql, sql } from '../../../shared/sql.ts';

/** How a column of PostgreSQL's stands in a copy. Its cells come as the text that PostgreSQL writes. */
export interface StoredType {
  /** DuckDB's type of the cells as they are shown. */
  readonly type: Sql;
  /** The cell, or null where DuckDB has no value like it: then the whole column is answered by PostgreSQL. */
  readonly read: (text: Sql) => Sql;
  /** What is compared in place of the shown cell. */
  readonly key?: Pick<StoredType, 'type' | 'read'>;
  /** True where DuckDB may have no value like one of PostgreSQL's, which is then noted. */
  readonly loses?: boolean;
  /** True where order and equality mean the same as in PostgreSQL. */
  readonly compares: boolean;
}

const cast = (type: Sql, compares = true): StoredType => ({
  type,
  read: (text) => sql`try_cast(${text} as ${type})`,
  compares,
});

const shownOnly: StoredType = { type: sql`varchar`, read: (text) => text, compares: false };

/** Bytewise order is PostgreSQL's own for these: the embedded database sorts text by its bytes (collation C). */
const asWritten: StoredType = { ...shownOnly, compares: true };

/** PostgreSQL writes `0044-03-15 10:00:00 BC`, DuckDB reads `0044-03-15 (BC) 10:00:00`. */
const withEra = (text: Sql) =>
  sql`case when ${text} like '% BC' then regexp_replace(${text}, '^(\S+)(.*) BC$', '\1 (BC)\2') else ${text} end`;

const moment = (type: Sql, clean: (text: Sql) => Sql = (text) => text): StoredType => ({
  type,
  read: (text) => sql`try_cast(${withEra(clean(text))} as ${type})`,
  loses: true,
  compares: true,
});

const decimals = 12;
const decimalType = sql`decimal(38, 12)`;

/** Shown as written, because 1.50 is not 1.5 to look at; compared as a decimal where no digit is lost. */
const numeric: StoredType = {
  ...shownOnly,
  compares: true,
  key: {
    type: decimalType,
    read: (text) =>
      sql`case when length(split_part(${text}, '.', 2)) <= ${decimals} then try_cast(${text} as ${decimalType}) end`,
  },
};

const plain: Readonly<Record<string, StoredType>> = {
  smallint: cast(sql`smallint`),
  integer: cast(sql`integer`),
  bigint: cast(sql`bigint`),
  real: cast(sql`real`),
  'double precision': cast(sql`double`),
  boolean: cast(sql`boolean`),
  date: moment(sql`date`),
  'timestamp without time zone': moment(sql`timestamp`),
  /** As UTC, which is how it is copied out. */
  'timestamp with time zone': moment(sql`timestamp`, (text) => sql`replace(${text}, '+00', '')`),
  uuid: asWritten,
  text: asWritten,
  'character varying': asWritten,
  'time without time zone': asWritten,
};

/** How a column is stored; nothing where it is not worth copying: vectors and raw bytes are looked at in PostgreSQL. */
export function storedType({ type }: Column, collated: boolean): StoredType | undefined {
  const family = typeFamily(type);
  if (family === 'vector' || family === 'bytes') return undefined;
  if (family === 'decimal') return numeric;
  const known = plain[type.replace(/\([^)]*\)/, '')];
  return known && !(collated && family === 'text') ? known : shownOnly;
}
