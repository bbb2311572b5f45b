import { sql } from '../../../shared/sql.ts';
import type { Stage } from './stage.ts';

/** A reject on its way to the catalog. */
export interface SpooledReject {
  readonly line: number;
  /** Where its record starts in the file, in bytes from 0; null where the file was decoded first. */
  readonly offset: number | null;
  readonly column: string | null;
  readonly cause: string;
  readonly raw: string;
}

const pieceBytes = 1 << 20;

/** Writes rejects beside the staged rows, in pieces, however many there are. */
export class RejectSpool {
  readonly #stage: Stage;
  #lines: string[] = [];
  #size = 0;
  #count = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  get count(): number {
    return this.#count;
  }

  async add(rejects: readonly SpooledReject[]): Promise<void> {
    for (const { line, offset, column, cause, raw } of rejects) {
      const text = `${line},${offset ?? ''},${column === null ? '' : quoted(column)},${quoted(cause)},${quoted(raw)}\n`;
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
    const copy = sql`copy ${this.#stage.rejects} (line, byte_offset, column_name, cause, raw) from '/dev/blob' (format csv)`;
    await this.#stage.turn((session) => session.copyIn(copy, bytes));
  }
}

const quoted = (text: string) => `"${text.replaceAll('"', '""').replaceAll('\0', '\ufffd')}"`;
