import type { Guess } from '../../../../../shared/contract/files.ts';
import type { LeftOut } from '../../../../../shared/contract/formats.ts';
import { ident, join, sql } from '../../../../../shared/sql.ts';
import type { Relation } from '../../duck/relation.ts';
import { cellName } from '../../duck/relation.ts';
import { joinNames } from '../../header/header-names.ts';
import { mostTold } from '../../records/first-records.ts';
import { shortened } from '../../records/left-out.ts';
import { sums } from '../../records/offer-footer.ts';
import type { BadRecord } from '../../records/tidy.ts';
import type { KnownColumn } from '../../table/file-table.ts';
import type { ScratchTable } from '../../table/scratch-table.ts';
import type { Cell, CellKind } from './cell-values.ts';
import { headerLinesOf, startOf, textsOf, type ValueRow } from './sheet-start.ts';

export interface SheetTableOptions {
  readonly rows: ScratchTable;
  /** Undefined: as the first rows look. */
  readonly header: boolean | undefined;
  /** Cells with errors are empty instead of sending their row to the rejects. */
  readonly errorsAsNull: boolean;
  /** The range was given: its first row is where the table begins. */
  readonly fixed: boolean;
}

const firstRows = 50;
const mostNotes = 5;
const isFilled = (cell: Cell | undefined) => cell !== undefined;

/** Finds out where the table begins in a sheet, and sends its rows on. */
export class SheetTable {
  readonly #options: SheetTableOptions;
  readonly #kinds: Map<CellKind, number>[] = [];
  #waiting: ValueRow[] | undefined = [];
  #names: string[] = [];
  #headerLines = 0;
  #last: ValueRow[] = [];
  #firstRow = 1;
  #above: readonly ValueRow[] = [];
  #header: readonly ValueRow[] = [];
  bad: BadRecord[] = [];
  badCount = 0;
  /** Rows that are rejected because a formula in them has no stored value. */
  unstored = 0;
  /** Why the first row is taken for names, or for none, where only its words tell. */
  headerGuess: Guess | undefined;
  blank = 0;
  preamble = 0;

  constructor(options: SheetTableOptions) {
    this.#options = options;
  }

  /** Rows that name the columns. */
  get headerLines(): number {
    return this.#headerLines;
  }

  /** Rows that were looked at, of all kinds. */
  get physical(): number {
    return this.#options.rows.rows + this.badCount + this.blank + this.preamble + this.#headerLines;
  }

  get width(): number {
    return Math.max(1, this.#names.length, this.#kinds.length);
  }

  add(row: ValueRow): void {
    if (!row.cells.some(isFilled)) {
      this.blank++;
      return;
    }
    if (!this.#waiting) {
      this.#send(row);
      return;
    }
    this.#waiting.push(row);
    if (this.#waiting.length >= firstRows) this.begin();
  }

  /** Decides on header and preamble by the first rows, and lets them go. */
  begin(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    const start = this.#options.fixed ? 0 : startOf(waiting);
    this.preamble = start;
    this.#above = waiting.slice(0, start);
    this.#firstRow = waiting[start]?.number ?? 1;
    const rows = waiting.slice(start);
    const texts = textsOf(rows);
    const { lines, guess } = headerLinesOf(rows, texts, this.#options.header);
    this.headerGuess = guess;
    this.#headerLines = lines;
    this.#header = rows.slice(1, lines);
    if (lines > 0) this.#names = joinNames(texts.slice(0, lines), texts[0]?.length ?? 0);
    for (const row of rows.slice(lines)) this.#send(row);
  }

  #send(row: ValueRow): void {
    const { number, cells } = row;
    this.#last.push(row);
    if (this.#last.length > mostNotes + 1) this.#last.shift();
    const wrong = cells.find((cell) => cell?.kind === 'error');
    if (wrong && !this.#options.errorsAsNull) {
      this.bad.push({ line: number, offset: null, cause: wrong.text, raw: rawOf(cells) });
      this.badCount++;
      if (wrong.unstored) this.unstored++;
      return;
    }
    const texts = Array.from(cells, (cell, at) => {
      if (!cell || cell.kind === 'error') return null;
      this.#kinds[at] ??= new Map();
      const kinds = this.#kinds[at];
      kinds.set(cell.kind, (kinds.get(cell.kind) ?? 0) + 1);
      return cell.text;
    });
    this.#options.rows.add({ line: number, start: 0, length: 0 }, texts);
  }

  /** The last rows, where they look like sums and notes under the table: they are loaded as the file has them. */
  under():
    | { readonly texts: readonly string[]; readonly rows: readonly [first: number, last: number] }
    | undefined {
    const { width } = this;
    const from = this.#last.findLastIndex((row) => !isUnder(row, width)) + 1;
    const found = this.#last.slice(from);
    const before = this.#last[from - 1];
    if (found.length === 0 || !before || width < 2) return undefined;
    return { texts: found.map(firstText), rows: [this.#firstRow, before.number] };
  }

  /** Rows above the table, and those of its header below the first. */
  get leftOut(): readonly LeftOut[] {
    const told = (kind: LeftOut['kind'], rows: readonly ValueRow[]) =>
      rows.length === 0
        ? []
        : [
            {
              kind,
              records: rows.length,
              texts: rows.slice(0, mostTold).map(({ cells }) => shortened(rawOf(cells))),
            },
          ];
    return [...told('preamble', this.#above), ...told('header', this.#header)];
  }

  /** The columns that have a name or a value. */
  described(): { names: string[]; known: (KnownColumn | undefined)[]; relation: Relation } {
    const { width } = this;
    const named = Array.from({ length: width }, (_, at) => at);
    const used = named.filter((at) => (this.#names[at] ?? '') !== '' || this.#kinds[at]);
    const kept = used.length > 0 ? used : [0];
    const cells = kept.map((at, place) => sql`${ident(cellName(at))} as ${ident(cellName(place))}`);
    const { rows } = this.#options.rows.relation(width);
    return {
      names: kept.map((at) => this.#names[at] ?? ''),
      known: kept.map((at) => knownOf(this.#kinds[at] ?? new Map())),
      relation: { rows: sql`(select ${join(cells)} from ${rows})`, width: kept.length },
    };
  }
}

const firstText = ({ cells }: ValueRow): string => cells.find(isFilled)?.text.trim() ?? '';

/** A row that calls itself a sum, or one text alone in a row of several columns. */
function isUnder(row: ValueRow, width: number): boolean {
  const [first, ...others] = row.cells.filter(isFilled);
  if (first?.kind !== 'text') return false;
  return sums.test(firstText(row)) || (others.length === 0 && width > 2);
}

const types: Readonly<Partial<Record<CellKind, readonly [string, string]>>> = {
  date: ['date', 'dates by the format of their cells'],
  datetime: ['timestamp without time zone', 'dates with a time by the format of their cells'],
  time: ['time without time zone', 'times by the format of their cells'],
  duration: ['interval', 'durations by the format of their cells'],
};

function knownOf(kinds: ReadonlyMap<CellKind, number>): KnownColumn | undefined {
  const days = kinds.has('datetime') && kinds.has('date') && kinds.size === 2;
  const [only] = kinds.keys();
  if (!only || (kinds.size > 1 && !days)) return undefined;
  if (only === 'text') return { words: true, reason: 'all values are text in the workbook' };
  const known = types[days ? 'datetime' : only];
  return known && { type: known[0], reason: known[1] };
}

const rawOf = (cells: readonly (Cell | undefined)[]) =>
  Array.from(cells, (cell) => {
    const text = cell?.kind === 'error' ? (/#[A-Z/0!?]+/.exec(cell.text)?.[0] ?? '') : (cell?.text ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(',');
