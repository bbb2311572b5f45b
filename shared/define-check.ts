import type { Column } from './column.ts';
import type { ExampleTable } from './define-step.ts';
import type { JudgedRows } from './judged-rows.ts';
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

/** What an earlier run of the same rule measured. */
export interface EarlierValue {
  readonly value: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Why it is no example of what is usual, where a person said so. */
  readonly incident?: string | null;
}

/** What is remembered of an earlier load of a table. */
export interface RememberedLoad {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly columns: readonly Column[];
  readonly rows: number;
  /** A figure of a column: what is empty or null in percent, distinct values, days and moments in seconds; undefined where it was not taken. */
  readonly figure: (column: string, name: RememberedFigure) => number | undefined;
}

/** Figures of columns that are remembered of a load. */
export type RememberedFigure =
  | 'nulls'
  | 'empty'
  | 'distinct'
  | 'mean'
  | 'median'
  | 'upper tenth'
  | 'least'
  | 'most'
  | 'age';

/** Where a rule looks. */
export interface CheckInput {
  readonly table: string;
  readonly columns: readonly Column[];
  /** Stands after FROM as it is; its rows have `_row`. */
  readonly from: Sql;
  /** What to qualify the table's columns with inside a sub-select. */
  readonly row: Sql;
  /** For kinds that remember: what earlier runs measured, newest first. */
  readonly earlier?: readonly EarlierValue[] | undefined;
  /** When the rows were loaded, as ISO 8601, where that is known. */
  readonly loaded?: string | undefined;
}

/** What a measured value has to stay within; a side that is left out is open. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** How a rule measures one value of the whole table, and what it is held against. */
export interface Metric {
  /**
   * One SELECT of one row, whose `value` is a double; null where there was nothing to measure. `exact` beside it is the
   * same as text, where it may be a whole number that a double cannot hold.
   */
  readonly sql: Sql;
  /** Outside of these it fails. */
  readonly fails: Bounds;
  /** Outside of these it warns. */
  readonly warns?: Bounds;
  /** Why there is no value, where that is not for want of rows. */
  readonly nothing?: string;
  /** Why the value cannot be judged yet, such as a history too short; it is kept all the same. */
  readonly waits?: string;
}

/** What a rule allows in a column: these values, or those of a column of another table. */
export type AllowedValues = { readonly column: string } & (
  | { readonly values: readonly string[] }
  | { readonly from: { readonly table: string; readonly column: string } }
);

/** What one file in shared/checks exports; the file's name is the rule's kind. Exactly one of `breaks`, `badRows`, `differences`, `metric`. */
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
  /** For kinds that pass rows over: which they can say something about. Where there is none, nothing was evaluated. */
  readonly judges?: (input: CheckInput, params: ParamsOf<S>) => JudgedRows;
  /** The collection whose vectors it judges rows by: where these are not of the rows as they are now, it is not evaluated. */
  readonly collection?: (params: ParamsOf<S>) => string | undefined;
  /** A condition on one row that is true where the row breaks the rule; false and null are fine. */
  readonly breaks?: (input: CheckInput, params: ParamsOf<S>) => Sql;
  /**
   * For `breaks`: which cells of a bad row break the rule, as names of columns (text[]); where it gives none, those of
   * `marks` do. A SELECT of `badRows` may yield them as `_cells`.
   */
  readonly cells?: (input: CheckInput, params: ParamsOf<S>) => Sql | undefined;
  /** True where the condition looks beyond its row, so that it is not counted together with others, piece by piece. */
  readonly beyondRow?: (params: ParamsOf<S>) => boolean;
  /**
   * True where the values of the marked columns decide alone, so that they need be looked at once where many rows
   * share them.
   */
  readonly byValue?: boolean;
  /** An aggregate over rows that is true only where none of them breaks the rule; cheaper where several rules share it. */
  readonly sure?: (input: CheckInput, params: ParamsOf<S>) => Sql | undefined;
  /** True where that is cheaper for one rule alone, at the price of memory. */
  readonly sureAlone?: boolean;
  /** One SELECT that yields `_row` of every row that breaks the rule, once each. */
  readonly badRows?: (input: CheckInput, params: ParamsOf<S>) => Sql;
  /** One SELECT of their number, as `bad`, where that is cheaper than counting `badRows`; of what is no row of the table, as `stray`. */
  readonly count?: (input: CheckInput, params: ParamsOf<S>) => Sql;
  /** For kinds that compare columns as their types do: what a person has to know of that, such as that texts compare letter by letter. */
  readonly remark?: (columns: readonly Column[], params: ParamsOf<S>) => string | undefined;
  /** For kinds whose `badRows` are what a person's SELECT yields: that SELECT, whose `_row` has to be that of the table. */
  readonly yieldsRows?: (params: ParamsOf<S>) => string;
  /** True where a condition on rows would be passed over: a rule with one is refused. */
  readonly whole?: boolean;
  /** One value of the whole table, held against bounds. */
  readonly metric?: (input: CheckInput, params: ParamsOf<S>) => Metric;
  /** For a metric: what its value counts, such as `rows`, `%` or `hours`; empty where the data says. */
  readonly unit?: (params: ParamsOf<S>) => string;
  /** For a metric: true where its value tells how many or how far apart, so that it is shown of a private column, too. */
  readonly counts?: (params: ParamsOf<S>) => boolean;
  /** True for a metric that is held against its own earlier values. */
  readonly remembers?: boolean;
  /** For kinds that tell which values a column may have: a wrong one is mended by the nearest of them. */
  readonly allows?: (params: ParamsOf<S>) => AllowedValues | undefined;
  /** True where its parameters hold values of the column: it is not suggested for private ones. */
  readonly quotes?: boolean;
  /** Whether an earlier load kept the rule, as far as what is remembered of it tells. */
  readonly kept?: (load: RememberedLoad, params: ParamsOf<S>) => boolean | undefined;
  /** An extension whose functions its SQL uses. Assay has it; a server may not. */
  readonly needs?: 'pg_trgm' | 'fuzzystrmatch';
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
    /** The cells of each bad row that break the rule, where those are not all that are marked. */
    readonly cells?: readonly (readonly string[])[];
    readonly differences?: readonly string[];
    /** For a metric: its value, where that does not depend on the day, and the verdict. */
    readonly value?: number | null;
    readonly verdict?: 'pass' | 'warn' | 'fail' | 'not evaluated';
    readonly earlier?: readonly EarlierValue[];
  }[];
}

/** Types a definition by its own parameters. */
export const defineCheck = <const S extends ParamShape>(definition: CheckDefinition<S>): CheckDefinition<S> =>
  definition;

/** The SELECT of `_row` of every bad row, and of its `_cells` where not all that are marked offend, for kinds that look at rows. */
export function badRowsOf<S extends ParamShape>(
  definition: CheckDefinition<S>,
  input: CheckInput,
  params: ParamsOf<S>,
): Sql {
  if (definition.badRows) return definition.badRows(input, params);
  if (!definition.breaks) throw problem('bug', `"${definition.title}" does not look at rows.`);
  const cells = definition.cells?.(input, params);
  const yielded = cells ? sql`_row, ${cells} as _cells` : sql`_row`;
  return sql`select ${yielded} from ${input.from} where ${definition.breaks(input, params)}`;
}
