import { ProblemError } from '../../shared/problem.ts';

/** Kinds whose messages are about the program; those of others may quote what was being read. */
const aboutTheProgram = ['TypeError', 'ReferenceError', 'AssertionError', 'ProblemError', 'Error'];

/** An error for the log: its kind, its message without anything quoted, its stack, and the same of its causes. */
export function describeError(thrown: unknown, depth = 0): string {
  if (!(thrown instanceof Error)) return `a ${typeof thrown} was thrown`;
  const { name, stack = '', cause } = thrown;
  const code = 'code' in thrown && /^[A-Z0-9_]{3,40}$/.test(String(thrown.code)) ? ` ${thrown.code}` : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const because = cause !== undefined && depth < 3 ? [`because of ${describeError(cause, depth + 1)}`] : [];
  return [`${name}${code}${messageOf(thrown)}`, ...frames, ...because].join('\n');
}

function messageOf(error: Error): string {
  const isPlain =
    aboutTheProgram.includes(error.name) && (!('severity' in error) || error instanceof ProblemError);
  return isPlain ? `: ${withoutQuotes(error.message)}` : ' (its message may quote data and is left out)';
}

/** Text in quotes may be a value; the name of a property that was missing is not. */
export const withoutQuotes = (message: string): string =>
  message
    .split('\n', 1)
    .join('')
    .replace(
      /(reading '[\w$]+')|"[^"]*"?|'[^']*'?|`[^`]*`?/g,
      (quoted, property) => property ?? `${quoted[0]}…${quoted[0]}`,
    );
