import { type FileHandle, open } from 'node:fs/promises';
import { ident, join, type Sql, sql } from '../../../../shared/sql.ts';
import type { Duck } from '../duck/duck.ts';
import type { Relation } from '../duck/relation.ts';
import { cellName } from '../duck/relation.ts';

/** Where a row stands in its file: its line, and where that is known the bytes it takes. */
export interface RowPlace {
  readonly line: number;
  readonly start: number;
  readonly length: number;
}

const pieceCharacters = 1 << 20;

/** Rows of text on their way to DuckDB, in a scratch file; later rows may have more cells than earlier ones. */
export class ScratchTable {
  readonly #path: string;
  readonly #file: FileHandle;
  #lines: string[] = [];
  #size = 0;
  #longest = 0;
  #first = -1;
  #width = 0;
  #rows = 0;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  static async create(path: string): Promise<ScratchTable> {
    return new ScratchTable(path, await open(path, 'w'));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Takes a row; null and undefined are cells without a value. */
  add({ line, start, length }: RowPlace, cells: readonly (string | null | undefined)[]): void {
    const missing = ','.repeat(Math.max(0, this.#width - cells.length));
    const text = `${line},${start},${length}${cells.map(written).join('')}${missing}\n`;
    if (this.#first < 0) this.#first = cells.length;
    this.#width = Math.max(this.#width, cells.length);
    this.#longest = Math.max(this.#longest, text.length);
    this.#rows++;
    this.#lines.push(text);
    this.#size += text.length;
  }

  /** Writes what has gathered, if it is much. */
  async flush(least = pieceCharacters): Promise<void> {
    if (this.#size < least || this.#lines.length === 0) return;
    await this.#file.write(this.#lines.join(''));
    this.#lines = [];
    this.#size = 0;
  }

  async close(): Promise<void> {
    try {
      await this.flush(0);
    } finally {
      await this.#file.close();
    }
  }

  /** The rows as DuckDB reads them, `width` cells each. */
  relation(width: number): Relation {
    const cells = Array.from({ length: width }, (_, at) => ident(cellName(at)));
    return { rows: sql`(select ${join(cells)} from ${this.#read(width)})`, width };
  }

  /** Where rows stand in their file, by their ordinals (from 0, ascending). */
  async places(duck: Duck, ordinals: readonly number[]): Promise<RowPlace[]> {
    if (ordinals.length === 0) return [];
    const found = await duck.rows(
      sql`select line, start, length from (select row_number() over () - 1 as n, line, start, length from ${this.#read(Math.max(1, this.#width))})
        where n in (${join([...ordinals])}) order by n`,
    );
    return found.map((row) => {
      const [line = 0, start = 0, length = 0] = row.map(Number);
      return { line, start, length };
    });
  }

  #read(width: number): Sql {
    const names = ['line', 'start', 'length', ...Array.from({ length: width }, (_, at) => cellName(at))];
    // A reader that fills up short rows cannot share the work among threads where cells hold line ends.
    const grown = this.#first >= 0 && this.#first < width;
    return sql`read_csv(${this.#path}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
      comment = '', new_line = '\n', nullstr = '', allow_quoted_nulls = false, null_padding = ${grown}, parallel = ${!grown},
      max_line_size = ${Math.max(2_000_000, this.#longest * 4 + 64)},
      columns = {${join(names.map((name) => sql`${name}: 'VARCHAR'`))}})`;
  }
}

function written(cell: string | null | undefined): string {
  if (cell === null || cell === undefined) return ',';
  return /^[-\w.:+ ]+$/.test(cell) ? `,${cell}` : `,"${cell.replaceAll('"', '""')}"`;
}
