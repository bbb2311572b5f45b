import { type Correction, correction } from '../../../../shared/contract/repairs.ts';
import { mentionedColumns } from '../../../../shared/mentioned-columns.ts';
import { counted } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';

/** The private columns whose values a correction holds: where it is written, they can be read. */
export function quotedColumns(
  { column, was, when, to }: Correction,
  hidden: ReadonlySet<string>,
): readonly string[] {
  const own = hidden.has(column) && (was !== '' || to !== '') ? [column] : [];
  return [...new Set([...own, ...mentionedColumns(when, [...hidden])])];
}

/** True where the parameters of a fix that was put away hold values of private columns. */
export function quotesAny(params: unknown, hidden: ReadonlySet<string>): boolean {
  const parsed = correction.safeParse(params);
  return parsed.success && quotedColumns(parsed.data, hidden).length > 0;
}

/** Refuses to write values of private columns into a file of the workspace before somebody has said that they may stand there. */
export function refuseQuoting(
  corrections: readonly Correction[],
  hidden: ReadonlySet<string>,
  pipeline: string,
): void {
  const quoting = corrections.filter((one) => quotedColumns(one, hidden).length > 0);
  if (quoting.length === 0) return;
  const columns = [...new Set(quoting.flatMap((one) => quotedColumns(one, hidden)))];
  throw problem(
    'bad_input',
    `${counted(quoting.length, 'fix', 'fixes')} would write values of ${columns.join(', ')} into the pipeline "${pipeline}", a file of this workspace; ${columns.length === 1 ? 'this column is' : 'these columns are'} private. Nothing was written.`,
    {
      hint: 'Accept the other fixes alone, or say that these values may be written: --with-private on the command line.',
      ...(columns[0] === undefined ? {} : { at: { column: columns[0] } }),
    },
  );
}
