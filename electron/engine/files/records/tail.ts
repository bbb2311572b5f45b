import type { TablePlace } from '../../../../shared/contract/files.ts';
import { type Found, type Place, recordText } from './read-records.ts';
import { isSparse, type Layout, type RecordKind } from './record-kinds.ts';
import { seen } from './span.ts';
import { usualDelimiters } from './split-record.ts';

/** Records that are no rows at the end of a file. */
export interface Ending {
  readonly place: Place;
  readonly footer: number;
  readonly otherTable: number;
  /** How many of them were counted as good, as bad and as blank before. */
  readonly counted: Readonly<Record<'good' | 'bad' | 'blank', number>>;
  readonly tables: readonly TablePlace[];
}

interface Run {
  readonly sort: 'blank' | 'narrow' | 'short' | 'sparse' | 'empty' | 'other';
  readonly cells: number;
  readonly place: Place;
  readonly text: string;
  readonly ended: boolean;
  /** As another delimiter cuts them, where it cuts all of them alike. */
  foreign: Foreign | undefined;
  records: number;
  good: number;
  /** True for a table that stands after this one. */
  isTable: boolean;
}

interface Foreign {
  readonly delimiter: string;
  readonly cells: number;
}

const mostRuns = 64;
const mostNotes = 50;
const fewestRecords = 3;

/** Watches the records that stand after the last row: notes under the table, or another table. */
export class Tail {
  readonly #layout: Layout;
  #runs: Run[] = [];
  #sparseRows = false;
  readonly #lastByte: number;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#lastByte = layout.writing.delimiter.at(-1) ?? 0;
  }

  /** True for a good record that changes nothing: asked first, because nearly all are. */
  isPassed({ buffer, span }: Found): boolean {
    return this.#runs.length === 0 && buffer[span.end - 1] !== this.#lastByte;
  }

  note(found: Found, kind: RecordKind): void {
    const sparse = kind === 'good' && isSparse(found, this.#layout);
    if ((kind === 'good' && !sparse) || this.#runs.length > mostRuns) {
      if (this.#runs.length > 0) this.#clear();
      return;
    }
    if (kind === 'comment' || kind === 'header') return;
    const { cells } = found.span;
    const last = this.#runs.at(-1);
    const sort = sortOf(found, kind, sparse, this.#layout);
    if (last && last.sort === sort && last.cells === cells) {
      last.records++;
      if (last.foreign && cellsBy(last.foreign.delimiter, found) !== last.foreign.cells)
        last.foreign = undefined;
      if (kind === 'good') last.good++;
    } else this.#runs.push(runOf(found, sort, kind, this.#layout));
  }

  #clear() {
    this.#sparseRows ||= this.#runs.some(({ good }) => good > 0);
    this.#runs = [];
  }

  /** What the runs are, from the end back to the first that could be rows. */
  ending(rows: number): Ending | undefined {
    let from = this.#runs.length;
    let footer = 0;
    while (from > 0) {
      const run = this.#runs[from - 1] as Run;
      const before = this.#runs[from - 2];
      const known = from < this.#runs.length && (run.sort === 'blank' || run.sort === 'empty');
      run.isTable = this.#isTable(run, before);
      if (!known && !this.#isNote(run, before, rows) && !run.isTable && run.sort !== 'blank') break;
      if (run.sort !== 'blank' && !run.isTable) footer += run.records;
      from--;
    }
    while (this.#runs[from]?.sort === 'blank') from++;
    const runs = this.#runs.slice(from);
    const [first] = runs;
    if (!first || footer > mostNotes || runs.every(({ sort }) => sort === 'blank')) return undefined;
    return endingOf(first.place, runs);
  }

  /** Several records of another width, or of another delimiter: rows that only go on with a cell more or less are none. */
  #isTable(run: Run, before: Run | undefined): boolean {
    if (run.records < fewestRecords) return false;
    if (run.foreign !== undefined || run.sort === 'short') return true;
    return (
      run.sort === 'other' && (before?.sort === 'blank' || (this.#layout.unlikeFirst?.(run.text) ?? false))
    );
  }

  #isNote(run: Run, before: Run | undefined, rows: number): boolean {
    const { unlikeFirst } = this.#layout;
    if (run.sort === 'narrow') {
      if (!run.ended && run.records === 1) return false;
      if (unlikeFirst && !unlikeFirst(run.text)) return false;
      // One word alone on the last line may be what is left of a row.
      return before?.sort === 'blank' || run.records > 1 || /\s|:/.test(run.text.trim());
    }
    if (run.sort === 'short') {
      return unlikeFirst ? unlikeFirst(run.text) : run.ended && before?.sort === 'blank';
    }
    if (run.sort !== 'sparse') return false;
    if (unlikeFirst) return unlikeFirst(run.text);
    return !this.#sparseRows && before?.sort === 'empty' && rows >= 5 && run.records < rows / 4;
  }
}

function sortOf(found: Found, kind: RecordKind, sparse: boolean, { width }: Layout): Run['sort'] {
  if (kind === 'blank') return 'blank';
  if (sparse) return found.buffer[found.span.start] === found.buffer[found.span.end - 1] ? 'empty' : 'sparse';
  if (found.span.cells === 1) return 'narrow';
  if (found.span.cells * 2 > width) return 'other';
  // Cut by another delimiter it is as wide as a row: a row that was written with the wrong one.
  return usualDelimiters.some((delimiter) => cellsBy(delimiter, found) >= width) ? 'other' : 'short';
}

function runOf(found: Found, sort: Run['sort'], kind: RecordKind, { writing }: Layout): Run {
  const { span, offset } = found;
  const [text = ''] = beginningOf(found).split(Buffer.from(writing.delimiter).toString());
  return {
    sort,
    cells: span.cells,
    place: { offset: offset + span.start, line: span.line },
    text,
    ended: (span.flags & (seen.lf | seen.crlf | seen.cr)) !== 0,
    foreign: sort === 'narrow' ? foreignIn(found) : undefined,
    records: 1,
    good: kind === 'good' ? 1 : 0,
    isTable: false,
  };
}

const beginningOf = ({ buffer, span }: Found): string =>
  recordText({ buffer, span: { ...span, end: Math.min(span.end, span.start + 500) } });

const cellsBy = (delimiter: string, found: Found): number => beginningOf(found).split(delimiter).length;

/** The usual delimiter that cuts a record of one cell into most. */
function foreignIn(found: Found): Foreign | undefined {
  const cuts = usualDelimiters.map((delimiter) => ({ delimiter, cells: cellsBy(delimiter, found) }));
  const best = cuts.reduce((most, cut) => (cut.cells > most.cells ? cut : most));
  return best.cells > 1 ? best : undefined;
}

function endingOf(place: Place, runs: readonly Run[]): Ending {
  const total = (of: readonly Run[]) => of.reduce((sum, { records }) => sum + records, 0);
  const good = runs.reduce((sum, run) => sum + run.good, 0);
  const blank = total(runs.filter(({ sort }) => sort === 'blank'));
  const others = runs.filter(({ isTable }) => isTable);
  return {
    place,
    footer: total(runs) - blank - total(others),
    otherTable: total(others),
    counted: { good, blank: 0, bad: total(runs) - good - blank },
    tables: others.map(({ place: { line }, cells, foreign, records }) => ({
      line,
      columns: foreign?.cells ?? cells,
      records,
    })),
  };
}
