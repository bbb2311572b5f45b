import type { Column } from './column.ts';
import type { ExampleTable } from './define-step.ts';
import type { ParamShape, ParamsOf } from './params.ts';
import type { Sql } from './sql.ts';

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

/** Where a rule looks. `from` stands after FROM with an alias of its own and has `_row`. */
export interface CheckInput {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly from: Sql;
}

/** What one file in shared/checks exports; the file's name is the rule's kind. Exactly one of `badRows` and `differences`. */
export interface CheckDefinition<S extends ParamShape = ParamShape> {
  readonly title: string;
  readonly class: CheckClass;
  /** A lucide icon's name in kebab-case. */
  readonly icon: string;
  readonly help: string;
  readonly params: S;
  /** The rule in words: "`status` is one of paid, sent". */
  readonly says: (params: ParamsOf<S>) => string;
  /** The columns to mark in a bad row, and to count under in the metrics. */
  readonly marks: (params: ParamsOf<S>) => readonly string[];
  /** One SELECT that yields `_row` of every row that breaks the rule, once each. */
  readonly badRows?: (input: CheckInput, params: ParamsOf<S>) => Sql;
  /** For rules over the columns themselves: every difference, in words. None is a pass. */
  readonly differences?: (columns: readonly Column[], params: ParamsOf<S>) => readonly string[];
  /** How many things `differences` compared, for the pass rate. */
  readonly compared?: (columns: readonly Column[], params: ParamsOf<S>) => number;
  /** Tests and in-app help at once. `bad` are positions in the first table's rows, from 0; further tables by name. */
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
