import { type Sql, sql } from '../../../../../shared/sql.ts';

/** A type of DuckDB's as PostgreSQL has it, and how its values are written for PostgreSQL. */
export interface DuckType {
  readonly type: string;
  readonly text: (value: Sql) => Sql;
  /** How many moments in a value have more digits than PostgreSQL keeps; not there where none has. */
  readonly cuts?: (value: Sql) => Sql;
}

const asText = (value: Sql) => sql`${value}::varchar`;
/** Years before Christ: DuckDB writes `0044-03-15 (BC)`, PostgreSQL `0044-03-15 BC`. */
const asDay = (value: Sql) => sql`regexp_replace(${value}::varchar, '^(.*) \(BC\)(.*)$', '\1\2 BC')`;
const asCuts = (value: Sql) => sql`coalesce((epoch_ns(${value}) % 1000 <> 0)::integer, 0)`;
const asJson = (value: Sql) => sql`to_json(${value})::varchar`;

const plain: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'smallint',
  UTINYINT: 'smallint',
  SMALLINT: 'smallint',
  USMALLINT: 'integer',
  INTEGER: 'integer',
  UINTEGER: 'bigint',
  BIGINT: 'bigint',
  UBIGINT: 'numeric',
  HUGEINT: 'numeric',
  UHUGEINT: 'numeric',
  FLOAT: 'real',
  DOUBLE: 'double precision',
  VARCHAR: 'text',
  UUID: 'uuid',
  TIME: 'time without time zone',
  'TIME WITH TIME ZONE': 'time with time zone',
  INTERVAL: 'interval',
};

const others: Readonly<Record<string, DuckType>> = {
  DATE: { type: 'date', text: asDay },
  TIMESTAMP: { type: 'timestamp without time zone', text: asDay },
  TIMESTAMP_S: { type: 'timestamp without time zone', text: asDay },
  TIMESTAMP_MS: { type: 'timestamp without time zone', text: asDay },
  TIMESTAMP_NS: {
    type: 'timestamp without time zone',
    text: (value) => asDay(sql`${value}::timestamp`),
    cuts: asCuts,
  },
  'TIMESTAMP WITH TIME ZONE': { type: 'timestamp with time zone', text: asDay },
  BLOB: { type: 'bytea', text: (value) => sql`'\x' || lower(hex(${value}))` },
  TIME_NS: {
    type: 'time without time zone',
    text: (value) => sql`substr(${value}::varchar, 1, 15)`,
    cuts: asCuts,
  },
  JSON: { type: 'jsonb', text: asText },
};

/** How a type of DuckDB's, as DESCRIBE spells it, comes to PostgreSQL; nested ones as arrays or jsonb. */
export function duckType(spelled: string): DuckType {
  const known = plain[spelled];
  if (known) return { type: known, text: asText };
  const other = others[spelled];
  if (other) return other;
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(spelled);
  if (decimal) return { type: `numeric(${decimal[1]},${decimal[2]})`, text: asText };
  const list = /^(.*)\[\d*\]$/.exec(spelled);
  if (list?.[1]) return listType(list[1]);
  return /^(STRUCT|MAP|UNION)\(/.test(spelled) ? nested : { type: 'text', text: asText };
}

const nested: DuckType = { type: 'jsonb', text: asJson };

/** Lists of plain values are arrays; they are written as JSON until they are copied. */
function listType(element: string): DuckType {
  const { type, text, cuts } = duckType(element);
  const isPlain =
    !/[[(]/.test(element.replace(/^DECIMAL\(\d+,\s*\d+\)$/, '')) &&
    !['bytea', 'jsonb', 'interval'].includes(type);
  if (!isPlain) return nested;
  const bare = text === asText && !element.startsWith('DECIMAL');
  return {
    type: `${type}[]`,
    text: bare ? asJson : (value) => asJson(sql`list_transform(${value}, lambda x: ${text(sql`x`)})`),
    ...(cuts
      ? { cuts: (value) => sql`coalesce(list_sum(list_transform(${value}, lambda x: ${cuts(sql`x`)})), 0)` }
      : {}),
  };
}
