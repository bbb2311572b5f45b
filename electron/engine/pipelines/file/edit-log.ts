import { appendFile, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EditsDone, PipelineChange } from '../../../../shared/contract/pipelines.ts';
import { problem } from '../../../../shared/problem.ts';
import { fileName } from '../../workspace/file-name.ts';
import { writeWhole } from '../../workspace/write-whole.ts';

/** Where a change stands in its file, by bytes. */
interface Place {
  readonly start: number;
  readonly length: number;
}

interface Log {
  readonly places: Place[];
  at: number;
  size: number;
}

type Line = { readonly change: PipelineChange; readonly after: number } | { readonly at: number };

/** A file that holds so much more than is still of use is written anew. */
const waste = 1_000_000;

/**
 * What was changed in each pipeline, for as long as the disk has room: a file of lines, to which every change and every
 * way back is added. Only places are kept in memory; a line that a crash cut off counts as not written.
 */
export class EditLog {
  readonly #folder: string;
  readonly #logs = new Map<string, Log>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** How a pipeline stands. */
  done(name: string): Promise<EditsDone> {
    return this.#next(async () => standing(await this.#log(name)));
  }

  /** Adds a change after those that are done; what was taken back before it is gone. */
  note(name: string, change: PipelineChange): Promise<EditsDone> {
    return this.#next(async () => {
      const log = await this.#log(name);
      const place = await this.#append(name, log, { change, after: log.at });
      log.places.splice(log.at, Number.POSITIVE_INFINITY, place);
      log.at = log.places.length;
      return standing(log);
    });
  }

  /** Goes one change back or forth: what it did. */
  travel(name: string, way: 'back' | 'forth'): Promise<EditsDone & { readonly change: PipelineChange }> {
    return this.#next(async () => {
      const log = await this.#log(name);
      const to = log.at + (way === 'back' ? -1 : 1);
      const place = log.places[Math.min(to, log.at)];
      if (!place) throw problem('not_found', `There is nothing more to ${way === 'back' ? 'undo' : 'redo'}.`);
      const change = await this.#read(name, place);
      await this.#append(name, log, { at: to });
      log.at = to;
      return { ...standing(log), change };
    });
  }

  /** The changes go with a pipeline's name. */
  rename(name: string, to: string): Promise<void> {
    return this.#next(async () => {
      this.#logs.clear();
      await rename(this.#path(name), this.#path(to)).catch(() => rm(this.#path(to), { force: true }));
    });
  }

  remove(name: string): Promise<void> {
    return this.#next(async () => {
      this.#logs.delete(name);
      await rm(this.#path(name), { force: true });
    });
  }

  /** One after the other, so that places are right. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }

  #path(name: string): string {
    return join(this.#folder, `${fileName(name)}.jsonl`);
  }

  async #log(name: string): Promise<Log> {
    const known = this.#logs.get(name) ?? (await readLog(this.#path(name)));
    this.#logs.set(name, known);
    return known;
  }

  async #append(name: string, log: Log, line: Line): Promise<Place> {
    const text = `${JSON.stringify(line)}\n`;
    const place = { start: log.size, length: Buffer.byteLength(text) };
    await mkdir(dirname(this.#path(name)), { recursive: true });
    try {
      await appendFile(this.#path(name), text, { mode: 0o600 });
    } catch (thrown) {
      // A part of the line may stand there: places are known again when the file has been read.
      this.#logs.delete(name);
      throw thrown;
    }
    log.size += place.length;
    return place;
  }

  async #read(name: string, { start, length }: Place): Promise<PipelineChange> {
    const file = await open(this.#path(name));
    try {
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
      return (JSON.parse(buffer.toString()) as { change: PipelineChange }).change;
    } finally {
      await file.close();
    }
  }
}

const standing = ({ places, at }: Log): EditsDone => ({ count: places.length, at });

async function readLog(path: string): Promise<Log> {
  const bytes = await readFile(path).catch(() => Buffer.alloc(0));
  const log = placesIn(bytes);
  const used = log.places.reduce((sum, { length }) => sum + length, 0);
  if (log.size === bytes.length && bytes.length - used < used + waste) return log;
  const kept = log.places.map(({ start, length }) => bytes.subarray(start, start + length).toString());
  const lines = kept.map((text, after) => JSON.stringify({ ...JSON.parse(text), after }));
  await writeWhole(path, [...lines, JSON.stringify({ at: log.at }), ''].join('\n'));
  return placesIn(await readFile(path));
}

function placesIn(bytes: Buffer): Log {
  const log: Log = { places: [], at: 0, size: 0 };
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf('\n', start) + 1;
    const line = end > 0 ? lineOf(bytes.subarray(start, end).toString()) : undefined;
    if (!line) break;
    if ('change' in line) {
      log.places.splice(line.after, Number.POSITIVE_INFINITY, { start, length: end - start });
      log.at = log.places.length;
    } else log.at = line.at;
    start = end;
    log.size = end;
  }
  return log;
}

function lineOf(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
