import { ProblemError, problem } from '../../../shared/problem.ts';
import type { Bound } from './bind-parameters.ts';

/** PostgreSQL's code for a write in a transaction that only reads. */
const readOnly = '25006';

/** Moves an error's position from the statement to the whole text, and names the line. */
export function placeProblem(thrown: unknown, text: string, { start, bound }: Bound): unknown {
  if (!(thrown instanceof ProblemError)) return thrown;
  const { code, message, hint, at } = thrown.problem;
  const within = at?.position === undefined ? undefined : utf16Offset(bound.text, at.position);
  const inside = within === undefined ? undefined : bound.origin(within);
  if (code !== 'sql_failed' && inside === undefined) return thrown;
  const offset = start + (inside ?? 0);
  const before = text.slice(0, offset);
  return problem(code, message, {
    hint: at?.sqlstate === readOnly ? 'Queries only read until writing is switched on.' : hint,
    at: {
      ...withoutPosition(at),
      line: before.split('\n').length,
      ...(inside === undefined ? {} : { position: offset + 1, character: offset - before.lastIndexOf('\n') }),
    },
    cause: thrown,
  });
}

function withoutPosition(at: ProblemError['problem']['at']) {
  const { position: _position, ...rest } = at ?? {};
  return rest;
}

/** PostgreSQL counts characters from 1, JavaScript counts UTF-16 units from 0. Beyond the text there is no place. */
export function utf16Offset(text: string, position: number): number | undefined {
  let characters = 0;
  let units = 0;
  for (const character of text) {
    if (++characters === position) return units;
    units += character.length;
  }
  return characters + 1 === position ? units : undefined;
}
