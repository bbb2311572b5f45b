import type { ClassCounts } from './value-classes.ts';
import { valueClass } from './value-classes.ts';

/** Classes below are counted in one array, because every cell of every file is counted. */
const classes = 640;
/** A column with this share of words is text, whatever its other cells are. */
const enoughWords = 0.0101;

/** What the cells of columns read like, counted one by one. */
export class CellCounts {
  readonly #counts: Float64Array;
  readonly #rare: readonly Map<number, number>[];

  constructor(columns: number) {
    this.#counts = new Float64Array(columns * classes);
    this.#rare = Array.from({ length: columns }, () => new Map());
  }

  add(column: number, kind: number, times = 1): void {
    const at = column * classes + kind;
    if (kind < classes) this.#counts[at] = (this.#counts[at] as number) + times;
    else this.#addRare(column, kind, times);
  }

  #addRare(column: number, kind: number, times: number): void {
    const rare = this.#rare[column] as Map<number, number>;
    rare.set(kind, (rare.get(kind) ?? 0) + times);
  }

  /** The counts of all columns but those whose cells might still be something else than words, by place. */
  known(): ReadonlyMap<number, ClassCounts> {
    const known = new Map<number, ClassCounts>();
    for (let at = 0; at < this.#rare.length; at++) {
      const found = this.of(at);
      const unsorted = found.get(valueClass.unsorted) ?? 0;
      const words = found.get(valueClass.text) ?? 0;
      if (unsorted === 0 || words > (words + unsorted) * enoughWords) known.set(at, found);
    }
    return known;
  }

  /** The counts of one column. */
  of(column: number): ClassCounts {
    const counts = this.#counts.subarray(column * classes, (column + 1) * classes);
    const found = new Map(this.#rare[column]);
    for (const [kind, count] of counts.entries()) if (count > 0) found.set(kind, count);
    return found;
  }
}
