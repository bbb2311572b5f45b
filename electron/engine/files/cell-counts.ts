import type { ClassCounts } from './choose-type.ts';
import { valueClass } from './value-classes.ts';

/** No class beyond is counted here. */
const classes = 128;
/** A column with this share of words is text, whatever its other cells are. */
const enoughWords = 0.0101;

/** What the cells of columns read like, counted one by one. */
export class CellCounts {
  readonly #counts: Float64Array;

  constructor(columns: number) {
    this.#counts = new Float64Array(columns * classes);
  }

  add(column: number, kind: number): void {
    const at = column * classes + kind;
    this.#counts[at] = (this.#counts[at] as number) + 1;
  }

  /** The counts of all columns but those whose cells might still be something else than words, by place. */
  known(): ReadonlyMap<number, ClassCounts> {
    const known = new Map<number, ClassCounts>();
    for (let at = 0; at < this.#counts.length / classes; at++) {
      const found = this.#of(at);
      const unsorted = found.get(valueClass.unsorted) ?? 0;
      const words = found.get(valueClass.text) ?? 0;
      if (unsorted === 0 || words > (words + unsorted) * enoughWords) known.set(at, found);
    }
    return known;
  }

  #of(column: number): Map<number, number> {
    const counts = this.#counts.subarray(column * classes, (column + 1) * classes);
    return new Map([...counts.entries()].filter(([, count]) => count > 0));
  }
}
