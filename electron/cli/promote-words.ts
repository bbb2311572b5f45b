import type { Advice, Aftermath, Plan, TargetDiff } from '../../shared/contract/promote.ts';
import { aftermathInWords, interruptedInWords } from '../../shared/interrupted-words.ts';
import { count, roughly, bytes as sizeOf } from '../../shared/number-words.ts';
import type { Outcome } from './define-command.ts';
import { textTable } from './output.ts';

/** How much a plan sends and how long that takes, now and with more rows. */
export function expected(estimate: Plan['estimate']): string {
  if (!estimate) return '';
  const { rows, bytes, ms, basis, advice, growth } = estimate;
  const how =
    basis === 'measured' ? 'as made-up rows went there just now' : 'as the last promotion there went';
  const more = growth.flatMap((then) => [
    `  ${then.factor} times the rows: ${sizeOf(then.bytes)}, ${roughly(then.ms)}\n`,
    ...then.advice.map(advised),
  ]);
  return `\n${count(rows)} rows, ${sizeOf(bytes)}: ${roughly(ms)}, ${how}\n${advice.map(advised).join('')}${more.join('')}`;
}

const advised = ({ says, sql }: Advice) => `    ${says}\n${sql.replaceAll(/^/gm, '      ')}\n`;

/** Two targets side by side. Differences are a finding, not an error: exit code 1. */
export function compared(diff: TargetDiff): Outcome {
  const [one, other] = diff.targets;
  const shown = (side: TargetDiff['objects'][number]['sides'][0]) =>
    side === null ? 'not there' : `${side.rows} rows, promoted ${side.since.slice(0, 16)}`;
  const rows = diff.objects.map(({ object, kind, same, columns, sides }) => {
    const says = same
      ? 'the same'
      : columns.length > 0
        ? `differs in ${columns.join(', ')}`
        : 'on one side only';
    return [object, kind, shown(sides[0]), shown(sides[1]), says];
  });
  const text =
    rows.length === 0
      ? 'Nothing was promoted to either.\n'
      : textTable(['object', 'kind', one, other, ''], rows);
  return { json: diff, text, exit: diff.same ? 0 : 1 };
}

/** What was cut off, and what became of it. */
export function cutOffAs(found: readonly Aftermath[]): Outcome {
  const lines = found.map((one) => `${interruptedInWords(one.interrupted, true)} ${aftermathInWords(one)}\n`);
  return { json: found, text: lines.join('') || 'Nothing was cut off.\n' };
}
