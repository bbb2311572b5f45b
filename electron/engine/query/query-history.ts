import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HistoryEntry } from '../../../shared/contract/query.ts';
import { writeWhole } from '../workspace/write-whole.ts';

const kept = 1000;
const longest = 100_000;

/** What was run, one line of JSON each in a file of local state; the oldest go. */
export class QueryHistory {
  readonly #file: string;
  #turn: Promise<unknown> = Promise.resolve();
  #last = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** A run that cannot be remembered is no failed run. */
  async add(entry: Omit<HistoryEntry, 'id'>): Promise<void> {
    if (entry.text.length > longest) return;
    this.#last = Math.max(this.#last + 1, Date.now());
    const line = `${JSON.stringify({ id: String(this.#last), ...entry })}\n`;
    await this.#next(async () => {
      await mkdir(dirname(this.#file), { recursive: true });
      await appendFile(this.#file, line, { mode: 0o600 });
    }).catch(() => {});
  }

  /** Newest first; the same text run again stands once, as it was run last. */
  async list(search: string, limit: number): Promise<readonly HistoryEntry[]> {
    const entries = (await this.#next(() => this.#read())).toReversed();
    const seen = new Set<string>();
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return entries
      .filter(({ text }) => !seen.has(text.trim()) && seen.add(text.trim()))
      .filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)))
      .slice(0, limit);
  }

  async #read(): Promise<HistoryEntry[]> {
    const text = await readFile(this.#file, 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line !== '');
    if (lines.length > 2 * kept) await writeWhole(this.#file, `${lines.slice(-kept).join('\n')}\n`);
    return lines.slice(-kept).flatMap((line) => entryIn(line) ?? []);
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(work);
    this.#turn = next.catch(() => {});
    return next;
  }
}

/** A line cut short by a killed process is left out. */
function entryIn(line: string): HistoryEntry | undefined {
  try {
    return JSON.parse(line) as HistoryEntry;
  } catch {
    return undefined;
  }
}
