import type { Column } from './column.ts';
import type { ParamShape, ParamsOf } from './params.ts';
import { problem } from './problem.ts';
import type { Sql } from './sql.ts';
import type { StepModel } from './step-model.ts';

/** Rows as an example writes them; values in PostgreSQL's text form, or null, numbers and booleans. */
export type ExampleRow = Readonly<Record<string, string | number | boolean | null>>;

/** An input of an example: types by column (text where left out), and its rows. */
export interface ExampleTable {
  readonly types?: Readonly<Record<string, string>>;
  readonly rows: readonly ExampleRow[];
}

/** Where a step's rows come from. */
export interface StepInput {
  /** What it is called, for a step that takes any number of inputs: the id of the step it comes from. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** Something to select from, to stand after FROM with an alias of its own: a name, or a sub-select. */
  readonly from: Sql;
  /** True where something after the step counts on the order of its rows: it then keeps that in which they come. */
  readonly inOrder?: boolean;
}

/** A place of a step that edges lead to. */
export interface InputPort {
  readonly name: string;
  readonly title: string;
}

/** Columns of the output; `'described'` lets PostgreSQL plan the step over empty, typed inputs and say. */
type Columns<P> = 'described' | ((inputs: readonly (readonly Column[])[], params: P) => readonly Column[]);

/** An output of rows that a step leaves out, with the columns of the input they came from. */
export interface Rejects<S extends ParamShape = ParamShape> {
  readonly title: string;
  /** Whose rows they are; 0 is the first. */
  readonly input?: number;
  readonly sql: (inputs: readonly StepInput[], params: ParamsOf<S>) => Sql;
}

/** A value of a column as text, and how often it is there. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/** Entries of a list parameter that a step can propose from the values of a column, for a person to keep or take out. */
export interface Proposals<P> {
  readonly title: string;
  /** The list parameter they are added to. */
  readonly param: string;
  /** The ways to look for them, by name. */
  readonly ways: Readonly<Record<string, string>>;
  readonly column: (params: P) => string;
  readonly make: (values: readonly ValueCount[], way: string) => readonly Readonly<Record<string, unknown>>[];
}

/** What a person may say where a setting asks: a button's words, and the parameters that change. */
export interface Answer<P> {
  readonly says: string;
  readonly params: Partial<P>;
}

/**
 * How rows get into a table that may have some already; `key` says which rows are the same. With `history` every
 * version of a row stays, with the time it held; `ends` tells whether a row that is gone ends. `anew`: none of the rows
 * that are there stay, as all come again. `last`: of several rows of a key the last to come counts.
 */
export type WriteMode =
  | { readonly mode: 'replace' | 'append' }
  | {
      readonly mode: 'upsert';
      readonly key: readonly string[];
      readonly anew?: boolean;
      readonly last?: boolean;
    }
  | {
      readonly mode: 'history';
      readonly key: readonly string[];
      readonly ends: boolean;
      readonly last?: boolean;
    };

/** The SELECT of a step with rows counted on the way. */
export interface Counting<P> {
  /** Which rows it counts: those it leaves out, or all of its first input. */
  readonly of: 'rejects' | 'input';
  /** Whether it can, with these settings. */
  readonly fits?: (params: P) => boolean;
  /** The same rows as `sql`; `count` is true and adds that many, wherever it is asked. */
  readonly sql: (inputs: readonly StepInput[], params: P, count: (rows: Sql) => Sql) => Sql;
}

/** A file that a step writes. */
export interface FileExport {
  /** From the workspace's folder on, or a whole path; its ending says the format. */
  readonly file: string;
  /** True where it may lie outside of the workspace. */
  readonly outside: boolean;
  /** True where a file is replaced that this step did not write. */
  readonly replaces: boolean;
}

/** What one file in shared/steps exports; the file's name is the step's kind. */
export interface StepDefinition<S extends ParamShape = ParamShape> {
  readonly title: string;
  /** Where the palette of steps lists it. */
  readonly group: 'in' | 'rows' | 'columns' | 'clean' | 'combine' | 'summarise' | 'sql' | 'out';
  /** A lucide icon's name in kebab-case. */
  readonly icon: string;
  /** What else people call it: the palette finds it by them. */
  readonly words?: string;
  /** One or two sentences of what it does, shown in the palette and the form. */
  readonly help: string;
  /** Ports in order; `'any'` takes any number of inputs under their steps' names. Default: one port. */
  readonly inputs?: readonly InputPort[] | 'any';
  readonly params: S;
  readonly columns: Columns<ParamsOf<S>>;
  /** One SELECT over the inputs. */
  readonly sql: (inputs: readonly StepInput[], params: ParamsOf<S>) => Sql;
  /** For a step that sends each row of its first input either on or away: those sent away, as the output `rejects`. */
  readonly rejects?: Rejects<S>;
  /** Rows that found no place in `rows` where that is not one row for each: by the name of the output. */
  readonly left?: Readonly<Record<string, Rejects<S>>>;
  /** For a step that can count rows within its own SELECT, cheaper than one by one as they leave it. */
  readonly counting?: Counting<ParamsOf<S>>;
  /** For a step that reads a table of the workspace: which. It then stands as the only input, without its `_row`. */
  readonly reads?: (params: ParamsOf<S>) => string;
  /** For a step that may read only the rows that came since it last ran: the column that says which those are. */
  readonly onlyAfter?: (params: ParamsOf<S>) => string | undefined;
  /** For a step that writes a table of the workspace: which. */
  readonly writes?: (params: ParamsOf<S>) => string;
  /** For a step that writes a file: which, and how. */
  readonly exports?: (params: ParamsOf<S>) => FileExport;
  /** For a step whose SQL asks for vectors of texts: one SELECT of those texts, as `assay.vector_of` will be asked for them. */
  readonly embeds?: (inputs: readonly StepInput[], params: ParamsOf<S>) => Sql;
  /** The model that makes these vectors, where it is not the built-in one. */
  readonly embedsBy?: (params: ParamsOf<S>) => StepModel | undefined;
  /** For a step that stands for a whole pipeline: its name. */
  readonly nests?: (params: ParamsOf<S>) => string;
  /** For a step that is given rows where its pipeline is used as a step: what they are called. */
  readonly takes?: (params: ParamsOf<S>) => string;
  /** For a step whose rows its pipeline gives where it is used as a step: what they are called. */
  readonly gives?: (params: ParamsOf<S>) => string;
  /** How a step that writes goes about rows that are there; left out, they are replaced. */
  readonly into?: (params: ParamsOf<S>) => WriteMode;
  readonly proposals?: Proposals<ParamsOf<S>>;
  /** For a step that stops to ask: what can be answered, each with one click in the form. */
  readonly answers?: (
    inputs: readonly (readonly Column[])[],
    params: ParamsOf<S>,
  ) => readonly Answer<ParamsOf<S>>[];
  /**
   * For a step with a list of which each entry makes a column, apart from all others: which list, and how a column is
   * called. The rows are the same without any of them. `also` names what else decides over these columns alone.
   */
  readonly apart?: {
    readonly param: string;
    readonly name: (entry: never) => string;
    readonly also?: readonly (keyof S & string)[];
  };
  /** True where each row of the first input gives exactly one row, computed from that row alone. */
  readonly rowByRow?: boolean;
  /**
   * Inputs, by their places, of which each row gives its own rows, as long as no row of another input comes or goes: new
   * rows there alone give the new rows of the output. Left out: the first where `rowByRow`, else none.
   */
  readonly grows?: (params: ParamsOf<S>) => readonly number[] | 'all';
  /** True where there are as many rows as in the first input, though a row may depend on others. */
  readonly sameCount?: boolean;
  /** For a step that goes by the order in which rows come in: of which inputs, by their places. */
  readonly arrival?: (params: ParamsOf<S>) => readonly number[];
  /** True where the order of its rows follows from their values alone, in whichever order rows come in. */
  readonly settled?: boolean;
  /** True where the order of the rows is what the step is for: examples are held to it. */
  readonly ordered?: boolean;
  /** True for the few kinds that most pipelines need: offered first. */
  readonly common?: boolean;
  /** True where computing the rows a second time costs more than keeping them. */
  readonly costly?: boolean;
  /** The setting in one line, for the box on the canvas. */
  readonly summary: (params: ParamsOf<S>) => string;
  /** Tests and in-app help at once; `inputs` in port order. */
  readonly examples: readonly {
    readonly says: string;
    readonly params: ParamsOf<S>;
    readonly inputs: readonly ExampleTable[];
    readonly output: readonly ExampleRow[];
    readonly rejects?: readonly ExampleRow[];
    readonly left?: Readonly<Record<string, readonly ExampleRow[]>>;
  }[];
}

/** Every output of rows that are left out, by name. */
export const rejectsOf = ({ rejects, left }: StepDefinition): ReadonlyMap<string, Rejects> =>
  new Map(Object.entries({ ...(rejects ? { rejects } : {}), ...left }));

/** An input of a step by its place; a step that is not connected there is refused. */
export function inputAt(inputs: readonly StepInput[], at: number): StepInput {
  const input = inputs[at];
  if (!input) throw problem('bad_input', `Input ${at + 1} is not connected.`);
  return input;
}

/** Types a definition by its own parameters. */
export const defineStep = <const S extends ParamShape>(definition: StepDefinition<S>): StepDefinition<S> =>
  definition;
