import type { ColumnarTable, ValueColumn } from '../detect/columnar.ts';
import type { Dependencies } from '../detect/dependencies.ts';

/** A value that a cell may have to become. */
export interface Fix {
  /** Place of the row in what was read, from 0. */
  readonly row: number;
  readonly column: string;
  /** Null where the cell says nothing. */
  readonly to: string | null;
  /** How likely it is what belongs there, given that the cell is wrong: 0 to 1. */
  readonly confidence: number;
  /** Why, in words for people. */
  readonly reason: string;
  /** The column whose value in this row says so. */
  readonly by?: string;
}

/** A column with the places of its cells that are doubted. */
export interface Doubted {
  readonly column: ValueColumn;
  readonly places: readonly number[];
}

/** What a fixer has to go by. */
export interface FixEvidence {
  readonly table: ColumnarTable;
  readonly doubted: readonly Doubted[];
  /** Which columns decide which others; computed when first asked for. */
  readonly dependencies: () => Dependencies;
  /** Values that a rule allows, by column. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
}

/** One way of finding what a wrong cell should have been. */
export interface Fixer {
  readonly title: string;
  readonly help: string;
  readonly fix: (evidence: FixEvidence) => readonly Fix[];
}

/** Types a fixer. */
export const defineFixer = (fixer: Fixer): Fixer => fixer;

/** A fixer's answer for each distinct value, given to every doubted cell that has it. */
export function fixEach(
  { column, places }: Doubted,
  of: (text: string) => Omit<Fix, 'row' | 'column'> | undefined,
): Fix[] {
  const known = new Map<number, Omit<Fix, 'row' | 'column'> | undefined>();
  return places.flatMap((row) => {
    const code = column.codes[row] ?? -1;
    const text = column.values[code];
    if (text === undefined) return [];
    if (!known.has(code)) known.set(code, of(text));
    const fix = known.get(code);
    return fix && fix.to !== text ? [{ row, column: column.name, ...fix }] : [];
  });
}
