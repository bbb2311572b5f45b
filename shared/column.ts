/** A column as PostgreSQL names its type by format_type: `integer`, `numeric(12,2)`, `vector(384)` … */
export interface Column {
  readonly name: string;
  readonly type: string;
}

/** How people think of a type, and how the window shows it. */
export type TypeFamily =
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'text'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'timestamptz'
  | 'interval'
  | 'uuid'
  | 'json'
  | 'vector'
  | 'bytes'
  | 'other';

const families: readonly [RegExp, TypeFamily][] = [
  [/\[\]$/, 'other'],
  [/^(smallint|integer|bigint)$/, 'integer'],
  [/^numeric/, 'decimal'],
  [/^(real|double precision)$/, 'float'],
  [/^boolean$/, 'boolean'],
  [/^(text|character|bpchar|name|citext)/, 'text'],
  [/^date$/, 'date'],
  [/^time(\(\d\))? /, 'time'],
  [/^timestamp(\(\d\))? with time zone$/, 'timestamptz'],
  [/^timestamp/, 'timestamp'],
  [/^interval/, 'interval'],
  [/^uuid$/, 'uuid'],
  [/^jsonb?$/, 'json'],
  [/^(vector|halfvec|sparsevec)/, 'vector'],
  [/^bytea$/, 'bytes'],
];

/** The family of a PostgreSQL type. */
export function typeFamily(type: string): TypeFamily {
  return families.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}

/** True for types whose values are counted with: right-aligned, summed, averaged. */
export const isNumeric = (type: string): boolean =>
  ['integer', 'decimal', 'float'].includes(typeFamily(type));

/** True for days, and for days with a time. */
export const isMoment = (type: string): boolean =>
  ['date', 'timestamp', 'timestamptz'].includes(typeFamily(type));

/** True for types whose values are told apart, so that columns of them are compared with one another. */
export const canBeRelated = (type: string): boolean =>
  !['vector', 'bytes', 'json', 'other', 'interval'].includes(typeFamily(type));

/** Types offered where a person chooses one. */
export const commonTypes = [
  'text',
  'integer',
  'bigint',
  'numeric',
  'double precision',
  'boolean',
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
  'uuid',
  'jsonb',
] as const;

/** The address of a row in its table, and its order. Never leaves by export or promotion. */
export const rowColumn = '_row';

/** Columns without the row address. */
export const userColumns = (columns: readonly Column[]): Column[] =>
  columns.filter((column) => column.name !== rowColumn);
