import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from './log-error.ts';

/** What a process writes down of its own life; never a secret, never a value of a user's data. */
export interface Log {
  /** One line: `say('opened', { ms: 640 })`. */
  say(event: string, facts?: Readonly<Record<string, string | number | boolean>>): void;
  /** A fault of our own, with its stack. */
  bug(where: string, thrown: unknown): void;
}

const kept = 3;
const longestEntry = 8000;

/**
 * The log of a workspace, `.assay/logs/NAME.log`; when it is full it becomes NAME.1.log, and the oldest goes. Each
 * entry is written before the call returns, so that it is there after a crash. What cannot be written is left out:
 * a log must never be why something fails, and a folder that is no workspace gets none.
 */
export function workspaceLog(dir: string, name: 'app' | 'engine', fullBytes = 500_000): Log {
  const folder = join(dir, '.assay', 'logs');
  const fileOf = (age: number) => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  const write = (text: string) => {
    try {
      mkdirSync(folder);
    } catch {
      // It is there, or writing fails as well.
    }
    try {
      if ((statSync(fileOf(0), { throwIfNoEntry: false })?.size ?? 0) >= fullBytes) turnOver(fileOf);
      appendFileSync(
        fileOf(0),
        `${new Date().toISOString()} ${process.pid} ${text.slice(0, longestEntry)}\n`,
      );
    } catch {
      // See above.
    }
  };
  return {
    say: (event, facts = {}) =>
      write([event, ...Object.entries(facts).map(([key, value]) => `${key}=${oneLine(value)}`)].join(' ')),
    bug: (where, thrown) => write(`bug in ${where}: ${describeError(thrown)}`),
  };
}

const oneLine = (value: string | number | boolean) =>
  typeof value === 'number' ? Math.round(value) : JSON.stringify(value);

function turnOver(fileOf: (age: number) => string): void {
  for (let age = kept; age > 0; age--) {
    try {
      renameSync(fileOf(age - 1), fileOf(age));
    } catch {
      // This one is not there yet.
    }
  }
}
