import type { Source } from '../../source/source.ts';
import type { RawCell } from './cell-values.ts';
import { type CellRange, columnNumber, parseRange } from './range.ts';
import { readXml } from './workbook.ts';

/** A row as it stands in the sheet. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly RawCell[];
}

export interface SheetReading {
  readonly source: Source;
  readonly part: string;
  readonly range: CellRange;
  /** Awaited between pieces; true to stop. */
  readonly onPiece: () => Promise<boolean>;
}

/** Reads the rows of a sheet that lie in the range, in order. Returns how many cells are merged with others. */
export async function readSheet(
  { source, part, range, onPiece }: SheetReading,
  take: (row: SheetRow) => void,
): Promise<number> {
  const taker = new RowTaker(range, take);
  await readXml(source, part, taker, onPiece);
  return taker.merged;
}

/** The merged areas of a sheet that lie in the range. */
export async function readMerged(source: Source, part: string): Promise<CellRange[]> {
  const areas: CellRange[] = [];
  await readXml(source, part, {
    open: (name, { ref = '' }) => {
      if (name === 'mergeCell') areas.push(parseRange(ref));
    },
  });
  return areas;
}

/** True for a sheet in which any cell has a value. */
export async function hasCells(source: Source, part: string): Promise<boolean> {
  let [found, ended] = [false, false];
  const open = (name: string) => {
    // Behind the cells, formulas are those of rules that colour them.
    if (!ended && ['v', 't', 'f'].includes(name)) found = true;
  };
  const close = (name: string) => {
    if (name === 'sheetData') ended = true;
  };
  await readXml(source, part, { open, close }, () => found || ended);
  return found;
}

class RowTaker {
  readonly #range: CellRange;
  readonly #take: (row: SheetRow) => void;
  #row = 0;
  #column = 0;
  #cells: RawCell[] = [];
  #cell: { -readonly [K in keyof RawCell]: RawCell[K] } | undefined;
  #reads = false;
  merged = 0;

  constructor(range: CellRange, take: (row: SheetRow) => void) {
    this.#range = range;
    this.#take = take;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'mergeCell') this.merged++;
    else if (this.#cell && name === 'f') this.#cell.formula = true;
    else if (this.#cell && (name === 'v' || name === 't')) {
      this.#reads = true;
      this.#cell.value ??= '';
    } else if (name === 'rPh') this.#reads = false;
  }

  /** Numbers of rows and addresses of cells may be left out: then each follows the one before. */
  #openRow({ r }: Readonly<Record<string, string>>): void {
    this.#row = r === undefined ? this.#row + 1 : Number(r);
    this.#column = 0;
    this.#cells = [];
  }

  #openCell({ r, t = 'n', s = '0' }: Readonly<Record<string, string>>): void {
    const letters = /^[A-Z]+/i.exec(r ?? '')?.[0];
    this.#column = letters ? columnNumber(letters) : this.#column + 1;
    const address = r ?? `row ${this.#row}, column ${this.#column}`;
    this.#cell = {
      column: this.#column,
      address,
      type: t,
      style: Number(s),
      formula: false,
      value: undefined,
    };
  }

  text(text: string): void {
    if (this.#reads && this.#cell) this.#cell.value += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.#reads = false;
    const { top, bottom, left, right } = this.#range;
    if (name === 'c' && this.#cell) {
      if (this.#column >= left && this.#column <= right) this.#cells.push(this.#cell);
      this.#cell = undefined;
    }
    if (name !== 'row' || this.#row < top || this.#row > bottom) return;
    this.#take({ number: this.#row, cells: this.#cells });
  }
}
