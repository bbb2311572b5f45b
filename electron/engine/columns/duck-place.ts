import { typeFamily } from '../../../shared/column.ts';
import { ident, join, nothing, type Sql, sql, typeName } from '../../../shared/sql.ts';
import { comparedByText, type Place } from '../../../shared/view/place.ts';
import { conditionOf, orderOf, type View } from '../../../shared/view/view.ts';
import type { CopiedColumn, Copy } from './copy.ts';

const literalType = (type: string): Sql => {
  const family = typeFamily(type);
  if (family === 'integer' || family === 'decimal') return sql`decimal(38, 12)`;
  if (family === 'timestamptz') return sql`timestamp`;
  const written = ['text', 'uuid', 'time'].includes(family) || comparedByText(type);
  return written ? sql`varchar` : typeName(type.replace(/\(\d+(,\d+)?\)/, ''));
};

/** A column of a copy, for filters and orders to be written over. */
export function duckPlace(column: CopiedColumn): Place {
  const value = ident(column.key ?? column.cells);
  return {
    column,
    value,
    text: ident(column.cells),
    literal: (text) => sql`cast(${text} as ${literalType(column.type)})`,
    matches: (text, pattern) => sql`regexp_matches(${text}, ${pattern}, 's')`,
    today: sql`cast(${new Date().toISOString().slice(0, 10)} as date)`,
  };
}

const placesOf =
  ({ columns }: Copy) =>
  (name: string): Place =>
    duckPlace(columns.get(name) as CopiedColumn);

/** `where …` for a copy, or nothing; `also` is one more condition. */
export function whereOf(copy: Copy, view: View, also?: Sql): Sql {
  const condition = conditionOf(view, placesOf(copy));
  const all = [condition, also].filter((one) => one !== undefined);
  return all.length === 0 ? nothing : sql` where ${join(all, sql` and `)}`;
}

/** `order by …` for a copy. */
export const orderByOf = (copy: Copy, view: View): Sql =>
  sql` order by ${join([...orderOf(view, (name) => placesOf(copy)(name).value), sql`rowid`])}`;
