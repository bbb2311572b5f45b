import type { Column } from './column.ts';
import { suffixedName } from './column-names.ts';
import type { StepInput } from './define-step.ts';
import { problem } from './problem.ts';
import { ident, lines, type Sql, sql } from './sql.ts';

/** A column as a step computes it. */
export interface Computed {
  readonly name: string;
  readonly value: Sql;
}

/** The cells of a SELECT that keeps all columns: one of a name that is there is replaced in its place, others come last. */
export function withColumns({ columns }: StepInput, computed: readonly Computed[]): Sql {
  const cell = ({ name, value }: Computed) => sql`${value} as ${ident(name)}`;
  const kept = columns.map(({ name }) => {
    const instead = computed.find((column) => column.name === name);
    return instead ? cell(instead) : sql`input.${ident(name)}`;
  });
  const there = new Set(columns.map(({ name }) => name));
  return lines([...kept, ...computed.filter(({ name }) => !there.has(name)).map(cell)]);
}

/** The type of a column of an input. */
export function typeOf({ columns }: StepInput, name: string): string {
  const column = columns.find((candidate) => candidate.name === name);
  if (column) return column.type;
  throw problem('bad_input', `There is no column "${name}".`, { at: { column: name } });
}

/** A type without the length to which a cast cuts what is longer. */
export const uncut = (type: string): string =>
  type.replace(/^(bit|character)( varying)?\(\d+\)/, '$1 varying');

/** Columns of which some are given other values, which may be longer. */
export const uncutColumns = (columns: readonly Column[] | undefined, changed: readonly string[]): Column[] =>
  (columns ?? []).map((column) =>
    changed.includes(column.name) ? { ...column, type: uncut(column.type) } : column,
  );

/** Names that no column of these inputs has, for what is computed on the way. */
export function freeNames(inputs: readonly StepInput[], ...wanted: readonly string[]): string[] {
  const taken = new Set(inputs.flatMap(({ columns }) => columns.map(({ name }) => name)));
  return wanted.map((name) => {
    const free = taken.has(name) ? suffixedName(name, '_', taken) : name;
    taken.add(free);
    return free;
  });
}

/** The columns of an input as a list, each of the relation `of`. */
export const columnsOf = ({ columns }: StepInput, of: Sql): Sql =>
  lines(columns.map(({ name }) => sql`${of}.${ident(name)}`));
