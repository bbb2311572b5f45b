import { useEffect, useRef } from 'react';
import type { Finding } from '../../../../shared/contract/checks.ts';
import { breakWords, judgedWords, valueWords } from '../../../../shared/finding-words.ts';
import { counted } from '../../../../shared/number-words.ts';
import { Verdict } from '../../../ui/verdict.tsx';
import styles from './rule-form.module.css';

/** What a rule that is being written would find now. */
export function TriedFinding({ finding }: { readonly finding: Finding }) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new answer is brought into view
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [finding]);
  return (
    <div ref={box} className={styles['tried']} role="status">
      <Verdict verdict={finding.verdict} />
      <span>{wordsOf(finding)}</span>
    </div>
  );
}

function wordsOf(finding: Finding): string {
  const { value, unit, reason, sql, badRows, rowsRead } = finding;
  if (unit !== null && value !== null) return reason ?? `It is ${valueWords(finding)}, within the limits.`;
  if (value === null) return reason ?? 'It could not be evaluated.';
  if (sql === null)
    return (reason ?? rowsRead === 1)
      ? 'The one column is as declared.'
      : `All ${counted(rowsRead, 'column')} are as declared.`;
  return badRows === 0
    ? `None of ${judgedWords(finding)} breaks it.`
    : `${breakWords(finding)}; ${value.toFixed(2)}% pass.`;
}
