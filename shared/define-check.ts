import type { Column } from './column.ts';
import type { ExampleTable } from './define-step.ts';
import type { ParamShape, ParamsOf } from './params.ts';
import { problem } from './problem.ts';
import { type Sql, sql } from './sql.ts';

/** The six classes by which checks are shown. */
export const checkClasses = [
  'schema',
  'completeness',
  'uniqueness',
  'referential integrity',
  'range',
  'business rule',
] as const;

export type CheckClass = (typeof checkClasses)[number];

/** Where a rule looks. */
export interface CheckInput {
  readonly table: string;
  readonly columns: readonly Column[];
  /** Stands after FROM as it is; its rows have `_row`. */
  readonly from: Sql;
  /** What to qualify the table's columns with inside a sub-select. */
  readonly row: Sql;
}

/** What one file in shared/checks exports; the file's name is the rule's kind. Exactly one of `breaks`, `badRows`, `differences`. */
export interface CheckDefinition<S extends ParamShape = ParamShape> {
  readonly title: string;
  readonly class: CheckClass;
  /** A lucide icon's name in kebab-case. */
  readonly icon: string;
  readonly help: string;
  readonly params: S;
  /** What a new rule on a table of these columns starts with, beyond each parameter's own initial value. */
  readonly begin?: (columns: readonly Column[]) => Partial<ParamsOf<S>>;
  /** The rule in words: "`status` is one of paid, sent". */
  readonly says: (params: ParamsOf<S>) => string;
  /** The columns to mark in a bad row, and to count under in the metrics. */
  readonly marks: (params: ParamsOf<S>) => readonly string[];
  /** A condition on one row that is true where the row breaks the rule; false and null are fine. */
  readonly breaks?: (input: CheckInput, params: ParamsOf<S>) => Sql;
  /** True where the condition looks beyond its row, so that it is not counted together with others, piece by piece. */
  readonly beyondRow?: (params: ParamsOf<S>) => boolean;
  /** One SELECT that yields `_row` of every row that breaks the rule, once each. */
  readonly badRows?: (input: CheckInput, params: ParamsOf<S>) => Sql;
  /** For rules over the columns themselves: every difference, in words. None is a pass. */
  readonly differences?: (columns: readonly Column[], params: ParamsOf<S>) => readonly string[];
  /** How many things `differences` compared, for the pass rate. */
  readonly compared?: (columns: readonly Column[], params: ParamsOf<S>) => number;
  /** Tests and in-app help at once. `bad` are positions in the table's rows, from 0; further tables by name. */
  readonly examples: readonly {
    readonly says: string;
    readonly params: ParamsOf<S>;
    readonly table: ExampleTable;
    readonly others?: Readonly<Record<string, ExampleTable>>;
    readonly bad?: readonly number[];
    readonly differences?: readonly string[];
  }[];
}

/** Types a definition by its own parameters. */
export const defineCheck = <const S extends ParamShape>(definition: CheckDefinition<S>): CheckDefinition<S> =>
  definition;

/** The SELECT of `_row` of every bad row, for kinds that look at rows. */
export function badRowsOf<S extends ParamShape>(
  definition: CheckDefinition<S>,
  input: CheckInput,
  params: ParamsOf<S>,
): Sql {
  if (definition.badRows) return definition.badRows(input, params);
  if (!definition.breaks) throw problem('bug', `"${definition.title}" does not look at rows.`);
  return sql`select _row from ${input.from} where ${definition.breaks(input, params)}`;
}
