import { jsonText } from '../../shared/json-text.ts';
import type { Problem, ProblemCode } from '../../shared/problem.ts';

/**
 * Writes all of it before it resolves: a pipe's reader may be slow, and the process ends afterwards. A reader that
 * went away, as `head` does, has had all it wanted.
 */
export function write(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (failed) => (failed && !isGone(failed) ? reject(failed) : resolve()));
  });
}

const isGone = ({ code }: NodeJS.ErrnoException) =>
  ['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'].includes(code ?? '');

/** Errors of standard output and error reach whoever wrote; as events they would end the process with a stack. */
export function muteStreams(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}

/** One JSON document; integers that a number cannot hold become text. */
export const toJson = (value: unknown): string => `${jsonText(value, 2)}\n`;

/** An error for people: what happened, to what, and what to do next. */
export function problemText({ message, hint, at, stack }: Problem, debug: boolean): string {
  const { file, line, position, character } = at ?? {};
  const spot = character ? `character ${character}` : position && `position ${position}`;
  const place = [file, line && `line ${line}`, spot].filter(Boolean);
  const where = place.length > 0 && !message.includes(String(place[0])) ? ` (${place.join(', ')})` : '';
  return [`assay: ${message}${where}`, ...(hint ? [hint] : []), ...(debug && stack ? [stack] : [])]
    .join('\n')
    .concat('\n');
}

const exits: Partial<Record<ProblemCode, number>> = {
  bad_input: 2,
  not_found: 2,
  locked: 2,
  newer_version: 2,
  sql_failed: 2,
};

/** The exit code of a problem: 2 the request was wrong, 3 something else broke. */
export const exitOf = ({ code }: Problem): number => exits[code] ?? 3;

/** Rows as aligned text: numbers to the right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, at) =>
    rows.reduce((most, row) => Math.max(most, width(row[at] ?? '')), width(name)),
  );
  const right = head.map(
    (_name, at) => rows.length > 0 && rows.every((row) => /^[-\d.,%\s]*$/.test(row[at] ?? '')),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => pad(cell, widths[at] ?? 0, right[at] ?? false))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((size) => '─'.repeat(size)).join('  '), ...rows.map(line)]
    .join('\n')
    .concat('\n');
}

/** A text in one line that a table's cell holds. */
export function shortCell(text: string, widest = 60): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ↵ ');
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}

const width = (text: string) => [...text].length;

function pad(text: string, size: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, size - width(text)));
  return right ? space + text : text + space;
}

const contentWidth = 90;

/** A text of any length as it stands in a line of a table. */
export function oneLine(content: string): string {
  const line = content.replace(/\s+/g, ' ');
  return line.length > contentWidth ? `${line.slice(0, contentWidth - 1)}…` : line;
}
