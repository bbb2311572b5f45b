import { sql } from '../../../shared/sql.ts';
import type { Stage } from './stage.ts';

/** A reject on its way to the catalog. */
export interface SpooledReject {
  readonly line: number;
  /** Where its record starts in the file, in bytes from 0; null where it has no such place. */
  readonly offset: number | null;
  readonly column: string | null;
  readonly cause: string;
  readonly raw: string;
  /** The file, where several are one table. */
  readonly file?: string | undefined;
}

const pieceBytes = 1 << 20;

/** Writes rejects beside the staged rows, in pieces, however many there are. */
export class RejectSpool {
  readonly #stage: Stage;
  readonly #early: boolean;
  #lines: string[] = [];
  #size = 0;
  #count = 0;
  readonly #files = new Set<string>();

  constructor(stage: Stage, early = false) {
    this.#stage = stage;
    this.#early = early;
  }

  /** Takes the early rejects instead of its own, but for those from a line on. */
  async keepEarly(before: number): Promise<void> {
    this.#lines = [];
    this.#count = await this.#stage.keepEarlyRejects(before);
  }

  /** The files that rejects are from, where several are one table. */
  get files(): ReadonlySet<string> {
    return this.#files;
  }

  get count(): number {
    return this.#count;
  }

  async add(rejects: readonly SpooledReject[]): Promise<void> {
    for (const { line, offset, column, cause, raw, file } of rejects) {
      if (file !== undefined) this.#files.add(file);
      const cells = [column ?? undefined, cause, raw, file].map((text) =>
        text === undefined ? '' : quoted(text),
      );
      const text = `${line},${offset ?? ''},${cells.join(',')}\n`;
      this.#lines.push(text);
      this.#size += text.length;
      this.#count++;
      if (this.#size > pieceBytes) await this.flush();
    }
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return;
    const bytes = Buffer.from(this.#lines.join(''));
    this.#lines = [];
    this.#size = 0;
    const table = this.#early ? this.#stage.earlyRejects : this.#stage.rejects;
    const copy = sql`copy ${table} (line, byte_offset, column_name, cause, raw, file) from '/dev/blob' (format csv)`;
    await this.#stage.turn((session) => session.copyIn(copy, bytes));
  }
}

const quoted = (text: string) => `"${text.replaceAll('"', '""').replaceAll('\0', '\ufffd')}"`;
