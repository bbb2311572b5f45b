import { contractColumns, type ShopTable } from './columns.ts';

/** One rule of a contract: on one column where `column` is set, else on the table. */
export interface Rule {
  readonly id: string;
  readonly column?: string;
  readonly description: string;
  readonly dimension: string;
  readonly severity: 'error' | 'warning';
  readonly kind: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly warnAbove?: number;
  readonly failAbove?: number;
}

type More = Partial<Pick<Rule, 'severity' | 'warnAbove' | 'failAbove'>>;

const rule = (base: Omit<Rule, 'severity'>, more: More = {}): Rule => ({
  severity: 'error',
  ...base,
  ...more,
});

/** The table has the columns that the contract promises. */
export function promisedColumns(table: ShopTable): Rule {
  const columns = Object.entries(contractColumns[table]).map(([name, type]) => ({ name, type }));
  const description = 'The columns are there, each of its type.';
  return rule({
    id: `${table}_columns`,
    description,
    dimension: 'conformity',
    kind: 'columns',
    params: { columns },
  });
}

export const present = (id: string, column: string, description: string, more?: More) =>
  rule({ id, column, description, dimension: 'completeness', kind: 'not_null', params: { column } }, more);

export const unique = (id: string, columns: readonly [string, ...string[]], description: string) =>
  rule({
    id,
    ...(columns.length === 1 ? { column: columns[0] } : {}),
    description,
    dimension: 'uniqueness',
    kind: 'unique',
    params: { columns },
  });

export const exists = (id: string, column: string, table: ShopTable, description: string) =>
  rule({
    id,
    column,
    description,
    dimension: 'consistency',
    kind: 'foreign_key',
    params: { columns: [column], table, references: [column] },
  });

export const within = (id: string, column: string, min: string, max: string, description: string) =>
  rule({ id, column, description, dimension: 'accuracy', kind: 'range', params: { column, min, max } });

export const oneOf = (id: string, column: string, values: readonly string[], description: string) =>
  rule({
    id,
    column,
    description,
    dimension: 'conformity',
    kind: 'accepted_values',
    params: { column, values },
  });

export const shaped = (id: string, column: string, pattern: string, description: string) =>
  rule({ id, column, description, dimension: 'conformity', kind: 'pattern', params: { column, pattern } });

export const holds = (id: string, condition: string, description: string) =>
  rule({ id, description, dimension: 'consistency', kind: 'business_rule', params: { condition } });
