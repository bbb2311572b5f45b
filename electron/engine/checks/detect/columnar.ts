/** A column as its distinct values and, for each row, which of them it has. */
export interface ValueColumn {
  readonly name: string;
  /** As PostgreSQL names it. */
  readonly type: string;
  /** Distinct values as text, without null. */
  readonly values: readonly string[];
  /** Place in `values` for each row, -1 for null. */
  readonly codes: Int32Array;
  /** How many rows have each value. */
  readonly counts: Int32Array;
}

/** Rows of a table by columns: what detectors look at. */
export interface ColumnarTable {
  /** The address of each row, its `_row`. */
  readonly rows: Float64Array;
  readonly columns: readonly ValueColumn[];
}

/** A column out of one value for each row. */
export function valueColumn(name: string, type: string, cells: readonly (string | null)[]): ValueColumn {
  const builder = new ColumnBuilder(name, type, cells.length);
  for (const cell of cells) builder.add(cell);
  return builder.done();
}

/** Collects the cells of a column one by one. */
export class ColumnBuilder {
  readonly #name: string;
  readonly #type: string;
  readonly #places = new Map<string, number>();
  readonly #counts: number[] = [];
  #codes: Int32Array;
  #rows = 0;

  constructor(name: string, type: string, expected = 1024) {
    this.#name = name;
    this.#type = type;
    this.#codes = new Int32Array(Math.max(16, expected));
  }

  add(cell: string | null): void {
    if (this.#rows === this.#codes.length) {
      const larger = new Int32Array(this.#codes.length * 2);
      larger.set(this.#codes);
      this.#codes = larger;
    }
    this.#codes[this.#rows++] = cell === null ? -1 : this.#placeOf(cell);
  }

  #placeOf(cell: string): number {
    const known = this.#places.get(cell);
    const place = known ?? this.#places.size;
    if (known === undefined) this.#places.set(cell, place);
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    return place;
  }

  done(): ValueColumn {
    return {
      name: this.#name,
      type: this.#type,
      values: [...this.#places.keys()],
      codes: this.#codes.subarray(0, this.#rows),
      counts: Int32Array.from(this.#counts),
    };
  }
}

/** How many rows have a value. */
export const filledRows = ({ counts }: ValueColumn): number => counts.reduce((sum, n) => sum + n, 0);
