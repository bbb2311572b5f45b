import type { CheckRule } from '../../shared/contract/checks.ts';

const text = (value: unknown) => String(value).replaceAll("'", "''");

interface Params {
  readonly column: string;
  readonly columns: readonly string[];
  readonly table: string;
  readonly references: readonly string[];
  readonly min: string;
  readonly max: string;
  readonly values: readonly string[];
  readonly pattern: string;
  readonly condition: string;
}

/** The condition that a bad row of each kind of rule meets, told plainly and apart from the app's own way. */
const broken: Readonly<Record<string, (table: string, params: Params) => string>> = {
  not_null: (_, { column }) => `${column} is null`,
  unique: (table, { columns }) =>
    `(${columns}) in (select ${columns} from ${table} group by ${columns} having count(*) > 1)`,
  foreign_key: (_, { columns, table, references }) =>
    `${columns[0]} is not null and ${columns[0]} not in (select ${references[0]} from ${table})`,
  range: (_, { column, min, max }) => `${column} < '${text(min)}' or ${column} > '${text(max)}'`,
  accepted_values: (_, { column, values }) =>
    `${column} not in (${values.map((value) => `'${text(value)}'`)})`,
  pattern: (_, { column, pattern }) => `${column} !~ '${text(pattern)}'`,
  business_rule: (_, { condition }) => `not (${condition})`,
};

/** A query for the rows of a table that break a rule; nothing for rules over columns. */
export function badRows(table: string, { kind, params }: CheckRule): string | undefined {
  const condition = broken[kind]?.(table, params as unknown as Params);
  return condition && `select * from ${table} where ${condition}`;
}
