import type { FileColumn } from '../../../shared/contract/files.ts';
import type { ClassCounts } from '../files/choose-type.ts';
import { valueClass } from '../files/value-classes.ts';

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

  missing(column: number): void {
    this.add(column, valueClass.missing);
  }

  /** The counts of all columns but those of text whose cells might still be something else, by place. */
  known(columns: readonly FileColumn[]): ReadonlyMap<number, ClassCounts> {
    const known = new Map<number, ClassCounts>();
    columns.forEach((_, at) => {
      const found = this.#of(at);
      const unsorted = found.get(valueClass.unsorted) ?? 0;
      const words = found.get(valueClass.text) ?? 0;
      if (unsorted === 0 || words > (words + unsorted) * enoughWords) known.set(at, found);
    });
    return known;
  }

  #of(column: number): Map<number, number> {
    const counts = this.#counts.subarray(column * classes, (column + 1) * classes);
    return new Map([...counts.entries()].filter(([, count]) => count > 0));
  }
}
