import type { Pipeline } from '../../shared/contract/pipelines.ts';
import type { Page, RowSource } from '../../shared/contract/tables.ts';
import { type DecodedPage, decodePage } from '../../shared/decode-page.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';
import type { CallOptions } from '../../shared/wire.ts';
import { engine } from '../engine.ts';
import type { Rows } from './rows.ts';

/** What comes page by page: what the tables hold, or all rows of a step's output. */
export type PageSource =
  | RowSource
  | { readonly of: 'step'; readonly pipeline: Pipeline; readonly step: string; readonly output: string };

const pageOf = (source: PageSource, offset: number, limit: number, options?: CallOptions): Promise<Page> =>
  source.of === 'step'
    ? engine.pipelines.page({ ...source, offset, limit }, options)
    : engine.tables.page({ source, offset, limit }, options);

const pageRows = 500;
const keptPages = 40;
/** Nearer to the end of a page than so many rows, the next one is asked for at once, */
const nearRows = 50;
/** else when it was not scrolled for so long: whoever jumps on does not wait behind pages that nobody sees. */
const restMs = 120;

/** How the first page stands; `version` goes up with everything that arrives. */
export interface SourceState {
  readonly rows: Rows | undefined;
  readonly problem: Problem | undefined;
  readonly version: number;
}

interface Taken extends Pick<Page, 'total' | 'marks'> {
  readonly decoded: DecodedPage;
}

/** Pages of a source as they are scrolled to: the seen ones first, then their neighbours; the least lately seen are let go. */
export class SourcePages {
  readonly #source: PageSource;
  readonly #tell: (state: SourceState) => void;
  #pages = new Map<number, DecodedPage>();
  #marks = new Map<number, Page['marks']>();
  #loading = new Map<number, AbortController>();
  #stale = new Set<number>();
  #total = 0;
  #columns: DecodedPage['columns'] = [];
  #seen: readonly [number, number] = [0, 0];
  #resting: ReturnType<typeof setTimeout> | undefined;
  /** Pages that a cancel beside them took along, asked for once more. */
  #cancelled = new Set<number>();
  #trying: ReturnType<typeof setTimeout> | undefined;
  #state: SourceState = { rows: undefined, problem: undefined, version: 0 };

  constructor(source: PageSource, tell: (state: SourceState) => void) {
    this.#source = source;
    this.#tell = tell;
  }

  /** Loads what is seen; what was there stays until it is replaced. */
  start(): void {
    this.stop();
    this.#stale = new Set(this.#pages.keys());
    // Where it was scrolled to there was nothing any more: only the first page tells what there is now.
    if (this.#seen[0] >= this.#total) this.#seen = [0, 0];
    this.#load(0, true);
    this.#want(...this.#seen);
  }

  /** Nobody looks any more: what has not been read yet is not read. */
  stop(): void {
    clearTimeout(this.#resting);
    clearTimeout(this.#trying);
    this.#cancelled.clear();
    for (const abort of this.#loading.values()) abort.abort();
    this.#loading.clear();
  }

  #want(first: number, last: number): void {
    this.#seen = [first, last];
    const from = Math.floor(first / pageRows);
    const to = Math.floor(last / pageRows);
    for (const [page, abort] of this.#loading) {
      if (page < from - 1 || page > to + 1) {
        abort.abort();
        this.#loading.delete(page);
      }
    }
    for (let page = from; page <= to; page++) this.#load(page);
    if (last + nearRows >= (to + 1) * pageRows) this.#load(to + 1);
    if (first - nearRows < from * pageRows) this.#load(from - 1);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => {
      this.#load(to + 1);
      this.#load(from - 1);
    }, restMs);
  }

  #load(page: number, always = false): void {
    const beyond = page < 0 || (page * pageRows >= this.#total && !always);
    if (beyond || this.#loading.has(page) || (this.#pages.has(page) && !this.#stale.has(page))) return;
    const abort = new AbortController();
    this.#loading.set(page, abort);
    pageOf(this.#source, page * pageRows, pageRows, { signal: abort.signal }).then(
      ({ bytes, total, marks }) => {
        if (this.#loading.get(page) !== abort) return;
        this.#take(page, { decoded: decodePage(bytes), total, marks });
      },
      (thrown: unknown) => this.#loading.get(page) === abort && this.#fail(page, toProblem(thrown)),
    );
  }

  #take(page: number, { decoded, total, marks }: Taken): void {
    this.#loading.delete(page);
    const others = JSON.stringify(decoded.columns) !== JSON.stringify(this.#columns);
    // Cells of the columns before would stand under the names of these.
    if (others) {
      this.#pages.clear();
      this.#marks.clear();
    }
    this.#stale.delete(page);
    this.#cancelled.delete(page);
    this.#pages.delete(page);
    this.#pages.set(page, decoded);
    this.#marks.set(page, marks);
    const isNews = others || total !== this.#total || page === 0 || this.#isSeen(page);
    this.#total = total;
    if (others) this.#columns = decoded.columns;
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= keptPages) break;
      this.#pages.delete(old);
      this.#marks.delete(old);
    }
    if (isNews) this.#announce(undefined);
    if (page === 0) this.#want(...this.#seen);
  }

  #isSeen(page: number): boolean {
    const [first, last] = this.#seen;
    return page >= Math.floor(first / pageRows) && page <= Math.floor(last / pageRows);
  }

  #fail(page: number, problem: Problem): void {
    this.#loading.delete(page);
    // What nobody sees is asked for again when somebody does.
    if (page !== 0 && !this.#isSeen(page)) return;
    const again = problem.code === 'cancelled' && !this.#cancelled.delete(page);
    if (!again) this.#announce(problem);
    else this.#askAgain(page);
  }

  #askAgain(page: number): void {
    this.#cancelled.add(page);
    clearTimeout(this.#trying);
    this.#trying = setTimeout(() => {
      for (const cancelled of this.#cancelled) this.#load(cancelled, true);
    }, restMs);
  }

  #announce(problem: Problem | undefined): void {
    // Before anything came nobody knows how many rows there are.
    const rows = this.#pages.size > 0 ? this.#rows() : undefined;
    this.#state = { rows, problem, version: this.#state.version + 1 };
    this.#tell(this.#state);
  }

  #pageOf(row: number): DecodedPage | undefined {
    return this.#pages.get(Math.floor(row / pageRows));
  }

  #rows(): Rows {
    return {
      columns: this.#columns,
      total: this.#total,
      cell: (row, column) => {
        const page = this.#pageOf(row);
        return page && row % pageRows < page.rows ? page.cell(row % pageRows, column) : undefined;
      },
      number: (row) => {
        const page = this.#pageOf(row);
        return page ? (page.address(row % pageRows) ?? row + 1) : undefined;
      },
      marks: (row) => this.#marks.get(Math.floor(row / pageRows))?.[row % pageRows] ?? undefined,
      want: (first, last) => this.#want(first, last),
      read: async (first, count) => decodePage((await pageOf(this.#source, first, count)).bytes),
    };
  }
}
