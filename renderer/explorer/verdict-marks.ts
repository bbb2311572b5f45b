import type { Finding } from '../../shared/contract/checks.ts';
import { count, counted } from '../../shared/number-words.ts';
import type { Mark } from './group.ts';

const signs = [
  { verdict: 'fail', tone: 'bad', did: 'failed' },
  { verdict: 'error', tone: 'bad', did: 'could not run' },
  { verdict: 'warn', tone: 'warn', did: 'warned' },
] as const;

/** What the checks of a table found: the worst verdict's sign and count, in a line that has little room; all of it in words. */
export function verdictMarks(findings: readonly Finding[], table: string): readonly Mark[] {
  const own = findings.filter((finding) => finding.table === table);
  const found = signs
    .map((sign) => ({ ...sign, times: own.filter(({ verdict }) => verdict === sign.verdict).length }))
    .filter(({ times }) => times > 0);
  const [worst] = found;
  if (!worst) return [];
  const text = worst.verdict === 'error' ? `${count(worst.times)} error` : count(worst.times);
  const says = found.map(({ times, did }) => `${counted(times, 'check')} ${did}`).join(', ');
  return [{ tone: worst.tone, text, says }];
}
