import type { CellCounts } from '../files/cells/cell-counts.ts';
import type { Duck } from '../files/duck/duck.ts';
import type { JudgedColumn } from '../files/types/columns.ts';
import { judgeCells, type OddCell, type OddValue, sortTexts } from '../files/types/judge-cells.ts';

interface Known extends OddCell {
  readonly value: OddValue;
  times: number;
}

/** Cells remembered, so that what occurs often is asked once. */
const most = 20_000;
const atOnce = 5_000;

/** The odd cells of a file: what they hold is asked piece by piece, what they read like when there are many, or at the end. */
export class OddCells {
  readonly #duck: Duck;
  readonly #columns: readonly JudgedColumn[];
  readonly #counts: CellCounts;
  #known = new Map<string, Known>();

  constructor(duck: Duck, columns: readonly JudgedColumn[], counts: CellCounts) {
    this.#duck = duck;
    this.#columns = columns;
    this.#counts = counts;
  }

  /** What these cells hold. */
  async judge(cells: readonly OddCell[]): Promise<readonly OddValue[]> {
    if (this.#known.size > most) await this.sort();
    const keys = cells.map(({ at, text }) => `${at} ${text}`);
    const asked = new Map(keys.map((key, place) => [key, cells[place] as OddCell]));
    for (const key of asked.keys()) if (this.#known.has(key)) asked.delete(key);
    const open = [...asked];
    for (let at = 0; at < open.length; at += atOnce) {
      const some = open.slice(at, at + atOnce);
      const values = await judgeCells(
        this.#duck,
        this.#columns,
        some.map(([, cell]) => cell),
      );
      for (const [place, [key, cell]] of some.entries())
        this.#known.set(key, { ...cell, value: values[place], times: 0 });
    }
    return keys.map((key) => {
      const known = this.#known.get(key) as Known;
      known.times++;
      return known.value;
    });
  }

  /** Counts what the cells judged so far read like. */
  async sort(): Promise<void> {
    const known = [...this.#known.values()];
    this.#known = new Map();
    for (let at = 0; at < known.length; at += atOnce) {
      const some = known.slice(at, at + atOnce);
      const kinds = await sortTexts(
        this.#duck,
        some.map(({ text }) => text),
      );
      for (const [place, kind] of kinds.entries()) {
        const { at: column, times } = some[place] as Known;
        this.#counts.add(column, kind, times);
      }
    }
  }
}
