import { agreementOf, canDecide, groupsOf } from '../../tables/relations/agreement.ts';
import type { ColumnarTable, ValueColumn } from './columnar.ts';

/** One column that (nearly) decides another: rows equal in `by` are mostly equal in `column`. */
export interface Dependency {
  readonly by: ValueColumn;
  readonly column: ValueColumn;
  /** Share of rows, in groups of several, that have their group's most frequent value. */
  readonly agreement: number;
}

/** What the dependencies of a table say of its cells. */
export interface Dependencies {
  readonly found: readonly Dependency[];
  /** Evidence against the cell of a row, and for it: the sums over all columns that decide the column. */
  readonly against: (column: string, row: number) => Verdict;
  /** What those who speak against a cell would have there instead. */
  readonly instead: (column: string, row: number) => readonly Instead[];
}

/** A value that a cell should have by what decides it: the sum of the voices for it, and who speaks loudest. */
export interface Instead {
  readonly value: string | undefined;
  readonly weight: number;
  readonly by: string;
}

/** What all that decides a cell has to say of it. */
export interface Verdict {
  readonly against: number;
  readonly for: number;
  /** The strongest single voice against it. */
  readonly strongest: number;
  /** What the cell should be by that voice, and which column says so. */
  readonly expected: string | undefined;
  readonly by: string | undefined;
}

/** Dependencies are looked for in at most so many columns. */
const searchedColumns = 60;

/** Finds which columns decide which, and gathers what each has to say of every cell. */
export function dependenciesOf({ columns, rows }: ColumnarTable): Dependencies {
  const usable = columns.slice(0, searchedColumns);
  const found = usable.flatMap((by) =>
    canDecide(by, rows.length)
      ? usable.flatMap((column) => {
          const agreement = column === by ? undefined : agreementOf(by, column);
          return agreement === undefined ? [] : [{ by, column, agreement }];
        })
      : [],
  );
  const voices = new Map<string, Voices>();
  for (const dependency of found) {
    const { name } = dependency.column;
    const own = voices.get(name) ?? new Voices(rows.length);
    voices.set(name, own);
    own.hear(dependency);
  }
  const silent: Verdict = { against: 0, for: 0, strongest: 0, expected: undefined, by: undefined };
  return {
    found,
    against: (column, row) => voices.get(column)?.verdict(row) ?? silent,
    instead: (column, row) => voices.get(column)?.instead(row) ?? [],
  };
}

/** What several deciding columns say of the cells of one column. */
class Voices {
  readonly #against: Float32Array;
  readonly #for: Float32Array;
  readonly #strongest: Float32Array;
  readonly #objections = new Map<number, Instead[]>();

  constructor(rows: number) {
    this.#against = new Float32Array(rows);
    this.#for = new Float32Array(rows);
    this.#strongest = new Float32Array(rows);
  }

  hear({ by, column, agreement }: Dependency): void {
    const groups = groupsOf(by, column, by.codes.length);
    for (let row = 0; row < by.codes.length; row++) {
      const group = groups.get(by.codes[row] ?? -1);
      if (!group || group.size < 3 || group.most * 2 <= group.size) continue;
      // A majority of one is worth nothing; a value that several rows of the group share is less likely a slip.
      const voice = (agreement * (group.most - 1)) / group.size;
      const value = column.codes[row] ?? -1;
      if (value === group.value) this.#for[row] = (this.#for[row] ?? 0) + voice;
      else this.#object(row, voice / (group.counts.get(value) ?? 1), by.name, column.values[group.value]);
    }
  }

  #object(row: number, voice: number, by: string, expected: string | undefined): void {
    this.#against[row] = (this.#against[row] ?? 0) + voice;
    this.#strongest[row] = Math.max(voice, this.#strongest[row] ?? 0);
    const objection = { value: expected, weight: voice, by };
    const before = this.#objections.get(row);
    if (before) before.push(objection);
    else this.#objections.set(row, [objection]);
  }

  instead(row: number): readonly Instead[] {
    const values = new Map<string | undefined, Instead>();
    for (const one of loudestFirst(this.#objections.get(row) ?? [])) {
      const { weight, by } = values.get(one.value) ?? { weight: 0, by: one.by };
      values.set(one.value, { value: one.value, weight: weight + one.weight, by });
    }
    return loudestFirst([...values.values()]);
  }

  verdict(row: number): Verdict {
    const [expected] = loudestFirst(this.#objections.get(row) ?? []);
    return {
      against: this.#against[row] ?? 0,
      for: this.#for[row] ?? 0,
      strongest: this.#strongest[row] ?? 0,
      expected: expected?.value,
      by: expected?.by,
    };
  }
}

const loudestFirst = (all: readonly Instead[]): Instead[] => all.toSorted((a, b) => b.weight - a.weight);
