import { type Column, typeFamily } from '../column.ts';
import { ident, type Sql, sql, typeName } from '../sql.ts';

/** A column as one of the two engines has it, for a filter or an order to be written over it. */
export interface Place {
  readonly column: Column;
  /** What is compared. */
  readonly value: Sql;
  /** What is looked through as text. */
  readonly text: Sql;
  /** A value of the column's type, from text. */
  readonly literal: (text: string) => Sql;
  /** True where the text matches a pattern. */
  readonly matches: (text: Sql, pattern: string) => Sql;
  readonly today: Sql;
}

/** Families whose values are told apart by their text, because the types have no equality that can be relied on. */
const byText = new Set(['json', 'vector', 'bytes', 'other']);

/** True where a column's values are compared as text. */
export const comparedByText = (type: string): boolean => byText.has(typeFamily(type));

/** The type that a value must have to be compared with a column: any number may be held against an integer. */
const literalType = (type: string): Sql => {
  const family = typeFamily(type);
  if (family === 'integer' || family === 'decimal') return sql`numeric`;
  return family === 'text' || byText.has(family) ? sql`text` : typeName(type.replace(/\(\d+(,\d+)?\)/, ''));
};

/** A column in PostgreSQL. */
export function postgresPlace(column: Column): Place {
  const name = ident(column.name);
  const text = typeFamily(column.type) === 'text' ? name : sql`${name}::text`;
  return {
    column,
    value: comparedByText(column.type) ? text : name,
    text,
    literal: (value) => sql`${value}::${literalType(column.type)}`,
    matches: (value, pattern) => sql`${value} ~ ${pattern}`,
    today: sql`current_date`,
  };
}
