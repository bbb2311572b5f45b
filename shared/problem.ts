/** The closed list of what can go wrong, as scripts and windows see it. */
export const problemCodes = [
  'bad_input',
  'not_found',
  'locked',
  'newer_version',
  'sql_failed',
  'cancelled',
  'disk',
  'server_failed',
  'engine_lost',
  'bug',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** Where it went wrong, as far as known: lines and positions count from 1. */
export interface ProblemPlace {
  readonly file?: string;
  readonly line?: number;
  readonly column?: string;
  readonly position?: number;
  /** Character in the line, where `position` counts from the start of a text of several lines. */
  readonly character?: number;
  readonly table?: string;
  readonly step?: string;
  readonly check?: string;
  readonly param?: string;
  /** PostgreSQL's five-letter error code. */
  readonly sqlstate?: string;
}

/** An error as plain data: what happened, what to do next, and where. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly hint?: string;
  readonly at?: ProblemPlace;
  /** Only for `bug`. */
  readonly stack?: string;
}

/** Carries a Problem through `throw`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** Makes the error to throw: `throw problem('not_found', 'There is no table "x".', { hint: … })`. */
export function problem(
  code: ProblemCode,
  message: string,
  more: { hint?: string | undefined; at?: ProblemPlace | undefined; cause?: unknown } = {},
): ProblemError {
  const { hint, at, cause } = more;
  return new ProblemError({ code, message, ...(hint ? { hint } : {}), ...(at ? { at } : {}) }, { cause });
}

/** The one place where anything thrown becomes plain data. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  if (thrown instanceof Error && thrown.name === 'AbortError')
    return { code: 'cancelled', message: 'Cancelled.' };
  if (thrown instanceof Error) return fromError(thrown);
  return { code: 'bug', message: String(thrown) };
}

const diskCodes: Record<string, string> = {
  ENOSPC: 'The disk is full.',
  EDQUOT: 'The disk quota is used up.',
  EROFS: 'The disk is read-only.',
  EACCES: 'Permission was denied.',
  EPERM: 'The operation is not permitted.',
  ENOENT: 'The file or folder does not exist.',
  EISDIR: 'This is a folder, not a file.',
  EMFILE: 'Too many files are open.',
};

function fromError(error: Error & { code?: unknown; path?: unknown }): Problem {
  const words = typeof error.code === 'string' ? diskCodes[error.code] : undefined;
  if (!words) return { code: 'bug', message: error.message, ...(error.stack ? { stack: error.stack } : {}) };
  const file = typeof error.path === 'string' ? error.path : undefined;
  const code = error.code === 'ENOENT' ? 'not_found' : 'disk';
  return { code, message: file ? `${words} (${file})` : words, ...(file ? { at: { file } } : {}) };
}

/** Stops work that was cancelled, in the words of what is left behind. */
export function stopIfCancelled(
  signal: AbortSignal | undefined,
  says = 'Cancelled; nothing was changed.',
): void {
  if (signal?.aborted) throw problem('cancelled', says);
}
