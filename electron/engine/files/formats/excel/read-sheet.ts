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

/** What else a sheet says of its cells. */
export interface SheetSeen {
  /** Areas of merged cells. */
  readonly merged: number;
  /** Rows in the range, and columns, that do not show. */
  readonly hiddenRows: number;
  readonly hiddenColumns: number;
}

/** Reads the rows of a sheet that lie in the range, in order. */
export async function readSheet(
  { source, part, range, onPiece }: SheetReading,
  take: (row: SheetRow) => void,
): Promise<SheetSeen> {
  const taker = new RowTaker(range, take);
  await readXml(source, part, taker, onPiece);
  const { merged, hiddenRows, hiddenColumns } = taker;
  return { merged, hiddenRows, hiddenColumns };
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
  #hidden = false;
  merged = 0;
  hiddenRows = 0;
  hiddenColumns = 0;

  constructor(range: CellRange, take: (row: SheetRow) => void) {
    this.#range = range;
    this.#take = take;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') this.#openRow(attributes);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'mergeCell') this.merged++;
    else if (name === 'col' && isTrue(attributes['hidden'])) this.#hideColumns(attributes);
    else if (this.#cell && name === 'f') this.#cell.formula = true;
    else if (this.#cell && (name === 'v' || name === 't')) {
      this.#reads = true;
      this.#cell.value ??= '';
    } else if (name === 'rPh') this.#reads = false;
  }

  /** Numbers of rows and addresses of cells may be left out: then each follows the one before. */
  #openRow({ r, hidden }: Readonly<Record<string, string>>): void {
    this.#hidden = isTrue(hidden);
    this.#row = r === undefined ? this.#row + 1 : Number(r);
    this.#column = 0;
    this.#cells = [];
  }

  /** The columns that a width is said for go up to the last one of all. */
  #hideColumns({ min, max }: Readonly<Record<string, string>>): void {
    const { left, right } = this.#range;
    const [from, to] = [Math.max(left, Number(min)), Math.min(right, Number(max))];
    if (to - from < 1000) this.hiddenColumns += Math.max(0, to - from + 1);
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
    if (this.#hidden && this.#cells.length > 0) this.hiddenRows++;
    this.#take({ number: this.#row, cells: this.#cells });
  }
}

const isTrue = (said: string | undefined): boolean => said === '1' || said === 'true';
